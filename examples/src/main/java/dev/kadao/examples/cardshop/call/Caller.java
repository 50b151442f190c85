package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.order.Secret;
import java.util.Optional;

/**
 * Who calls, as far as the request shows it.
 *
 * @param token the bearer token, not yet compared with anything
 * @param isAdmin whether that token is the desk's
 */
public record Caller(Optional<Secret> token, boolean isAdmin, Language language) {}
