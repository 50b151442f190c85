package dev.kadao.suppliers.notify;

/**
 * What a mail says.
 *
 * @param subject in any language; line breaks and other control characters become blanks
 * @param body plain text in any language
 */
public record EmailText(String subject, String body) {
    /** Shows no content: a body may carry keys. */
    @Override
    public String toString() {
        return "EmailText(***)";
    }
}
