package dev.kadao.jdbc;

/** What a transaction leaves on PostgreSQL. */
final class PostgresWrite {
    /**
     * All that a transaction leaves, in one statement: a round trip and a plan less for each kind of row. Answers how
     * many checkouts were inserted and written, and how many journal rows, reservations, free keys and keys changed; the
     * counts of index rows and notices say nothing. NOT IN, because it looks up a hash; NOT EXISTS would be planned as
     * comparing each with each. {@link PostgresDialect} gives the groups of arguments in this order.
     */
    static final String TEXT = """
            WITH inserted AS (
              INSERT INTO kadao_checkout
                (id, version, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)
              SELECT n.id, 1, n.seq, n.step_id, n.format, n.document, n.personal,
                n.due, n.claimant, n.claimed_until, n.final_at
              FROM unnest(?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[],
                  ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                AS n (id, seq, step_id, format, document, personal, due, claimant, claimed_until, final_at)
              RETURNING 1),
            written AS (
              UPDATE kadao_checkout c SET version = c.version + 1,
                seq = n.seq, step_id = n.step_id, format = n.format, document = n.document, personal = n.personal,
                due = n.due, claimant = n.claimant, claimed_until = n.claimed_until, final_at = n.final_at
              FROM unnest(?::bigint[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[],
                  ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
                AS n (seq, step_id, format, document, personal, due, claimant, claimed_until, final_at, id, version)
              WHERE c.id = n.id AND c.version = n.version
              RETURNING 1),
            journal AS (
              INSERT INTO kadao_journal (checkout_id, seq, step_id, entries)
              SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bytea[])
              RETURNING 1),
            reserved AS (
              INSERT INTO kadao_reservation
                (order_id, sku, quantity, state, replacement, revealed, reserved_at, changed_at)
              SELECT n.order_id, n.sku, n.quantity, n.state, n.replacement, 0, n.reserved_at, n.changed_at
              FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[])
                AS n (order_id, sku, quantity, state, replacement, reserved_at, changed_at)
              RETURNING 1),
            taken AS (
              DELETE FROM kadao_free_key f USING unnest(?::text[], ?::text[]) AS g (sku, key_id)
              WHERE f.sku = g.sku AND f.key_id = g.key_id
              RETURNING 1),
            bound AS (
              UPDATE kadao_key k SET state = n.state, order_id = n.order_id, replacement = n.replacement,
                slot = n.slot, changed_at = n.changed_at
              FROM unnest(?::text[], ?::text[], ?::integer[], ?::integer[], ?::bigint[], ?::text[])
                AS n (state, order_id, replacement, slot, changed_at, id)
              WHERE k.id = n.id AND k.state || '' = 'FREE'
              RETURNING 1),
            noticed AS (
              INSERT INTO kadao_notice AS t (notice_key, source, reference, word, raw, state, received_at, due)
              SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::text[],
                ?::bigint[], ?::bigint[])
              ORDER BY 1
              ON CONFLICT (notice_key) DO UPDATE SET state = EXCLUDED.state, due = EXCLUDED.due
              WHERE t.state <> 'APPLIED'),
            wanted AS MATERIALIZED (
              SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::integer[]) AS n (kind, val, checkout_id, num)),
            gone AS (
              DELETE FROM kadao_index i
              WHERE i.checkout_id = ANY (?::text[]) AND (i.kind, i.val, i.checkout_id, i.num) NOT IN (
                SELECT n.kind, n.val, n.checkout_id, n.num FROM wanted n)),
            come AS (
              INSERT INTO kadao_index (kind, val, checkout_id, num) SELECT * FROM wanted ON CONFLICT DO NOTHING)
            SELECT (SELECT COUNT(*) FROM inserted), (SELECT COUNT(*) FROM written), (SELECT COUNT(*) FROM journal),
              (SELECT COUNT(*) FROM reserved), (SELECT COUNT(*) FROM taken), (SELECT COUNT(*) FROM bound)""";

    private PostgresWrite() {}
}
