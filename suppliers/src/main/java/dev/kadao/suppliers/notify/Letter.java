package dev.kadao.suppliers.notify;

/** A mail as it is sent. */
record Letter(String to, String messageId, EmailText text) {
    /** Shows no recipient and no content. */
    @Override
    public String toString() {
        return "Letter(" + messageId + ")";
    }
}
