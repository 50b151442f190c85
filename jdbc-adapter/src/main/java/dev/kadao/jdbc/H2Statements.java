package dev.kadao.jdbc;

/**
 * The statements on H2. It has no {@code ON CONFLICT}: inserting unless there is
 * {@code MERGE … WHEN NOT MATCHED}; two at once may still end in a duplicate, and the transaction is run again.
 */
final class H2Statements {
    private H2Statements() {}

    static String text(Query query) {
        return switch (query) {
            case NOW -> "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT)";
            case SESSION_ID -> "SELECT SESSION_ID()";
            case META_READ -> "SELECT content FROM kadao_meta WHERE name = ?";
            case META_INSERT -> """
                MERGE INTO kadao_meta t USING (VALUES (CAST(? AS VARCHAR(64)))) s (name) ON t.name = s.name
                WHEN NOT MATCHED THEN INSERT (name, content) VALUES (s.name, ?)""";
            case META_UPDATE -> "UPDATE kadao_meta SET content = ? WHERE name = ? AND content = ?";

            case CHECKOUT_INSERT -> """
                INSERT INTO kadao_checkout
                  (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)
                VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
            case CHECKOUT_WRITE -> """
                UPDATE kadao_checkout SET version = version + 1,
                  seq = ?, step_id = ?, format = ?, document = ?, personal = ?,
                  due = ?, claimant = ?, claimed_until = ?, final_at = ?
                WHERE id = ? AND version = ?""";
            case CHECKOUT_LOCK -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout
                WHERE id = ? FOR UPDATE SKIP LOCKED""";
            case CHECKOUT_LOCK_PATIENTLY -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout
                WHERE id = ? FOR UPDATE""";
            case CHECKOUT_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT)
                FROM kadao_checkout WHERE id = ?""";
            case CHECKOUT_READ_MANY -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT)
                FROM kadao_checkout WHERE id = ?""";
            case CHECKOUT_PAGE -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id > ? ORDER BY id LIMIT ?""";
            case NEXT_DUE -> """
                SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT),
                  (SELECT due FROM kadao_checkout WHERE due >= 0 ORDER BY due, id LIMIT 1),
                  (SELECT due FROM kadao_notice WHERE due >= 0 ORDER BY due, notice_key LIMIT 1)""";
            case CHECKOUT_DUE -> "SELECT id FROM kadao_checkout WHERE due <= ? ORDER BY due, id LIMIT ?";
            case CHECKOUT_CLAIM -> """
                UPDATE kadao_checkout SET claimant = ?, claimed_until = ?, due = ?
                WHERE id = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until <= ?)""";
            case CHECKOUT_CLAIMED -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id = ? AND claimant = ? AND claimed_until = ?""";

            case JOURNAL_INSERT -> "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES (?, ?, ?, ?)";
            case JOURNAL_PAGE -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ? AND seq > ? ORDER BY checkout_id, seq LIMIT ?""";

            case INDEX_OF_CHECKOUT -> "SELECT kind, val, checkout_id, num FROM kadao_index WHERE checkout_id = ?";
            case INDEX_INSERT -> "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES (?, ?, ?, ?)";
            case INDEX_DELETE -> "DELETE FROM kadao_index WHERE kind = ? AND val = ? AND checkout_id = ? AND num = ?";
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

            case NOTICE_WRITE -> """
                MERGE INTO kadao_notice t
                USING (VALUES (CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(120)), CAST(? AS VARCHAR(64)),
                  CAST(? AS VARBINARY(1048576)), CAST(? AS VARBINARY(1048576)), CAST(? AS VARCHAR(16)),
                  CAST(? AS BIGINT), CAST(? AS BIGINT))) s (k, source, reference, word, raw, state, received_at, due)
                ON t.notice_key = s.k
                WHEN MATCHED AND t.state <> 'APPLIED' THEN UPDATE SET state = s.state, due = s.due
                WHEN NOT MATCHED THEN INSERT (notice_key, source, reference, word, raw, state, received_at, due)
                  VALUES (s.k, s.source, s.reference, s.word, s.raw, s.state, s.received_at, s.due)""";
            case NOTICE_DUE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE due <= ? ORDER BY due, notice_key LIMIT ?""";
            case NOTICE_PAGE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE state = ? AND notice_key > ? ORDER BY state, notice_key LIMIT ?""";

            case RESERVATION_INSERT -> """
                INSERT INTO kadao_reservation
                  (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
                VALUES (?, ?, ?, ?, ?, 0, ?, ?)""";
            case RESERVATION_LOCK -> """
                SELECT sku, quantity, state, replacement, revealed, order_id FROM kadao_reservation
                WHERE order_id = ? FOR UPDATE""";
            case RESERVATION_READ ->
                "SELECT sku, quantity, state, replacement, revealed FROM kadao_reservation WHERE order_id = ?";
            case RESERVATION_UPDATE -> """
                UPDATE kadao_reservation SET state = ?, replacement = ?, revealed = ?, cause = ?, changed_at = ?
                WHERE order_id = ? AND state = ?""";
            case RESERVATION_FORGET -> "DELETE FROM kadao_reservation WHERE order_id = ? AND state = 'RESERVED'";
            case RESERVATION_OLD -> """
                SELECT order_id FROM kadao_reservation WHERE state = 'RESERVED' AND reserved_at < ?
                ORDER BY state, reserved_at, order_id LIMIT ?""";

            // It would lock every row that matches before it counts to the limit: see H2Dialect.lockFreeKeys.
            case FREE_KEY_LOCK, FREE_KEY_LOCK_PATIENTLY -> """
                SELECT sku, key_id, (SELECT 1 FROM kadao_index WHERE kind = 'waiting' ORDER BY kind, val, checkout_id, num LIMIT 1) IS NOT NULL
                FROM kadao_free_key
                WHERE sku = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY sku, key_id LIMIT ?""";
            case FREE_KEY_LOCK_ONE ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE SKIP LOCKED";
            case FREE_KEY_LOCK_ONE_PATIENTLY ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE";
            case FREE_KEY_DELETE -> "DELETE FROM kadao_free_key WHERE sku = ? AND key_id = ?";
            case FREE_KEY_INSERT -> """
                INSERT INTO kadao_free_key (sku, key_id, expires_at)
                SELECT k.sku, k.id, COALESCE(b.withdrawn_at, b.expires_at)
                FROM kadao_key k JOIN kadao_key_batch b ON b.id = k.batch_id
                WHERE k.sku = ? AND k.id = ?""";

            case KEY_BIND -> """
                UPDATE kadao_key SET state = ?, order_id = ?, replacement = ?, slot = ?, changed_at = ?
                WHERE id = ? AND state = 'FREE'""";
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
            case KEY_KNOWN -> "SELECT fingerprint, batch_id, id FROM kadao_key WHERE sku = ? AND fingerprint = ?";
            case KEY_IMPORT -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, replacement, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, 'FREE', 0, ?)""";
            case KEY_OWNERS -> """
                SELECT fingerprint, id, state, order_id, replacement, data_key FROM kadao_key
                WHERE sku = ? AND fingerprint = ?""";
            case KEY_SUPPLY -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, order_id, replacement,
                  slot, cause, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
            case KEY_ADOPT -> """
                UPDATE kadao_key SET state = 'SOLD', replacement = ?, slot = ?, cause = NULL, changed_at = ?
                WHERE id = ? AND replacement = ? AND state = 'VOID'""";
            case KEY_FIND ->
                "SELECT id, state, order_id, replacement, slot, revealed_at, sku FROM kadao_key WHERE id = ?";
            case KEY_BOUND -> """
                SELECT id, state, order_id, replacement, slot, revealed_at, sku FROM kadao_key
                WHERE id > ? AND id <= ? AND state IN ('RESERVED', 'SOLD') AND order_id IS NOT NULL ORDER BY id LIMIT ?""";
            case KEY_RESERVED ->
                "SELECT 1 FROM kadao_key WHERE sku = ? AND state = 'RESERVED' AND batch_id = ? LIMIT 1";
            case KEY_RESERVED_BY_BATCH -> """
                SELECT batch_id, COUNT(*) FROM kadao_key
                WHERE sku = ? AND state = 'RESERVED' GROUP BY batch_id""";
            case KEY_VOID_BY_BATCH -> """
                SELECT batch_id,
                  SUM(CASE WHEN (order_id IS NULL AND replacement >= 0) OR replacement < -1 THEN 1 ELSE 0 END),
                  SUM(CASE WHEN cause LIKE 'replaced by %' AND NOT (order_id IS NULL AND replacement >= 0)
                    AND replacement >= -1 THEN 1 ELSE 0 END),
                  COUNT(*)
                FROM kadao_key WHERE sku = ? AND state = 'VOID' GROUP BY batch_id""";
            case KEY_WITHDRAW ->
                "UPDATE kadao_key SET state = 'VOID', cause = ?, changed_at = ? WHERE id = ? AND state = 'FREE'";
            case KEY_UNDER -> """
                SELECT id, sku, sealed FROM kadao_key
                WHERE id > ? AND id <= ? AND data_key = ? ORDER BY id LIMIT ?""";
            case KEY_RESEAL -> "UPDATE kadao_key SET sealed = ?, data_key = ? WHERE id = ? AND data_key = ?";

            case FREE_KEY_IMPORT -> "INSERT INTO kadao_free_key (sku, key_id, expires_at) VALUES (?, ?, ?)";
            case FREE_KEY_OF_BATCH -> """
                SELECT key_id FROM kadao_free_key
                WHERE sku = ? AND key_id >= ? AND key_id <= ? ORDER BY sku, key_id LIMIT ?""";
            case FREE_KEY_LOCK_NAMED -> "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE";
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
                SELECT id, due FROM kadao_checkout WHERE final_at IS NULL AND id > ?
                ORDER BY final_at, id LIMIT ?""";
            case UNDATED_SET ->
                "UPDATE kadao_checkout SET final_at = ? WHERE id = ? AND final_at IS NULL AND due IS NULL";
            case FINAL_PAGE -> """
                SELECT id, final_at FROM kadao_checkout
                WHERE final_at >= ? AND final_at <= ? AND (final_at > ? OR id > ?)
                ORDER BY final_at, id LIMIT ?""";
            case FINAL_LOCK ->
                "SELECT id, final_at FROM kadao_checkout WHERE id = ? AND due IS NULL FOR UPDATE SKIP LOCKED";
            case FINAL_LOCK_PATIENTLY ->
                "SELECT id, final_at FROM kadao_checkout WHERE id = ? AND due IS NULL FOR UPDATE";
            case FINAL_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id = ?""";
            case FINAL_JOURNAL -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ? ORDER BY checkout_id, seq""";
            case FINAL_NOTICES -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE reference = ? ORDER BY notice_key""";
            case FINAL_KEYS -> """
                SELECT id, sku, state, order_id, replacement, revealed_at FROM kadao_key
                WHERE order_id = ? ORDER BY id""";
            case FINAL_ERASE_TEXTS ->
                "UPDATE kadao_checkout SET version = version + 1, personal = ? WHERE id = ? AND personal <> ?";
            case FINAL_ERASE_KEYS ->
                "UPDATE kadao_key SET sealed = X'', data_key = -1 WHERE order_id = ? AND state IN ('SOLD', 'VOID') AND sealed <> X''";
            case FINAL_ERASE_BODIES -> "UPDATE kadao_notice SET raw = X'' WHERE reference = ? AND raw <> X''";
            case FINAL_DETACH_KEYS -> """
                UPDATE kadao_key SET order_id = NULL, slot = NULL, replacement = LEAST(replacement, -1), sealed = X'', data_key = -1
                WHERE order_id = ? AND state IN ('SOLD', 'VOID')""";
            case FINAL_DELETE_RESERVATIONS ->
                "DELETE FROM kadao_reservation WHERE order_id = ? AND state <> 'RESERVED'";
            case FINAL_DELETE_NOTICES ->
                "DELETE FROM kadao_notice WHERE reference = ? AND state IN ('APPLIED', 'ORPHAN_CLOSED')";
            case FINAL_DELETE_JOURNAL -> "DELETE FROM kadao_journal WHERE checkout_id = ?";
            case FINAL_DELETE_INDEX -> "DELETE FROM kadao_index WHERE checkout_id = ?";
            case FINAL_DELETE -> "DELETE FROM kadao_checkout WHERE id = ?";
            case NOTICE_ERASE_BODY -> "UPDATE kadao_notice SET raw = X'' WHERE notice_key = ?";
            case NOTICE_DELETE -> "DELETE FROM kadao_notice WHERE notice_key = ?";
            // Those about risk; it throws for any other that is forgotten here.
            default -> RiskStatements.text(query);
        };
    }
}
