package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

/**
 * Stands for a personal text (a recipient, a reason) in documents and entries: HMAC-SHA-256 of the text under the
 * checkout's own salt. The text itself lies in {@link Personal} and can be erased without touching any fact.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Commitment(String hex) {
    public Commitment {
        require(hex.matches("[0-9a-f]{64}"), "a commitment is 64 lower-case hexadecimal digits");
    }
}
