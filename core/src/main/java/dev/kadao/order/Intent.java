package dev.kadao.order;

/** What a buyer's question is about. The names are stored, for ever. */
public enum Intent {
    /** Paid, and nothing has come. */
    WHERE_IS_IT,
    /** Paid, but the order does not know of it. */
    PAID_BUT_UNPAID,
    /** The key is refused where it is entered, or was used by somebody else. */
    KEY_INVALID,
    /** The goods went, or will go, to an account that is not the right one. */
    WRONG_ACCOUNT,
    /** Where the money is that goes back. */
    REFUND_STATUS,
    WANT_REFUND,
    PAID_TWICE,
    /** Where and how keys are seen. */
    HOW_TO_SEE_KEY,
    /** The recipient is to be another one, before anything has gone there. */
    CHANGE_RECIPIENT,
    /** An invoice or proof of payment is wanted. */
    RECEIPT,
    /** Wants to speak with a person. */
    HUMAN,
    /** Speaks of fraud, the police, an authority, a lawyer or a charge-back. */
    THREAT,
    /** None of these for sure. */
    OTHER
}
