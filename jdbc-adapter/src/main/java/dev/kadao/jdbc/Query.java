package dev.kadao.jdbc;

/** Every statement the adapter makes, with its arguments in order. Texts stand in one {@link Dialect} per database. */
enum Query {
    /** The database's own time in microseconds since 1970. */
    NOW,
    /** name */
    META_READ,
    /** name, content; no row if the name is taken */
    META_INSERT,
    /** content, name, content that it must have */
    META_UPDATE,

    /** id, seq, step, format, document, personal, due, claimant, claimed until; no row if the id is taken */
    CHECKOUT_INSERT,
    /** seq, step, format, document, personal, due, now, due, id, version, seq before */
    CHECKOUT_UPDATE,
    /** seq, step, format, document, personal, due, worker, until, id, version, seq before, worker, now */
    CHECKOUT_UPDATE_AND_TAKE,
    /** seq, step, format, document, personal, due, worker, until, id, version, seq before, worker, now */
    CHECKOUT_UPDATE_AND_HOLD,
    /** seq, step, format, document, personal, worker, now, due, due, worker, worker, id, version, seq before */
    CHECKOUT_UPDATE_AND_RELEASE,
    /** id, version */
    CHECKOUT_LOCK,
    /** id, version; seq */
    CHECKOUT_SEQ,
    /** id */
    CHECKOUT_READ,
    /** after, limit */
    CHECKOUT_PAGE,
    /** now, limit; ids */
    CHECKOUT_DUE,
    /** worker, until, until, id, now, now */
    CHECKOUT_CLAIM,

    /** checkout, seq, step, entries */
    JOURNAL_INSERT,
    /** checkout, after seq, limit */
    JOURNAL_PAGE,

    /** checkout; kind, value, number */
    INDEX_OF_CHECKOUT,
    /** kind, value, checkout, number */
    INDEX_INSERT,
    /** kind, value, checkout, number */
    INDEX_DELETE,
    /** kind, value, checkout, checkout, number, limit */
    INDEX_FIND_VALUE,
    /** kind, value from, value before, limit */
    INDEX_FIND_RANGE,
    /** kind, value after, value before, limit */
    INDEX_FIND_RANGE_AFTER,
    /** kind, value from, value before, length of the value, checkout that does not count */
    INDEX_OTHERS,

    /** state, due, key; not if applied */
    NOTICE_UPDATE,
    /** key, source, reference, word, raw, state, received, due; no row if the key is taken */
    NOTICE_INSERT,
    /** now, limit */
    NOTICE_DUE,
    /** state, after, limit */
    NOTICE_PAGE,

    /** order, sku, quantity, state, replacement, reserved at, changed at; no row if the order has one */
    RESERVATION_INSERT,
    /** order; locks it */
    RESERVATION_LOCK,
    /** order */
    RESERVATION_READ,
    /** state, replacement, revealed, cause, changed at, order, state that it must have */
    RESERVATION_UPDATE,
    /** reserved before, limit */
    RESERVATION_OLD,

    /** sku, limit; ids */
    FREE_KEY_CANDIDATES,
    /** sku, id */
    FREE_KEY_TAKE,
    /** sku, id */
    FREE_KEY_INSERT,

    /** state, order, replacement, slot, changed at, id; only while free */
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
