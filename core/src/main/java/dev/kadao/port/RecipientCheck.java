package dev.kadao.port;

import java.util.Optional;

/** Checks the recipient of an order at placing. Pure, thread-safe, without I/O. */
@FunctionalInterface
public interface RecipientCheck {

    /** A sentence that says what is wrong with the recipient, without repeating it; empty if nothing is. */
    Optional<String> complaint(String sku, String recipient);
}
