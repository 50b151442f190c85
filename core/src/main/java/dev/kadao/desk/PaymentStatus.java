package dev.kadao.desk;

/** How a payment stands, for lists: the last word about its money, else whether it can still be paid. */
public enum PaymentStatus {
    OPEN,
    SETTLED,
    LATE,
    SURPLUS,
    SHORT,
    OVER,
    OTHER_CURRENCY,
    CLOSED,
    /** A genuine notice of money for no payment we know. */
    ORPHAN;

    /** Lower case with hyphens, such as {@code other-currency}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
