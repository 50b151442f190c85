package dev.kadao.engine;

import dev.kadao.order.Secret;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked whether a checkout may be placed.
 *
 * @param policy the shop's own; null if it has none
 * @param counted the built-in rules; null if they are not used
 */
public record RiskGuard(
        @Nullable RiskPolicy policy, @Nullable Counted counted) {

    /**
     * The built-in rules, and what they count with.
     *
     * @param digestKey under which accounts, addresses, devices and recipients become digests
     */
    public record Counted(RiskRules rules, RiskCounters counters, Secret digestKey) {}
}
