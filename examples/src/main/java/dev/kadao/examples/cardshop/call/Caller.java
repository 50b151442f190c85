package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.order.Secret;
import java.util.Optional;

/**
 * Who calls, as far as the request shows it.
 *
 * @param origin the address of the connection and the user agent: where keys were asked for, should there be a dispute
 * @param token the bearer token, not yet compared with anything
 * @param isAdmin whether that token is the desk's
 */
public record Caller(String origin, Optional<Secret> token, boolean isAdmin, Language language) {
    private static final int MOST_ORIGIN = 512;

    /** The origin as it is recorded; a user agent may be as long as a header can be. */
    static String origin(String address, Optional<String> userAgent) {
        String whole = address + userAgent.map(agent -> " " + agent).orElse("");
        return whole.length() <= MOST_ORIGIN ? whole : whole.substring(0, MOST_ORIGIN);
    }
}
