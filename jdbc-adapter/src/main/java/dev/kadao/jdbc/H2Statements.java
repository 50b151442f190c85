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
            case META_READ -> "SELECT content FROM kadao_meta WHERE name = ?";
            case META_INSERT -> """
                MERGE INTO kadao_meta t USING (VALUES (CAST(? AS VARCHAR(64)))) s (name) ON t.name = s.name
                WHEN NOT MATCHED THEN INSERT (name, content) VALUES (s.name, ?)""";
            case META_UPDATE -> "UPDATE kadao_meta SET content = ? WHERE name = ? AND content = ?";

            case CHECKOUT_INSERT -> """
                MERGE INTO kadao_checkout t USING (VALUES (CAST(? AS VARCHAR(26)))) s (id) ON t.id = s.id
                WHEN NOT MATCHED THEN INSERT
                  (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until)
                  VALUES (s.id, 1, ?, ?, ?, ?, ?, ?, ?, ?)""";
            case CHECKOUT_UPDATE -> """
                UPDATE kadao_checkout SET version = version + 1,
                  seq = ?, step_id = ?, format = ?, document = ?, personal = ?,
                  due = CASE WHEN claimed_until > CAST(? AS BIGINT) AND claimed_until > ?
                             THEN claimed_until ELSE CAST(? AS BIGINT) END
                WHERE id = ? AND version = ? AND seq = ?""";
            case CHECKOUT_UPDATE_AND_TAKE -> """
                UPDATE kadao_checkout SET version = version + 1,
                  seq = ?, step_id = ?, format = ?, document = ?, personal = ?,
                  due = ?, claimant = ?, claimed_until = ?
                WHERE id = ? AND version = ? AND seq = ? AND (claimant IS NULL OR claimant = ? OR claimed_until <= ?)""";
            case CHECKOUT_UPDATE_AND_HOLD -> """
                UPDATE kadao_checkout SET version = version + 1,
                  seq = ?, step_id = ?, format = ?, document = ?, personal = ?,
                  due = ?, claimant = ?, claimed_until = ?
                WHERE id = ? AND version = ? AND seq = ? AND claimant = ? AND claimed_until > ?""";
            case CHECKOUT_UPDATE_AND_RELEASE -> """
                UPDATE kadao_checkout SET version = version + 1,
                  seq = ?, step_id = ?, format = ?, document = ?, personal = ?,
                  due = CASE WHEN claimant <> ? AND claimed_until > ? AND claimed_until > CAST(? AS BIGINT)
                             THEN claimed_until ELSE CAST(? AS BIGINT) END,
                  claimed_until = CASE WHEN claimant = ? THEN NULL ELSE claimed_until END,
                  claimant = CASE WHEN claimant = ? THEN NULL ELSE claimant END
                WHERE id = ? AND version = ? AND seq = ?""";
            case CHECKOUT_LOCK -> "SELECT id FROM kadao_checkout WHERE id = ? AND version = ? FOR UPDATE";
            case CHECKOUT_SEQ -> "SELECT seq FROM kadao_checkout WHERE id = ? AND version = ?";
            case CHECKOUT_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id = ?""";
            case CHECKOUT_PAGE -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id > ? ORDER BY id LIMIT ?""";
            case CHECKOUT_DUE -> "SELECT id FROM kadao_checkout WHERE due <= ? ORDER BY due, id LIMIT ?";
            case CHECKOUT_CLAIM -> """
                UPDATE kadao_checkout SET claimant = ?, claimed_until = ?, due = ?
                WHERE id = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until <= ?)""";

            case JOURNAL_INSERT -> "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES (?, ?, ?, ?)";
            case JOURNAL_PAGE -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ? AND seq > ? ORDER BY checkout_id, seq LIMIT ?""";

            case INDEX_OF_CHECKOUT -> "SELECT kind, val, num FROM kadao_index WHERE checkout_id = ?";
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
            case INDEX_OTHERS -> """
                SELECT 1 FROM kadao_index
                WHERE kind = ? AND val >= ? AND val < ? AND CHAR_LENGTH(val) = ? AND checkout_id <> ? LIMIT 1""";

            case NOTICE_UPDATE ->
                "UPDATE kadao_notice SET state = ?, due = ? WHERE notice_key = ? AND state <> 'APPLIED'";
            case NOTICE_INSERT -> """
                MERGE INTO kadao_notice t USING (VALUES (CAST(? AS VARCHAR(64)))) s (k) ON t.notice_key = s.k
                WHEN NOT MATCHED THEN INSERT (notice_key, source, reference, word, raw, state, received_at, due)
                  VALUES (s.k, ?, ?, ?, ?, ?, ?, ?)""";
            case NOTICE_DUE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE due <= ? ORDER BY due, notice_key LIMIT ?""";
            case NOTICE_PAGE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE state = ? AND notice_key > ? ORDER BY state, notice_key LIMIT ?""";

            case RESERVATION_INSERT -> """
                MERGE INTO kadao_reservation t USING (VALUES (CAST(? AS VARCHAR(29)))) s (id) ON t.order_id = s.id
                WHEN NOT MATCHED THEN INSERT
                  (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
                  VALUES (s.id, ?, ?, ?, ?, 0, ?, ?)""";
            case RESERVATION_LOCK -> """
                SELECT sku, quantity, state, replacement, revealed FROM kadao_reservation
                WHERE order_id = ? FOR UPDATE""";
            case RESERVATION_READ ->
                "SELECT sku, quantity, state, replacement, revealed FROM kadao_reservation WHERE order_id = ?";
            case RESERVATION_UPDATE -> """
                UPDATE kadao_reservation SET state = ?, replacement = ?, revealed = ?, cause = ?, changed_at = ?
                WHERE order_id = ? AND state = ?""";
            case RESERVATION_OLD -> """
                SELECT order_id FROM kadao_reservation WHERE state = 'RESERVED' AND reserved_at < ?
                ORDER BY state, reserved_at, order_id LIMIT ?""";

            case FREE_KEY_CANDIDATES -> "SELECT key_id FROM kadao_free_key WHERE sku = ? ORDER BY sku, key_id LIMIT ?";
            case FREE_KEY_TAKE -> "DELETE FROM kadao_free_key WHERE sku = ? AND key_id = ?";
            case FREE_KEY_INSERT -> "INSERT INTO kadao_free_key (sku, key_id) VALUES (?, ?)";

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
                SELECT k.id, k.sku, k.sealed, b.wrapped_key, b.master_key_id, b.id
                FROM kadao_key k JOIN kadao_key_batch b ON b.id = k.batch_id
                WHERE k.order_id = ? AND k.replacement = ? AND k.state = 'SOLD'
                ORDER BY k.order_id, k.replacement, k.slot""";
            case KEY_IDS -> "SELECT id FROM kadao_key WHERE order_id = ? AND replacement = ? AND state = 'RESERVED'";
            case KEY_REVEALED_COUNT -> """
                SELECT COUNT(*) FROM kadao_key
                WHERE order_id = ? AND replacement = ? AND revealed_at IS NOT NULL""";
            case KEY_COUNTS -> "SELECT state, COUNT(*) FROM kadao_key WHERE sku = ? GROUP BY state";
            case KEY_PAGE -> """
                SELECT id, sku, state, order_id, replacement, revealed_at FROM kadao_key
                WHERE id > ? ORDER BY id LIMIT ?""";
            case KEY_INSERT -> """
                MERGE INTO kadao_key t
                USING (VALUES (CAST(? AS VARCHAR(40)), CAST(? AS VARCHAR(64)), CAST(? AS VARBINARY(32)))) s (id, sku, f)
                ON t.sku = s.sku AND t.fingerprint = s.f
                WHEN NOT MATCHED THEN INSERT
                  (id, sku, fingerprint, batch_id, sealed, state, replacement, changed_at)
                  VALUES (s.id, s.sku, s.f, ?, ?, 'FREE', 0, ?)""";
            case BATCH_INSERT -> """
                INSERT INTO kadao_key_batch
                  (id, sku, name, source, wrapped_key, master_key_id, imported, started_at)
                VALUES (?, ?, ?, ?, ?, ?, 0, ?)""";
            case BATCH_COUNT -> "UPDATE kadao_key_batch SET imported = imported + ? WHERE id = ?";
            case BATCH_FINISH -> "UPDATE kadao_key_batch SET finished_at = ? WHERE id = ?";
        };
    }
}
