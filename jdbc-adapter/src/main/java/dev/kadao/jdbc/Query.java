package dev.kadao.jdbc;

/**
 * Every statement the adapter makes, with its arguments in order; "many" takes them once for each row. Texts stand in one
 * {@link Dialect} per database.
 */
enum Query {
    /** The database's own time in microseconds since 1970. */
    NOW,
    /** What the database calls the session of this connection. */
    SESSION_ID,
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
    /** id; the checkout, then the database's time in microseconds */
    CHECKOUT_READ,
    /** many: id; as {@link #CHECKOUT_READ}, the time beside each */
    CHECKOUT_READ_MANY,
    /** after, limit */
    CHECKOUT_PAGE,
    /** the time now, the earliest due time of a checkout, that of a notice; what an idle process asks */
    NEXT_DUE,
    /** now, limit; ids */
    CHECKOUT_DUE,
    /** many: worker, until, until, id, now, now; only while due and claimed by nobody alive */
    CHECKOUT_CLAIM,
    /** many: id, worker, until; the checkouts that have this very claim */
    CHECKOUT_CLAIMED,

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
    /** kind, value from, value before, limit; by value: value, count */
    INDEX_COUNT_RANGE,
    /** kind, value after, value before, limit; as {@link #INDEX_COUNT_RANGE} */
    INDEX_COUNT_RANGE_AFTER,
    /** kind, value from, value before, length of the value, checkout that does not count */
    INDEX_OTHERS,

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
    /** order; only while reserved */
    RESERVATION_FORGET,

    /**
     * many: sku, now, limit; sku, id, whether anyone waits for keys; not of expired ones; locks them, passing over what
     * others have locked (but on H2, see its dialect)
     */
    FREE_KEY_LOCK,
    /** many: sku, now, limit; as {@link #FREE_KEY_LOCK}, waiting for others */
    FREE_KEY_LOCK_PATIENTLY,
    /** sku, id; id; locks it unless another has */
    FREE_KEY_LOCK_ONE,
    /** sku, id; id; as {@link #FREE_KEY_LOCK_ONE}, waiting for another */
    FREE_KEY_LOCK_ONE_PATIENTLY,
    /** many: sku, id */
    FREE_KEY_DELETE,
    /** many: sku, id; of keys that go back, which expire as their batch does, a withdrawn one at once */
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
    /** order; as {@link #KEY_SEALED}, of those set aside, with replacement, cause, changed at */
    KEY_ASIDE,
    /** order, replacement; ids */
    KEY_IDS,
    /** order, replacement; a count */
    KEY_REVEALED_COUNT,
    /** sku, state; a count */
    KEY_COUNT,
    /** after, limit */
    KEY_PAGE,
    /** many: sku, fingerprint; fingerprint, batch, id of the key that has it */
    KEY_KNOWN,
    /** many: id, sku, fingerprint, batch, sealed, data key, changed at; a duplicate is an error */
    KEY_IMPORT,
    /** many: sku, fingerprint; fingerprint, id, state, order, replacement, data key of the key that has it */
    KEY_OWNERS,
    /**
     * many: id, sku, fingerprint, batch, sealed, data key, state, order, replacement, slot, cause, changed at; a duplicate
     * is an error
     */
    KEY_SUPPLY,
    /** many: replacement, slot, changed at, id, replacement before; void becomes sold */
    KEY_ADOPT,
    /** many: id; id, state, order, replacement, slot, revealed at, sku */
    KEY_FIND,
    /** after, last, limit; as {@link #KEY_FIND}, of reserved and sold ones that are an order's */
    KEY_BOUND,
    /** sku, batch; one row if any key of the batch is reserved */
    KEY_RESERVED,
    /** sku; by batch: batch, count of reserved ones */
    KEY_RESERVED_BY_BATCH,
    /** sku; by batch: batch, count of void ones no buyer had, that were replaced, of all void ones */
    KEY_VOID_BY_BATCH,
    /** many: cause, changed at, id; free becomes void */
    KEY_WITHDRAW,
    /** after, last, data key, limit; id, sku, sealed */
    KEY_UNDER,
    /** many: sealed, data key, id, data key before */
    KEY_RESEAL,

    /** many: sku, id, expires at */
    FREE_KEY_IMPORT,
    /** sku, first, last, limit; ids */
    FREE_KEY_OF_BATCH,
    /** many: sku, id; id; locks those that are free, waiting for others */
    FREE_KEY_LOCK_NAMED,
    /** sku; by batch: batch, count */
    FREE_KEY_BY_BATCH,
    /** sku; a count */
    FREE_KEY_COUNT,
    /** sku, now, limit; a count of what is not expired, up to the limit */
    FREE_KEY_COUNT_TO,

