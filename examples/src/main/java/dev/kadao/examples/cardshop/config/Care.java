package dev.kadao.examples.cardshop.config;

import dev.kadao.policy.AlertSettings;
import dev.kadao.policy.CompensationRules;
import dev.kadao.policy.HandlingSettings;
import dev.kadao.policy.OverdueSettings;
import dev.kadao.suppliers.notify.WebhookEndpoint;
import java.util.Optional;

/**
 * {@code handling.*}, {@code overdue.*}, {@code compensation.*} and {@code alerts.*}: what is done for orders that wait, in the
 * library's words.
 *
 * @param webhook where the shop's people are alerted, beside the log
 */
public record Care(
        HandlingSettings handling,
        OverdueSettings overdue,
        CompensationRules compensation,
        AlertSettings alerts,
        Optional<WebhookEndpoint> webhook) {}
