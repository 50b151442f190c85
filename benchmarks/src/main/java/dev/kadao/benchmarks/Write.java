package dev.kadao.benchmarks;

/**
 * The writes that the contenders written by hand make, in the order in which they make them: for one row in standard
 * SQL, for many in the fastest form each server has. The tables are Kadao's own.
 */
enum Write {
    /** id, seq, step, format, document, personal, due, claimant, claimed until */
    CHECKOUT_INSERT("""
            INSERT INTO kadao_checkout
              (id, seq, step_id, format, document, personal, due, claimant, claimed_until, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""", """
            INSERT INTO kadao_checkout
              (id, seq, step_id, format, document, personal, due, claimant, claimed_until, version)
            SELECT *, 1 FROM unnest(?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[],
              ?::bigint[], ?::text[], ?::bigint[])""", """
            INSERT INTO kadao_checkout
              (id, seq, step_id, format, document, personal, due, claimant, claimed_until, version)
            VALUES {(?, ?, ?, ?, ?, ?, ?, ?, ?, 1)}"""),

    /** seq, step, format, document, personal, due, id, version; the version must be the one that was read */
    CHECKOUT_UPDATE("""
            UPDATE kadao_checkout SET version = version + 1,
              seq = ?, step_id = ?, format = ?, document = ?, personal = ?, due = ?
            WHERE id = ? AND version = ?""", """
            UPDATE kadao_checkout c SET version = c.version + 1, seq = n.seq, step_id = n.step_id,
              format = n.format, document = n.document, personal = n.personal, due = n.due
            FROM unnest(?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[], ?::bigint[], ?::text[],
              ?::bigint[]) AS n (seq, step_id, format, document, personal, due, id, version)
            WHERE c.id = n.id AND c.version = n.version""", """
            INSERT INTO kadao_checkout (seq, step_id, format, document, personal, due, id, version)
            VALUES {(?, ?, ?, ?, ?, ?, ?, ?)}
            ON DUPLICATE KEY UPDATE version = kadao_checkout.version + 1, seq = VALUES(seq),
              step_id = VALUES(step_id), format = VALUES(format), document = VALUES(document),
              personal = VALUES(personal), due = VALUES(due)"""),

    /** checkout, seq, step, entries */
    JOURNAL_INSERT(
            "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES (?, ?, ?, ?)",
            """
            INSERT INTO kadao_journal (checkout_id, seq, step_id, entries)
            SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bytea[])""",
            "INSERT INTO kadao_journal (checkout_id, seq, step_id, entries) VALUES {(?, ?, ?, ?)}"),

    /** kind, value, checkout, number */
    INDEX_DELETE(
            "DELETE FROM kadao_index WHERE kind = ? AND val = ? AND checkout_id = ? AND num = ?",
            """
            DELETE FROM kadao_index i
            USING unnest(?::text[], ?::text[], ?::text[], ?::integer[]) AS g (kind, val, checkout_id, num)
            WHERE i.kind = g.kind AND i.val = g.val AND i.checkout_id = g.checkout_id AND i.num = g.num""",
            "DELETE FROM kadao_index WHERE {(kind = ? AND val = ? AND checkout_id = ? AND num = ?)| OR }"),

    /** kind, value, checkout, number */
    INDEX_INSERT(
            "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES (?, ?, ?, ?)",
            """
            INSERT INTO kadao_index (kind, val, checkout_id, num)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::integer[])""",
            "INSERT INTO kadao_index (kind, val, checkout_id, num) VALUES {(?, ?, ?, ?)}"),

    /** order, changed at, key */
    KEY_SELL("""
            UPDATE kadao_key SET state = 'SOLD', replacement = 0, slot = 1, order_id = ?, changed_at = ?
            WHERE id = ? AND state = 'FREE'""", """
            UPDATE kadao_key k SET state = 'SOLD', replacement = 0, slot = 1, order_id = n.order_id,
              changed_at = n.changed_at
            FROM unnest(?::text[], ?::bigint[], ?::text[]) AS n (order_id, changed_at, id)
            WHERE k.id = n.id AND k.state = 'FREE'""", """
            UPDATE ({SELECT ? AS order_id, ? AS changed_at, ? AS id| UNION ALL }) n
            STRAIGHT_JOIN kadao_key k ON k.id = n.id COLLATE utf8mb4_nopad_bin AND k.state = 'FREE'
            SET k.state = 'SOLD', k.replacement = 0, k.slot = 1, k.order_id = n.order_id,
              k.changed_at = n.changed_at"""),

    /** order, sku, reserved at, changed at */
    RESERVATION_INSERT("""
            INSERT INTO kadao_reservation
              (order_id, sku, reserved_at, changed_at, quantity, state, replacement, revealed)
            VALUES (?, ?, ?, ?, 1, 'HANDED_OVER', 0, 0)""", """
            INSERT INTO kadao_reservation
              (order_id, sku, reserved_at, changed_at, quantity, state, replacement, revealed)
            SELECT *, 1, 'HANDED_OVER', 0, 0 FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])""", """
            INSERT INTO kadao_reservation
              (order_id, sku, reserved_at, changed_at, quantity, state, replacement, revealed)
            VALUES {(?, ?, ?, ?, 1, 'HANDED_OVER', 0, 0)}"""),

    /** key, source, reference, word, raw, state, received at, due */
    NOTICE_INSERT("""
            INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", """
            INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[],
              ?::bigint[])""", """
            INSERT INTO kadao_notice (notice_key, source, reference, word, raw, state, received_at, due)
            VALUES {(?, ?, ?, ?, ?, ?, ?, ?)}""");

    /** For one row, on every server. */
    final String single;
    /** PostgreSQL: one array an argument. */
    final String arrays;
    /** MariaDB: what stands in braces is repeated for each row; after the bar, what comes between. */
    final String repeated;

    Write(String single, String arrays, String repeated) {
        this.single = single;
        this.arrays = arrays;
        this.repeated = repeated;
    }
}
