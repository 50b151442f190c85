package dev.kadao.port;

import java.util.Optional;

/**
 * A recipient check that can also ask somebody outside, for example whether the account that a top-up is for exists.
 * Thread-safe. It is asked when a checkout is placed and when a buyer corrects a recipient, after {@link #complaint} found
 * nothing, outside of any transaction and before anything is written; all recipients of a checkout at once, each once.
 *
 * <p>Silence is consent: an answer that takes longer than one call limit ({@code EngineSettings.callLimit}), an exception, or a
 * check that is paused because it fails or hangs means that the recipient is accepted, for the buyer sees and confirms it.
 * So a check that hangs delays few placings and stops none.
 *
 * <p>It is not asked when placing within the caller's transaction, which would stay open meanwhile: ask before you begin
 * it. Nor when a checkout is placed again.
 */
public interface AskingRecipientCheck extends RecipientCheck {

    /** A sentence that says what is wrong with the recipient, without repeating it; empty if nothing is. May block. */
    Optional<String> ask(String sku, String recipient);
}
