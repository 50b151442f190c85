package dev.kadao.jdbc;

/**
 * Every statement the adapter makes, with its arguments in order; "many" takes them once for each row. Texts stand in one
 * {@link Dialect} per database.
 */
enum Query {
    /** The database's own time in microseconds since 1970. */
    NOW,
    /** name */
    META_READ,
    /** name, content; no row if the name is taken */
    META_INSERT,
    /** content, name, content that it must have */
    META_UPDATE,

    /** many: id, seq, step, format, document, personal, due, claimant, claimed until, final at; a duplicate is an error */
    CHECKOUT_INSERT,
    /** many: seq, step, format, document, personal, due, claimant, claimed until, final at, id, version */
    CHECKOUT_WRITE,
    /** many: id; id, version, seq, claimant, claimed until; locks them, passing over what others have locked */
    CHECKOUT_LOCK,
    /** many: id; as {@link #CHECKOUT_LOCK}, waiting for others */
    CHECKOUT_LOCK_PATIENTLY,
    /** id */
    CHECKOUT_READ,
    /** after, limit */
    CHECKOUT_PAGE,
    /** now, limit; ids */
    CHECKOUT_DUE,
    /** worker, until, until, id, now, now */
    CHECKOUT_CLAIM,

    /** many: checkout, seq, step, entries */
    JOURNAL_INSERT,
    /** checkout, after seq, limit */
    JOURNAL_PAGE,

    /** many: checkout; kind, value, checkout, number */
    INDEX_OF_CHECKOUT,
    /** many: kind, value, checkout, number */
    INDEX_INSERT,
    /** many: kind, value, checkout, number */
    INDEX_DELETE,
    /** kind, value, checkout, checkout, number, limit */
    INDEX_FIND_VALUE,
    /** kind, value from, value before, limit */
    INDEX_FIND_RANGE,
    /** kind, value after, value before, limit */
    INDEX_FIND_RANGE_AFTER,
    /** kind, value from, value before, length of the value, checkout that does not count */
    INDEX_OTHERS,
    /** kind; one row if there is any of the kind */
    INDEX_ANY,

    /** many: key, source, reference, word, raw, state, received, due; of a known one, state and due unless applied */
    NOTICE_WRITE,
    /** now, limit */
    NOTICE_DUE,
    /** state, after, limit */
    NOTICE_PAGE,

    /** many: order, sku, quantity, state, replacement, reserved at, changed at; a duplicate is an error */
    RESERVATION_INSERT,
    /** many: order; sku, quantity, state, replacement, revealed, order; locks them */
    RESERVATION_LOCK,
    /** order */
    RESERVATION_READ,
    /** state, replacement, revealed, cause, changed at, order, state that it must have */
    RESERVATION_UPDATE,
    /** reserved before, limit */
    RESERVATION_OLD,

    /** many: sku, limit; sku, id; locks them, passing over what others have locked (but on H2, see its dialect) */
    FREE_KEY_LOCK,
    /** many: sku, limit; as {@link #FREE_KEY_LOCK}, waiting for others */
    FREE_KEY_LOCK_PATIENTLY,
    /** sku, id; id; locks it unless another has */
    FREE_KEY_LOCK_ONE,
    /** sku, id; id; as {@link #FREE_KEY_LOCK_ONE}, waiting for another */
    FREE_KEY_LOCK_ONE_PATIENTLY,
    /** many: sku, id */
    FREE_KEY_DELETE,
    /** many: sku, id */
    FREE_KEY_INSERT,

    /** many: state, order, replacement, slot, changed at, id; only while free */
    KEY_BIND,
    /** changed at, order, replacement; reserved becomes sold */
    KEY_SELL,
    /** changed at, order, replacement; reserved becomes free, and no order's */
    KEY_FREE,
    /** cause, changed at, order, replacement; sold becomes void */
    KEY_VOID,
    /** revealed at, order, replacement; of sold ones */
    KEY_REVEAL,
    /** order, replacement; sold ones by slot: id, sku, sealed, wrapped data key, its master key, batch */
    KEY_SEALED,
    /** order, replacement; ids */
    KEY_IDS,
    /** order, replacement; a count */
    KEY_REVEALED_COUNT,
    /** sku; state, count */
    KEY_COUNTS,
    /** after, limit */
    KEY_PAGE,
    /** id, sku, fingerprint, batch, sealed, changed at; no row if the SKU has the fingerprint */
    KEY_INSERT,
    /** id, sku, name, source, wrapped data key, master key id, started at */
    BATCH_INSERT,
    /** imported more, id */
    BATCH_COUNT,
    /** finished at, id */
    BATCH_FINISH
}
