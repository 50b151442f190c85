package dev.kadao.port;

import java.util.Optional;

/**
 * Checks the form of an order's recipient when it is placed or corrected. Pure, thread-safe, without I/O; one that asks
 * somebody outside is an {@link AskingRecipientCheck}.
 */
@FunctionalInterface
public interface RecipientCheck {

    /** A sentence that says what is wrong with the recipient, without repeating it; empty if nothing is. */
    Optional<String> complaint(String sku, String recipient);
}