    /** import key; id */
    BATCH_OF_IMPORT,
    /** id; see {@link BatchRow} */
    BATCH_READ,
    /** id; as {@link #BATCH_READ}, and locks it */
    BATCH_LOCK,
    /** sku; as {@link #BATCH_READ}, by id */
    BATCH_OF_SKU,
    /** after, limit; as {@link #BATCH_READ} */
    BATCH_PAGE,
    /** id, import key, sku, name, source, wrapped key, master key id, expires at, over at, started at */
    BATCH_BEGIN,
    /** imported more, id */
    BATCH_GROW,
    /** imported more, id; that it is finished stays */
    BATCH_SUPPLY,
    /** finished at, id; only if it is not */
    BATCH_FINISH,
    /** sku; how many keys its batches brought */
    BATCH_SUM,
    /** after, limit; SKUs of which keys were imported: not those whose keys suppliers sold for orders alone */
    BATCH_SKUS,
    /** withdrawn at, cause, over at, id; only if it is not */
    BATCH_WITHDRAW,
    /** now, after, limit; ids of those with free keys to be made void */
    BATCH_OVER,
    /** id; over at, unless null */
    BATCH_OVER_SINCE,
    /** id, over at before */
    BATCH_EMPTIED,
    /** master key id; the next one of any batch, or null */
    BATCH_MASTER_AFTER,
    /** after, master key id, limit; ids of batches under other master keys */
    BATCH_OTHER_MASTER,
    /** wrapped key, master key id, id, data key, master key id before; only if it is not being re-encrypted */
    BATCH_REWRAP,
    /** wrapped key, next wrapped key, master key id, id, data key, master key id before; only while re-encrypted */
    BATCH_REWRAP_BOTH,
    /** wrapped key, master key id, next wrapped key, id, data key, master key id before; only if it has no next one */
    BATCH_NEXT_KEY,
    /** id, data key; the next data key becomes the only one */
    BATCH_NEXT_DONE,

    /** after, limit; id, null for those never due and without a final time; others too, so that the rows read are bounded */
    UNDATED_PAGE,
    /** many: final at, id; only while it has none and is never due */
    UNDATED_SET,
    /** final from, final to, final from, id after, limit; id, final at; by these */
    FINAL_PAGE,
    /** many: id; id, final at, of those never due; locks them, passing over what others have locked */
    FINAL_LOCK,
    /** many: id; as {@link #FINAL_LOCK}, waiting for others */
    FINAL_LOCK_PATIENTLY,
    /** many: id; as {@link #CHECKOUT_READ} */
    FINAL_READ,
    /** many: checkout; as {@link #JOURNAL_PAGE}, by checkout and number */
    FINAL_JOURNAL,
    /** many: reference; as {@link #NOTICE_PAGE}, by key */
    FINAL_NOTICES,
    /** many: order; as {@link #KEY_PAGE}, by id */
    FINAL_KEYS,
    /** many: personal, id, personal that it must not have; raises the version, so that nobody writes the old one back */
    FINAL_ERASE_TEXTS,
    /** many: order; empties sold and void keys that are not empty yet, and names no data key in them: so no rotation fills them again */
    FINAL_ERASE_KEYS,
    /** many: reference; empties raw bodies that are there still */
    FINAL_ERASE_BODIES,
    /** many: order; sold and void keys become nobody's, and empty */
    FINAL_DETACH_KEYS,
    /** many: order; unless reserved */
    FINAL_DELETE_RESERVATIONS,
    /** many: reference; of applied notices and closed orphans */
    FINAL_DELETE_NOTICES,
    /** many: checkout */
    FINAL_DELETE_JOURNAL,
    /** many: checkout */
    FINAL_DELETE_INDEX,
    /** many: id */
    FINAL_DELETE,
    /** many: key */
    NOTICE_ERASE_BODY,
    /** many: key */
    NOTICE_DELETE,

    /** until, key; locks it: who has raised it counts alone */
    RISK_GUARD_RAISE,
    /** key, until; a duplicate is an error */
    RISK_GUARD_INSERT,
    /** now, holder, holder, key; the weight that counts, until when the holder has a place or had one, or null, its weight */
    RISK_TAKEN,
    /** key, holder, weight, until, while open; a duplicate is an error */
    RISK_TICKET_INSERT,
    /** weight, until, while open, key, holder */
    RISK_TICKET_RENEW,
    /** until, weight, key, holder */
    RISK_TICKET_EXTEND,
    /** until, holder, now; those that are had only while open and have not lapsed */
    RISK_PROLONG,
    /** holder; those that are had only while open */
    RISK_RELEASE,
    /** holder */
    RISK_CANCEL,
    /** now, limit; key, holder */
    RISK_TICKETS_OVER,
    /** key, holder, now */
    RISK_TICKET_PURGE,
    /** now, limit; keys */
    RISK_GUARDS_OVER,
    /** key, now */
    RISK_GUARD_PURGE
}
