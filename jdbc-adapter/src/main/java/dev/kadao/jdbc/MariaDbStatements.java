package dev.kadao.jdbc;

/**
 * The statements on MariaDB and MySQL. {@code IGNORE} is how they insert unless there: unlike
 * {@code ON DUPLICATE KEY UPDATE} it counts no row that was there, whatever the driver is set to count. It would cut what
 * is too long, so {@link Bounds} is asked before. {@code exactly} stands for the collation of the tables, which has one
 * name on MariaDB and another on MySQL.
 */
final class MariaDbStatements {
    private MariaDbStatements() {}

    /** With the name of the collation still to be put in; see {@link MariaDbDialect}. */
    static String text(Query query) {
        return switch (query) {
            case NOW -> "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))";
            case SESSION_ID -> "SELECT CONNECTION_ID()";
            case META_READ -> "SELECT content FROM kadao_meta WHERE name = ?";
            case META_INSERT -> "INSERT IGNORE INTO kadao_meta (name, content) VALUES (?, ?)";
            case META_UPDATE -> "UPDATE kadao_meta SET content = ? WHERE name = ? AND content = ?";

            case CHECKOUT_INSERT -> """
                INSERT INTO kadao_checkout
                  (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)
                VALUES {(?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)}""";
            case CHECKOUT_WRITE -> """
                UPDATE (
                  {SELECT ? AS seq, ? AS step_id, ? AS format, ? AS document, ? AS personal, ? AS due,
                    ? AS claimant, ? AS claimed_until, ? AS final_at, ? AS id, ? AS version| UNION ALL }) n
                STRAIGHT_JOIN kadao_checkout c ON c.id = n.id COLLATE exactly AND c.version = n.version
                SET c.version = c.version + 1, c.seq = n.seq, c.step_id = n.step_id, c.format = n.format,
                  c.document = n.document, c.personal = n.personal, c.due = n.due,
                  c.claimant = n.claimant, c.claimed_until = n.claimed_until, c.final_at = n.final_at""";
            case CHECKOUT_LOCK -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout FORCE INDEX (PRIMARY)
                WHERE id IN ({?}) ORDER BY id FOR UPDATE SKIP LOCKED""";
            case CHECKOUT_LOCK_PATIENTLY -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout FORCE INDEX (PRIMARY)
                WHERE id IN ({?}) ORDER BY id FOR UPDATE""";
            case CHECKOUT_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))
                FROM kadao_checkout WHERE id = ?""";
            case CHECKOUT_READ_MANY -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))
                FROM kadao_checkout FORCE INDEX (PRIMARY) WHERE id IN ({?})""";
            case CHECKOUT_PAGE -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id > ? ORDER BY id LIMIT ?""";
            case NEXT_DUE -> """
                SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)),
                  (SELECT due FROM kadao_checkout FORCE INDEX (kadao_checkout_due) WHERE due >= 0 ORDER BY due, id LIMIT 1),
                  (SELECT due FROM kadao_notice FORCE INDEX (kadao_notice_due) WHERE due >= 0 ORDER BY due, notice_key LIMIT 1)""";
            case CHECKOUT_DUE -> """
                SELECT id FROM kadao_checkout FORCE INDEX (kadao_checkout_due) WHERE due <= ?
                ORDER BY due, id LIMIT ? FOR UPDATE SKIP LOCKED""";
            case CHECKOUT_CLAIM -> """
                UPDATE (
                  {SELECT ? AS claimant, ? AS claimed_until, ? AS due, ? AS id, ? AS due_at, ? AS free_at
                   | UNION ALL }) n
                STRAIGHT_JOIN kadao_checkout c ON c.id = n.id COLLATE exactly AND c.due <= n.due_at
                  AND (c.claimed_until IS NULL OR c.claimed_until <= n.free_at)
                SET c.claimant = n.claimant, c.claimed_until = n.claimed_until, c.due = n.due""";
            case CHECKOUT_CLAIMED -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout FORCE INDEX (PRIMARY)
                WHERE (id, claimant, claimed_until) IN ({(?, ?, ?)})""";

            case JOURNAL_INSERT ->
                "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES {(?, ?, ?, ?)}";
            case JOURNAL_PAGE -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ? AND seq > ? ORDER BY checkout_id, seq LIMIT ?""";

            case INDEX_OF_CHECKOUT -> """
                SELECT kind, val, checkout_id, num FROM kadao_index FORCE INDEX (kadao_index_checkout)
                WHERE checkout_id IN ({?})""";
            case INDEX_INSERT -> "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES {(?, ?, ?, ?)}";
            case INDEX_DELETE -> """
                DELETE FROM kadao_index
                WHERE {(kind = ? AND val = ? AND checkout_id = ? AND num = ?)| OR }""";
            case INDEX_FIND_VALUE -> """
                SELECT val, checkout_id, num FROM kadao_index
                WHERE kind = ? AND val = ? AND checkout_id >= ? AND (checkout_id > ? OR num > ?)
                ORDER BY kind, val, checkout_id, num LIMIT ?""";
            case INDEX_FIND_RANGE -> """
                SELECT val, checkout_id, num FROM kadao_index
                WHERE kind = ? AND val >= ? AND val < ?
                ORDER BY kind, val, checkout_id, num LIMIT ?""";
            case INDEX_FIND_RANGE_AFTER -> """
                SELECT val, checkout_id, num FROM kadao_index
                WHERE kind = ? AND val > ? AND val < ?
                ORDER BY kind, val, checkout_id, num LIMIT ?""";
            case INDEX_COUNT_RANGE -> """
                SELECT val, COUNT(*) FROM kadao_index
                WHERE kind = ? AND val >= ? AND val < ?
                GROUP BY kind, val ORDER BY kind, val LIMIT ?""";
            case INDEX_COUNT_RANGE_AFTER -> """
                SELECT val, COUNT(*) FROM kadao_index
                WHERE kind = ? AND val > ? AND val < ?
                GROUP BY kind, val ORDER BY kind, val LIMIT ?""";
            case INDEX_OTHERS -> """
                SELECT 1 FROM kadao_index
                WHERE kind = ? AND val >= ? AND val < ? AND CHAR_LENGTH(val) = ? AND checkout_id <> ? LIMIT 1""";

            // The left assignment sees the state as it was.
            case NOTICE_WRITE -> """
                INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
                VALUES {(?, ?, ?, ?, ?, ?, ?, ?)}
                ON DUPLICATE KEY UPDATE
                  due = CASE WHEN state = 'APPLIED' THEN due ELSE VALUES(due) END,
                  state = CASE WHEN state = 'APPLIED' THEN state ELSE VALUES(state) END""";
            case NOTICE_DUE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE due <= ? ORDER BY due, notice_key LIMIT ?""";
            case NOTICE_PAGE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE state = ? AND notice_key > ? ORDER BY state, notice_key LIMIT ?""";

            case RESERVATION_INSERT -> """
                INSERT INTO kadao_reservation
                  (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
                VALUES {(?, ?, ?, ?, ?, 0, ?, ?)}""";
            case RESERVATION_LOCK -> """
                SELECT sku, quantity, state, replacement, revealed, order_id
                FROM kadao_reservation FORCE INDEX (PRIMARY)
                WHERE order_id IN ({?}) ORDER BY order_id FOR UPDATE""";
            case RESERVATION_READ ->
                "SELECT sku, quantity, state, replacement, revealed FROM kadao_reservation WHERE order_id = ?";
            case RESERVATION_UPDATE -> """
                UPDATE kadao_reservation SET state = ?, replacement = ?, revealed = ?, cause = ?, changed_at = ?
                WHERE order_id = ? AND state = ?""";
            case RESERVATION_FORGET -> "DELETE FROM kadao_reservation WHERE order_id = ? AND state = 'RESERVED'";
            case RESERVATION_OLD -> """
                SELECT order_id FROM kadao_reservation WHERE state = 'RESERVED' AND reserved_at < ?
                ORDER BY state, reserved_at, order_id LIMIT ?""";

            case FREE_KEY_LOCK -> """
                {(SELECT sku, key_id, (SELECT 1 FROM kadao_index WHERE kind = 'waiting' ORDER BY kind, val, checkout_id, num LIMIT 1) IS NOT NULL
                  FROM kadao_free_key WHERE sku = ? AND (expires_at IS NULL OR expires_at > ?)
                  ORDER BY sku, key_id LIMIT ? FOR UPDATE SKIP LOCKED)| UNION ALL }""";
            case FREE_KEY_LOCK_PATIENTLY -> """
                {(SELECT sku, key_id, (SELECT 1 FROM kadao_index WHERE kind = 'waiting' ORDER BY kind, val, checkout_id, num LIMIT 1) IS NOT NULL
                  FROM kadao_free_key WHERE sku = ? AND (expires_at IS NULL OR expires_at > ?)
                  ORDER BY sku, key_id LIMIT ? FOR UPDATE)| UNION ALL }""";
            case FREE_KEY_LOCK_ONE ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE SKIP LOCKED";
            case FREE_KEY_LOCK_ONE_PATIENTLY ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE";
            case FREE_KEY_DELETE -> "DELETE FROM kadao_free_key WHERE {(sku = ? AND key_id = ?)| OR }";
            case FREE_KEY_INSERT -> """
                INSERT INTO kadao_free_key (sku, key_id, expires_at)
                SELECT k.sku, k.id, COALESCE(b.withdrawn_at, b.expires_at)
                FROM kadao_key k FORCE INDEX (PRIMARY) JOIN kadao_key_batch b ON b.id = k.batch_id
                WHERE {(k.sku = ? AND k.id = ?)| OR }""";

            case KEY_BIND -> """
                UPDATE (
                  {SELECT ? AS state, ? AS order_id, ? AS replacement, ? AS slot, ? AS changed_at, ? AS id
                   | UNION ALL }) n
                STRAIGHT_JOIN kadao_key k ON k.id = n.id COLLATE exactly AND k.state = 'FREE'
                SET k.state = n.state, k.order_id = n.order_id, k.replacement = n.replacement,
                  k.slot = n.slot, k.changed_at = n.changed_at""";
            case KEY_SELL -> """
                UPDATE kadao_key SET state = 'SOLD', changed_at = ?
                WHERE order_id = ? AND replacement = ? AND state = 'RESERVED'""";
            case KEY_FREE -> """
                UPDATE kadao_key SET state = 'FREE', order_id = NULL, slot = NULL, changed_at = ?
                WHERE order_id = ? AND replacement = ? AND state = 'RESERVED'""";
            case KEY_VOID -> """
                UPDATE kadao_key SET state = 'VOID', cause = ?, changed_at = ?
                WHERE order_id = ? AND replacement = ? AND state = 'SOLD'""";
            case KEY_REVEAL -> """
                UPDATE kadao_key SET revealed_at = COALESCE(revealed_at, ?)
                WHERE order_id = ? AND replacement = ? AND state = 'SOLD'""";
            case KEY_SEALED -> """
                SELECT k.id, k.sku, k.sealed,
                  CASE WHEN k.data_key = b.data_key THEN b.wrapped_key ELSE b.next_wrapped_key END,
                  b.master_key_id, b.id
                FROM kadao_key k JOIN kadao_key_batch b ON b.id = k.batch_id
                WHERE k.order_id = ? AND k.replacement = ? AND k.state = 'SOLD'
                ORDER BY k.order_id, k.replacement, k.slot""";
            case KEY_ASIDE -> """
                SELECT k.id, k.sku, k.sealed,
                  CASE WHEN k.data_key = b.data_key THEN b.wrapped_key ELSE b.next_wrapped_key END,
                  b.master_key_id, b.id, k.replacement, k.cause, k.changed_at
                FROM kadao_key k JOIN kadao_key_batch b ON b.id = k.batch_id
                WHERE k.order_id = ? AND k.replacement < -1 AND k.state = 'VOID'
                ORDER BY k.order_id, k.replacement, k.slot""";
            case KEY_IDS -> "SELECT id FROM kadao_key WHERE order_id = ? AND replacement = ? AND state = 'RESERVED'";
            case KEY_REVEALED_COUNT -> """
                SELECT COUNT(*) FROM kadao_key
                WHERE order_id = ? AND replacement = ? AND revealed_at IS NOT NULL""";
            case KEY_COUNT -> "SELECT COUNT(*) FROM kadao_key WHERE sku = ? AND state = ?";
            case KEY_PAGE -> """
                SELECT id, sku, state, order_id, replacement, revealed_at FROM kadao_key
                WHERE id > ? ORDER BY id LIMIT ?""";
            case KEY_KNOWN -> """
                SELECT fingerprint, batch_id, id FROM kadao_key FORCE INDEX (kadao_key_fingerprint)
                WHERE {(sku = ? AND fingerprint = ?)| OR }""";
            case KEY_IMPORT -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, replacement, changed_at)
                VALUES {(?, ?, ?, ?, ?, ?, 'FREE', 0, ?)}""";
            case KEY_OWNERS -> """
                SELECT fingerprint, id, state, order_id, replacement, data_key
                FROM kadao_key FORCE INDEX (kadao_key_fingerprint)
                WHERE {(sku = ? AND fingerprint = ?)| OR }""";
            case KEY_SUPPLY -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, order_id, replacement,
                  slot, cause, changed_at)
                VALUES {(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)}""";
            case KEY_ADOPT -> """
                UPDATE ({SELECT ? AS replacement, ? AS slot, ? AS changed_at, ? AS id, ? AS aside| UNION ALL }) n
                STRAIGHT_JOIN kadao_key k ON k.id = n.id COLLATE exactly AND k.replacement = n.aside AND k.state = 'VOID'
                SET k.state = 'SOLD', k.replacement = n.replacement, k.slot = n.slot, k.cause = NULL,
                  k.changed_at = n.changed_at""";
            case KEY_FIND -> """
                SELECT id, state, order_id, replacement, slot, revealed_at, sku
                FROM kadao_key FORCE INDEX (PRIMARY) WHERE id IN ({?})""";
            case KEY_BOUND -> """
                SELECT id, state, order_id, replacement, slot, revealed_at, sku FROM kadao_key FORCE INDEX (PRIMARY)
                WHERE id > ? AND id <= ? AND state IN ('RESERVED', 'SOLD') AND order_id IS NOT NULL ORDER BY id LIMIT ?""";
            case KEY_RESERVED ->
                "SELECT 1 FROM kadao_key WHERE sku = ? AND state = 'RESERVED' AND batch_id = ? LIMIT 1";
            case KEY_RESERVED_BY_BATCH -> """
                SELECT batch_id, COUNT(*) FROM kadao_key FORCE INDEX (kadao_key_state)
                WHERE sku = ? AND state = 'RESERVED' GROUP BY batch_id""";
            case KEY_VOID_BY_BATCH -> """
                SELECT batch_id,
                  SUM(CASE WHEN (order_id IS NULL AND replacement >= 0) OR replacement < -1 THEN 1 ELSE 0 END),
                  SUM(CASE WHEN cause LIKE 'replaced by %' AND NOT (order_id IS NULL AND replacement >= 0)
                    AND replacement >= -1 THEN 1 ELSE 0 END),
                  COUNT(*)
                FROM kadao_key FORCE INDEX (kadao_key_state) WHERE sku = ? AND state = 'VOID' GROUP BY batch_id""";
            case KEY_WITHDRAW -> """
                UPDATE ({SELECT ? AS cause, ? AS changed_at, ? AS id| UNION ALL }) n
                STRAIGHT_JOIN kadao_key k ON k.id = n.id COLLATE exactly AND k.state = 'FREE'
                SET k.state = 'VOID', k.cause = n.cause, k.changed_at = n.changed_at""";
            case KEY_UNDER -> """
                SELECT id, sku, sealed FROM kadao_key FORCE INDEX (PRIMARY)
                WHERE id > ? AND id <= ? AND data_key = ? ORDER BY id LIMIT ?""";
            case KEY_RESEAL -> """
                UPDATE ({SELECT ? AS sealed, ? AS data_key, ? AS id, ? AS old_data_key| UNION ALL }) n
                STRAIGHT_JOIN kadao_key k ON k.id = n.id COLLATE exactly AND k.data_key = n.old_data_key
                SET k.sealed = n.sealed, k.data_key = n.data_key""";

            case FREE_KEY_IMPORT -> "INSERT INTO kadao_free_key (sku, key_id, expires_at) VALUES {(?, ?, ?)}";
            case FREE_KEY_OF_BATCH -> """
                SELECT key_id FROM kadao_free_key
                WHERE sku = ? AND key_id >= ? AND key_id <= ? ORDER BY sku, key_id LIMIT ?""";
            case FREE_KEY_LOCK_NAMED -> """
                SELECT key_id FROM kadao_free_key FORCE INDEX (PRIMARY)
                WHERE {(sku = ? AND key_id = ?)| OR } ORDER BY sku, key_id FOR UPDATE""";
            case FREE_KEY_BY_BATCH -> """
                SELECT SUBSTRING(key_id FROM 1 FOR CHAR_LENGTH(key_id) - 11), COUNT(*) FROM kadao_free_key
                WHERE sku = ? GROUP BY SUBSTRING(key_id FROM 1 FOR CHAR_LENGTH(key_id) - 11)""";
            case FREE_KEY_COUNT -> "SELECT COUNT(*) FROM kadao_free_key WHERE sku = ?";
            case FREE_KEY_COUNT_TO -> """
                SELECT COUNT(*) FROM (
                  SELECT key_id FROM kadao_free_key WHERE sku = ? AND (expires_at IS NULL OR expires_at > ?)
                  LIMIT ?) few""";

            case BATCH_OF_IMPORT -> "SELECT id FROM kadao_key_batch WHERE import_key = ?";
            case BATCH_READ -> """
                SELECT id, sku, name, source, imported, started_at, finished_at, expires_at, withdrawn_at, cause,
                  wrapped_key, master_key_id, data_key, next_wrapped_key
                FROM kadao_key_batch WHERE id = ?""";
            case BATCH_LOCK -> """
                SELECT id, sku, name, source, imported, started_at, finished_at, expires_at, withdrawn_at, cause,
                  wrapped_key, master_key_id, data_key, next_wrapped_key
                FROM kadao_key_batch WHERE id = ? FOR UPDATE""";
            case BATCH_OF_SKU -> """
                SELECT id, sku, name, source, imported, started_at, finished_at, expires_at, withdrawn_at, cause,
                  wrapped_key, master_key_id, data_key, next_wrapped_key
                FROM kadao_key_batch WHERE sku = ? ORDER BY id""";
            case BATCH_PAGE -> """
                SELECT id, sku, name, source, imported, started_at, finished_at, expires_at, withdrawn_at, cause,
                  wrapped_key, master_key_id, data_key, next_wrapped_key
                FROM kadao_key_batch WHERE id > ? ORDER BY id LIMIT ?""";
            case BATCH_BEGIN -> """
                INSERT INTO kadao_key_batch
                  (id, import_key, sku, name, source, wrapped_key, master_key_id, expires_at, over_at, started_at, imported)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""";
            case BATCH_GROW -> "UPDATE kadao_key_batch SET imported = imported + ?, finished_at = NULL WHERE id = ?";
            case BATCH_SUPPLY -> "UPDATE kadao_key_batch SET imported = imported + ? WHERE id = ?";
            case BATCH_FINISH -> "UPDATE kadao_key_batch SET finished_at = ? WHERE id = ? AND finished_at IS NULL";
            case BATCH_SUM -> "SELECT COALESCE(SUM(imported), 0) FROM kadao_key_batch WHERE sku = ?";
            case BATCH_SKUS -> """
                SELECT DISTINCT sku FROM kadao_key_batch
                WHERE sku > ? AND (import_key IS NULL OR import_key NOT LIKE 'sourced-%') ORDER BY sku LIMIT ?""";
            case BATCH_WITHDRAW -> """
                UPDATE kadao_key_batch SET withdrawn_at = ?, cause = ?, over_at = ?
                WHERE id = ? AND withdrawn_at IS NULL""";
            case BATCH_OVER -> "SELECT id FROM kadao_key_batch WHERE over_at <= ? AND id > ? ORDER BY id LIMIT ?";
            case BATCH_OVER_SINCE -> "SELECT over_at FROM kadao_key_batch WHERE id = ? AND over_at IS NOT NULL";
            case BATCH_EMPTIED -> "UPDATE kadao_key_batch SET over_at = NULL WHERE id = ? AND over_at = ?";
            case BATCH_MASTER_AFTER -> "SELECT MIN(master_key_id) FROM kadao_key_batch WHERE master_key_id > ?";
            case BATCH_OTHER_MASTER ->
                "SELECT id FROM kadao_key_batch WHERE id > ? AND master_key_id <> ? ORDER BY id LIMIT ?";
            case BATCH_REWRAP -> """
                UPDATE kadao_key_batch SET wrapped_key = ?, master_key_id = ?
                WHERE id = ? AND data_key = ? AND master_key_id = ? AND next_wrapped_key IS NULL""";
            case BATCH_REWRAP_BOTH -> """
                UPDATE kadao_key_batch SET wrapped_key = ?, next_wrapped_key = ?, master_key_id = ?
                WHERE id = ? AND data_key = ? AND master_key_id = ? AND next_wrapped_key IS NOT NULL""";
            case BATCH_NEXT_KEY -> """
                UPDATE kadao_key_batch SET wrapped_key = ?, master_key_id = ?, next_wrapped_key = ?
                WHERE id = ? AND data_key = ? AND master_key_id = ? AND next_wrapped_key IS NULL""";
            case BATCH_NEXT_DONE -> """
                UPDATE kadao_key_batch
                SET wrapped_key = next_wrapped_key, data_key = data_key + 1, next_wrapped_key = NULL
                WHERE id = ? AND data_key = ? AND next_wrapped_key IS NOT NULL""";

            case UNDATED_PAGE -> """
                SELECT id, due FROM kadao_checkout FORCE INDEX (kadao_checkout_final)
                WHERE final_at IS NULL AND id > ? ORDER BY final_at, id LIMIT ?""";
            case UNDATED_SET -> """
                UPDATE ({SELECT ? AS final_at, ? AS id| UNION ALL }) n
                STRAIGHT_JOIN kadao_checkout c ON c.id = n.id COLLATE exactly AND c.final_at IS NULL AND c.due IS NULL
                SET c.final_at = n.final_at""";
            case FINAL_PAGE -> """
                SELECT id, final_at FROM kadao_checkout FORCE INDEX (kadao_checkout_final)
                WHERE final_at >= ? AND final_at <= ? AND (final_at > ? OR id > ?)
                ORDER BY final_at, id LIMIT ?""";
            case FINAL_LOCK -> """
                SELECT id, final_at FROM kadao_checkout FORCE INDEX (PRIMARY)
                WHERE id IN ({?}) AND due IS NULL ORDER BY id FOR UPDATE SKIP LOCKED""";
            case FINAL_LOCK_PATIENTLY -> """
                SELECT id, final_at FROM kadao_checkout FORCE INDEX (PRIMARY)
                WHERE id IN ({?}) AND due IS NULL ORDER BY id FOR UPDATE""";
            case FINAL_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout FORCE INDEX (PRIMARY) WHERE id IN ({?})""";
            case FINAL_JOURNAL -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal FORCE INDEX (PRIMARY)
                WHERE checkout_id IN ({?}) ORDER BY checkout_id, seq""";
            case FINAL_NOTICES -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due
                FROM kadao_notice FORCE INDEX (kadao_notice_reference)
                WHERE reference IN ({?}) ORDER BY notice_key""";
            case FINAL_KEYS -> """
                SELECT id, sku, state, order_id, replacement, revealed_at FROM kadao_key FORCE INDEX (kadao_key_order)
                WHERE order_id IN ({?}) ORDER BY id""";
            case FINAL_ERASE_TEXTS -> """
                UPDATE ({SELECT ? AS personal, ? AS id, ? AS unless| UNION ALL }) n
                STRAIGHT_JOIN kadao_checkout c ON c.id = n.id COLLATE exactly AND c.personal <> n.unless
                SET c.version = c.version + 1, c.personal = n.personal""";
            case FINAL_ERASE_KEYS -> """
                UPDATE kadao_key FORCE INDEX (kadao_key_order) SET sealed = '', data_key = -1
                WHERE order_id IN ({?}) AND state IN ('SOLD', 'VOID') AND sealed <> ''""";
            case FINAL_ERASE_BODIES -> """
                UPDATE kadao_notice FORCE INDEX (kadao_notice_reference) SET raw = ''
                WHERE reference IN ({?}) AND raw <> ''""";
            case FINAL_DETACH_KEYS -> """
                UPDATE kadao_key FORCE INDEX (kadao_key_order)
                SET order_id = NULL, slot = NULL, replacement = LEAST(replacement, -1), sealed = '', data_key = -1
                WHERE order_id IN ({?}) AND state IN ('SOLD', 'VOID')""";
            case FINAL_DELETE_RESERVATIONS -> """
                DELETE d FROM kadao_reservation d FORCE INDEX (PRIMARY)
                WHERE order_id IN ({?}) AND state <> 'RESERVED'""";
            case FINAL_DELETE_NOTICES -> """
                DELETE d FROM kadao_notice d FORCE INDEX (kadao_notice_reference)
                WHERE reference IN ({?}) AND state IN ('APPLIED', 'ORPHAN_CLOSED')""";
            case FINAL_DELETE_JOURNAL -> """
                DELETE d FROM kadao_journal d FORCE INDEX (PRIMARY)
                WHERE checkout_id IN ({?})""";
            case FINAL_DELETE_INDEX -> """
                DELETE d FROM kadao_index d FORCE INDEX (kadao_index_checkout)
                WHERE checkout_id IN ({?})""";
            case FINAL_DELETE -> """
                DELETE d FROM kadao_checkout d FORCE INDEX (PRIMARY)
                WHERE id IN ({?})""";
            case NOTICE_ERASE_BODY ->
                "UPDATE kadao_notice FORCE INDEX (PRIMARY) SET raw = '' WHERE notice_key IN ({?})";
            case NOTICE_DELETE -> """
                DELETE d FROM kadao_notice d FORCE INDEX (PRIMARY)
                WHERE notice_key IN ({?})""";
            // Those about risk; it throws for any other that is forgotten here.
            default -> RiskStatements.text(query);
        };
    }
}
