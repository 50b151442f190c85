package dev.kadao.jdbc;

/**
 * The statements on PostgreSQL. Arguments for many rows come as one array a column: a text of its own for every number
 * of rows would be parsed and planned anew each time.
 */
final class PostgresStatements {
    private PostgresStatements() {}

    static String text(Query query) {
        return switch (query) {
            case NOW -> "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
            case SESSION_ID -> "SELECT pg_backend_pid()";
            case META_READ -> "SELECT content FROM kadao_meta WHERE name = ?";
            case META_INSERT -> "INSERT INTO kadao_meta (name, content) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
            case META_UPDATE -> "UPDATE kadao_meta SET content = ? WHERE name = ? AND content = ?";

            case CHECKOUT_INSERT -> """
                INSERT INTO kadao_checkout
                  (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)
                SELECT n.id, 1, n.seq, n.step_id, n.format, n.document, n.personal,
                  n.due, n.claimant, n.claimed_until, n.final_at
                FROM unnest(?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[],
                    ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                  AS n (id, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)""";
            case CHECKOUT_WRITE -> """
                UPDATE kadao_checkout c SET version = c.version + 1,
                  seq = n.seq, step_id = n.step_id, format = n.format, document = n.document, personal = n.personal,
                  due = n.due, claimant = n.claimant, claimed_until = n.claimed_until, final_at = n.final_at
                FROM unnest(?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[],
                    ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
                  AS n (seq, step_id, format, document, personal, due, claimant, claimed_until, final_at, id, version)
                WHERE c.id = n.id AND c.version = n.version""";
            case CHECKOUT_LOCK -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout
                WHERE id = ANY (?::text[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""";
            case CHECKOUT_LOCK_PATIENTLY -> """
                SELECT id, version, seq, claimant, claimed_until FROM kadao_checkout
                WHERE id = ANY (?::text[]) ORDER BY id FOR NO KEY UPDATE""";
            case CHECKOUT_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)
                FROM kadao_checkout WHERE id = ?""";
            case CHECKOUT_READ_MANY -> """
                SELECT id, version, seq, step_id, document, personal, claimant,
                  CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)
                FROM kadao_checkout WHERE id = ANY (?::text[])""";
            case CHECKOUT_PAGE -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id > ? ORDER BY id LIMIT ?""";
            case NEXT_DUE -> """
                SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT),
                  (SELECT due FROM kadao_checkout WHERE due >= 0 ORDER BY due, id LIMIT 1),
                  (SELECT due FROM kadao_notice WHERE due >= 0 ORDER BY due, notice_key LIMIT 1)""";
            case CHECKOUT_DUE -> """
                SELECT id FROM kadao_checkout WHERE due <= ?
                ORDER BY due, id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED""";
            case CHECKOUT_CLAIM -> """
                UPDATE kadao_checkout c SET claimant = n.claimant, claimed_until = n.claimed_until, due = n.due
                FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                  AS n (claimant, claimed_until, due, id, due_at, free_at)
                WHERE c.id = n.id AND c.due <= n.due_at
                  AND (c.claimed_until IS NULL OR c.claimed_until <= n.free_at)""";
            case CHECKOUT_CLAIMED -> """
                SELECT c.id, c.version, c.seq, c.step_id, c.document, c.personal, c.claimant
                FROM unnest(?::text[], ?::text[], ?::bigint[]) AS n (id, claimant, claimed_until)
                JOIN kadao_checkout c
                  ON c.id = n.id AND c.claimant = n.claimant AND c.claimed_until = n.claimed_until""";

            case JOURNAL_INSERT -> """
                INSERT INTO kadao_journal (checkout_id, seq, step_id, entries)
                SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bytea[])""";
            case JOURNAL_PAGE -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ? AND seq > ? ORDER BY checkout_id, seq LIMIT ?""";

            case INDEX_OF_CHECKOUT -> """
                SELECT kind, val, checkout_id, num FROM kadao_index WHERE checkout_id = ANY (?::text[])""";
            case INDEX_INSERT -> """
                INSERT INTO kadao_index (kind, val, checkout_id, num)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::integer[])""";
            case INDEX_DELETE -> """
                DELETE FROM kadao_index i
                USING unnest(?::text[], ?::text[], ?::text[], ?::integer[]) AS g (kind, val, checkout_id, num)
                WHERE i.kind = g.kind AND i.val = g.val AND i.checkout_id = g.checkout_id AND i.num = g.num""";
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
            // Unordered, a plan for any kind would read the whole table in the hope of meeting one row soon.
            case INDEX_OTHERS -> """
                SELECT 1 FROM kadao_index
                WHERE kind = ? AND val >= ? AND val < ? AND CHAR_LENGTH(val) = ? AND checkout_id <> ?
                ORDER BY kind, val, checkout_id, num LIMIT 1""";

            case NOTICE_WRITE -> """
                INSERT INTO kadao_notice AS t (notice_key, source, reference, word, raw, state, received_at, due)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::text[],
                  ?::bigint[], ?::bigint[])
                ORDER BY 1
                ON CONFLICT (notice_key) DO UPDATE SET state = EXCLUDED.state, due = EXCLUDED.due
                WHERE t.state <> 'APPLIED'""";
            case NOTICE_DUE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE due <= ? ORDER BY due, notice_key LIMIT ?""";
            case NOTICE_PAGE -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE state = ? AND notice_key > ? ORDER BY state, notice_key LIMIT ?""";

            case RESERVATION_INSERT -> """
                INSERT INTO kadao_reservation
                  (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
                SELECT n.order_id, n.sku, n.quantity, n.state, n.replacement, 0, n.reserved_at, n.changed_at
                FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[])
                  AS n (order_id, sku, quantity, state, replacement, reserved_at, changed_at)""";
            case RESERVATION_LOCK -> """
                SELECT sku, quantity, state, replacement, revealed, order_id FROM kadao_reservation
                WHERE order_id = ANY (?::text[]) ORDER BY order_id FOR NO KEY UPDATE""";
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
                SELECT f.sku, f.key_id, (SELECT 1 FROM kadao_index WHERE kind = 'waiting' ORDER BY kind, val, checkout_id, num LIMIT 1) IS NOT NULL
                FROM unnest(?::text[], ?::bigint[], ?::integer[]) AS w (sku, moment, number)
                CROSS JOIN LATERAL (
                  SELECT k.sku, k.key_id FROM kadao_free_key k
                  WHERE k.sku = w.sku AND (k.expires_at IS NULL OR k.expires_at > w.moment)
                  ORDER BY k.sku, k.key_id LIMIT w.number FOR UPDATE SKIP LOCKED) f""";
            case FREE_KEY_LOCK_PATIENTLY -> """
                SELECT f.sku, f.key_id, (SELECT 1 FROM kadao_index WHERE kind = 'waiting' ORDER BY kind, val, checkout_id, num LIMIT 1) IS NOT NULL
                FROM unnest(?::text[], ?::bigint[], ?::integer[]) AS w (sku, moment, number)
                CROSS JOIN LATERAL (
                  SELECT k.sku, k.key_id FROM kadao_free_key k
                  WHERE k.sku = w.sku AND (k.expires_at IS NULL OR k.expires_at > w.moment)
                  ORDER BY k.sku, k.key_id LIMIT w.number FOR UPDATE) f""";
            case FREE_KEY_LOCK_ONE ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE SKIP LOCKED";
            case FREE_KEY_LOCK_ONE_PATIENTLY ->
                "SELECT key_id FROM kadao_free_key WHERE sku = ? AND key_id = ? FOR UPDATE";
            case FREE_KEY_DELETE -> """
                DELETE FROM kadao_free_key f USING unnest(?::text[], ?::text[]) AS g (sku, key_id)
                WHERE f.sku = g.sku AND f.key_id = g.key_id""";
            case FREE_KEY_INSERT -> """
                INSERT INTO kadao_free_key (sku, key_id, expires_at)
                SELECT k.sku, k.id, COALESCE(b.withdrawn_at, b.expires_at)
                FROM unnest(?::text[], ?::text[]) AS g (sku, key_id)
                JOIN kadao_key k ON k.id = g.key_id AND k.sku = g.sku
                JOIN kadao_key_batch b ON b.id = k.batch_id""";

            // As an expression, so that no plan goes over all free keys by the index on states.
            case KEY_BIND -> """
                UPDATE kadao_key k SET state = n.state, order_id = n.order_id, replacement = n.replacement,
                  slot = n.slot, changed_at = n.changed_at
                FROM unnest(?::text[], ?::text[], ?::integer[], ?::integer[], ?::bigint[], ?::text[])
                  AS n (state, order_id, replacement, slot, changed_at, id)
                WHERE k.id = n.id AND k.state || '' = 'FREE'""";
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
                SELECT k.fingerprint, k.batch_id, k.id
                FROM unnest(?::text[], ?::bytea[]) AS g (sku, fingerprint)
                JOIN kadao_key k ON k.sku = g.sku AND k.fingerprint = g.fingerprint""";
            case KEY_IMPORT -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, replacement, changed_at)
                SELECT n.id, n.sku, n.fingerprint, n.batch_id, n.sealed, n.data_key, 'FREE', 0, n.changed_at
                FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::bytea[], ?::integer[], ?::bigint[])
                  AS n (id, sku, fingerprint, batch_id, sealed, data_key, changed_at)""";
            case KEY_OWNERS -> """
                SELECT k.fingerprint, k.id, k.state, k.order_id, k.replacement, k.data_key
                FROM unnest(?::text[], ?::bytea[]) AS g (sku, fingerprint)
                JOIN kadao_key k ON k.sku = g.sku AND k.fingerprint = g.fingerprint""";
            case KEY_SUPPLY -> """
                INSERT INTO kadao_key (id, sku, fingerprint, batch_id, sealed, data_key, state, order_id, replacement,
                  slot, cause, changed_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::bytea[], ?::integer[], ?::text[],
                  ?::text[], ?::integer[], ?::integer[], ?::text[], ?::bigint[])""";
            case KEY_ADOPT -> """
                UPDATE kadao_key k SET state = 'SOLD', replacement = n.replacement, slot = n.slot, cause = NULL,
                  changed_at = n.changed_at
                FROM unnest(?::integer[], ?::integer[], ?::bigint[], ?::text[], ?::integer[])
                  AS n (replacement, slot, changed_at, id, aside)
                WHERE k.id = n.id AND k.replacement = n.aside AND k.state || '' = 'VOID'""";
            case KEY_FIND -> """
                SELECT id, state, order_id, replacement, slot, revealed_at, sku FROM kadao_key
                WHERE id = ANY (?::text[])""";
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
            case KEY_WITHDRAW -> """
                UPDATE kadao_key k SET state = 'VOID', cause = n.cause, changed_at = n.changed_at
                FROM unnest(?::text[], ?::bigint[], ?::text[]) AS n (cause, changed_at, id)
                WHERE k.id = n.id AND k.state || '' = 'FREE'""";
            case KEY_UNDER -> """
                SELECT id, sku, sealed FROM kadao_key
                WHERE id > ? AND id <= ? AND data_key = ? ORDER BY id LIMIT ?""";
            case KEY_RESEAL -> """
                UPDATE kadao_key k SET sealed = n.sealed, data_key = n.data_key
                FROM unnest(?::bytea[], ?::integer[], ?::text[], ?::integer[]) AS n (sealed, data_key, id, old_data_key)
                WHERE k.id = n.id AND k.data_key = n.old_data_key""";

            case FREE_KEY_IMPORT -> """
                INSERT INTO kadao_free_key (sku, key_id, expires_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[])""";
            case FREE_KEY_OF_BATCH -> """
                SELECT key_id FROM kadao_free_key
                WHERE sku = ? AND key_id >= ? AND key_id <= ? ORDER BY sku, key_id LIMIT ?""";
            case FREE_KEY_LOCK_NAMED -> """
                SELECT f.key_id FROM unnest(?::text[], ?::text[]) AS g (sku, key_id)
                JOIN kadao_free_key f ON f.sku = g.sku AND f.key_id = g.key_id
                ORDER BY f.sku, f.key_id FOR UPDATE OF f""";
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

            case UNDATED_PAGE ->
                "SELECT id, COALESCE(due, final_at) FROM kadao_checkout WHERE id > ? ORDER BY id LIMIT ?";
            case UNDATED_SET -> """
                UPDATE kadao_checkout c SET final_at = n.final_at
                FROM unnest(?::bigint[], ?::text[]) AS n (final_at, id)
                WHERE c.id = n.id AND c.final_at IS NULL AND c.due IS NULL""";
            case FINAL_PAGE -> """
                SELECT id, final_at FROM kadao_checkout
                WHERE final_at >= ? AND final_at <= ? AND (final_at > ? OR id > ?)
                ORDER BY final_at, id LIMIT ?""";
            case FINAL_LOCK -> """
                SELECT id, final_at FROM kadao_checkout
                WHERE id = ANY (?::text[]) AND due IS NULL ORDER BY id FOR UPDATE SKIP LOCKED""";
            case FINAL_LOCK_PATIENTLY -> """
                SELECT id, final_at FROM kadao_checkout
                WHERE id = ANY (?::text[]) AND due IS NULL ORDER BY id FOR UPDATE""";
            case FINAL_READ -> """
                SELECT id, version, seq, step_id, document, personal, claimant
                FROM kadao_checkout WHERE id = ANY (?::text[])""";
            case FINAL_JOURNAL -> """
                SELECT checkout_id, seq, step_id, entries FROM kadao_journal
                WHERE checkout_id = ANY (?::text[]) ORDER BY checkout_id, seq""";
            case FINAL_NOTICES -> """
                SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
                WHERE reference = ANY (?::text[]) ORDER BY notice_key""";
            case FINAL_KEYS -> """
                SELECT id, sku, state, order_id, replacement, revealed_at FROM kadao_key
                WHERE order_id = ANY (?::text[]) ORDER BY id""";
            case FINAL_ERASE_TEXTS -> """
                UPDATE kadao_checkout c SET version = c.version + 1, personal = n.personal
                FROM unnest(?::bytea[], ?::text[], ?::bytea[]) AS n (personal, id, unless)
                WHERE c.id = n.id AND c.personal <> n.unless""";
            case FINAL_ERASE_KEYS -> """
                UPDATE kadao_key SET sealed = ''::bytea, data_key = -1
                WHERE order_id = ANY (?::text[]) AND state IN ('SOLD', 'VOID') AND sealed <> ''::bytea""";
            case FINAL_ERASE_BODIES ->
                "UPDATE kadao_notice SET raw = ''::bytea WHERE reference = ANY (?::text[]) AND raw <> ''::bytea";
            case FINAL_DETACH_KEYS -> """
                UPDATE kadao_key SET order_id = NULL, slot = NULL, replacement = LEAST(replacement, -1), sealed = ''::bytea, data_key = -1
                WHERE order_id = ANY (?::text[]) AND state IN ('SOLD', 'VOID')""";
            case FINAL_DELETE_RESERVATIONS ->
                "DELETE FROM kadao_reservation WHERE order_id = ANY (?::text[]) AND state <> 'RESERVED'";
            case FINAL_DELETE_NOTICES -> """
                DELETE FROM kadao_notice
                WHERE reference = ANY (?::text[]) AND state IN ('APPLIED', 'ORPHAN_CLOSED')""";
            case FINAL_DELETE_JOURNAL -> "DELETE FROM kadao_journal WHERE checkout_id = ANY (?::text[])";
            case FINAL_DELETE_INDEX -> "DELETE FROM kadao_index WHERE checkout_id = ANY (?::text[])";
            case FINAL_DELETE -> "DELETE FROM kadao_checkout WHERE id = ANY (?::text[])";
            case NOTICE_ERASE_BODY -> "UPDATE kadao_notice SET raw = ''::bytea WHERE notice_key = ANY (?::text[])";
            case NOTICE_DELETE -> "DELETE FROM kadao_notice WHERE notice_key = ANY (?::text[])";
            // Those about risk; it throws for any other that is forgotten here.
            default -> RiskStatements.text(query);
        };
    }
}
