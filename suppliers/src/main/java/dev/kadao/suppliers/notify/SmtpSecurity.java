package dev.kadao.suppliers.notify;

/** How the way to the mail server is kept secret. There is no falling back from one to another. */
public enum SmtpSecurity {
    /** TLS from the first byte, as a rule at port 465. */
    TLS,
    /** TLS after the greeting, as a rule at port 587. A server that does not offer it gets nothing. */
    STARTTLS,
    /** None: for a relay on this machine or in a closed network, without a password. */
    PLAIN
}
