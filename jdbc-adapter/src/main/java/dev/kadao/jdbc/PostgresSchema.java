package dev.kadao.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables on PostgreSQL; what they hold is said at {@link H2Schema}. Texts compare byte by byte whatever the
 * database's own collation is, so ids are told apart by case and a range of texts is a range of the index.
 */
final class PostgresSchema {
    private static final List<String> TABLES_OF_2 = List.of(
            """
            CREATE TABLE IF NOT EXISTS kadao_meta (
              name VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
              content VARCHAR(4000) COLLATE "C" NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS kadao_checkout (
              id VARCHAR(26) COLLATE "C" NOT NULL PRIMARY KEY,
              version BIGINT NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) COLLATE "C" NOT NULL,
              format INTEGER NOT NULL,
              document BYTEA NOT NULL,
              personal BYTEA NOT NULL,
              due BIGINT,
              claimant VARCHAR(120) COLLATE "C",
              claimed_until BIGINT,
              final_at BIGINT)""",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_due ON kadao_checkout (due, id) WHERE due IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_final ON kadao_checkout (final_at, id)"
                    + " WHERE final_at IS NOT NULL",
            """
            CREATE TABLE IF NOT EXISTS kadao_journal (
              checkout_id VARCHAR(26) COLLATE "C" NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) COLLATE "C" NOT NULL,
              entries BYTEA NOT NULL,
              PRIMARY KEY (checkout_id, seq))""",
            """
            CREATE TABLE IF NOT EXISTS kadao_index (
              kind VARCHAR(40) COLLATE "C" NOT NULL,
              val VARCHAR(120) COLLATE "C" NOT NULL,
              checkout_id VARCHAR(26) COLLATE "C" NOT NULL,
              num INTEGER NOT NULL,
              PRIMARY KEY (kind, val, checkout_id, num))""",
            "CREATE INDEX IF NOT EXISTS kadao_index_checkout ON kadao_index (checkout_id)",
            """
            CREATE TABLE IF NOT EXISTS kadao_notice (
              notice_key VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
              source VARCHAR(120) COLLATE "C" NOT NULL,
              reference VARCHAR(64) COLLATE "C" NOT NULL,
              word BYTEA NOT NULL,
              raw BYTEA NOT NULL,
              state VARCHAR(16) COLLATE "C" NOT NULL,
              received_at BIGINT NOT NULL,
              due BIGINT)""",
            "CREATE INDEX IF NOT EXISTS kadao_notice_due ON kadao_notice (due, notice_key) WHERE due IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS kadao_notice_state ON kadao_notice (state, notice_key)",
            "CREATE INDEX IF NOT EXISTS kadao_notice_reference ON kadao_notice (reference)",
            """
            CREATE TABLE IF NOT EXISTS kadao_key_batch (
              id VARCHAR(32) COLLATE "C" NOT NULL PRIMARY KEY,
              sku VARCHAR(64) COLLATE "C" NOT NULL,
              name VARCHAR(120) COLLATE "C" NOT NULL,
              source VARCHAR(120) COLLATE "C" NOT NULL,
              wrapped_key BYTEA NOT NULL,
              master_key_id VARCHAR(120) COLLATE "C" NOT NULL,
              imported BIGINT NOT NULL,
              started_at BIGINT NOT NULL,
              finished_at BIGINT,
              import_key VARCHAR(64) COLLATE "C",
              expires_at BIGINT,
              withdrawn_at BIGINT,
              cause VARCHAR(2000) COLLATE "C",
              over_at BIGINT,
              data_key INTEGER DEFAULT 0 NOT NULL,
              next_wrapped_key BYTEA)""",
            "CREATE UNIQUE INDEX IF NOT EXISTS kadao_key_batch_import ON kadao_key_batch (import_key)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_sku ON kadao_key_batch (sku)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_master ON kadao_key_batch (master_key_id)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_over ON kadao_key_batch (over_at, id) WHERE over_at IS NOT NULL",
            """
            CREATE TABLE IF NOT EXISTS kadao_key (
              id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
              sku VARCHAR(64) COLLATE "C" NOT NULL,
              batch_id VARCHAR(32) COLLATE "C" NOT NULL,
              sealed BYTEA NOT NULL,
              fingerprint BYTEA NOT NULL,
              state VARCHAR(8) COLLATE "C" NOT NULL,
              order_id VARCHAR(29) COLLATE "C",
              replacement INTEGER NOT NULL,
              slot INTEGER,
              revealed_at BIGINT,
              cause VARCHAR(2000) COLLATE "C",
              changed_at BIGINT NOT NULL,
              data_key INTEGER DEFAULT 0 NOT NULL,
              CONSTRAINT kadao_key_fingerprint UNIQUE (sku, fingerprint))""",
            "CREATE INDEX IF NOT EXISTS kadao_key_order ON kadao_key (order_id, replacement, slot)"
                    + " WHERE order_id IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS kadao_key_state ON kadao_key (sku, state)",
            """
            CREATE TABLE IF NOT EXISTS kadao_free_key (
              sku VARCHAR(64) COLLATE "C" NOT NULL,
              key_id VARCHAR(40) COLLATE "C" NOT NULL,
              expires_at BIGINT,
              PRIMARY KEY (sku, key_id))""",
            """
            CREATE TABLE IF NOT EXISTS kadao_reservation (
              order_id VARCHAR(29) COLLATE "C" NOT NULL PRIMARY KEY,
              sku VARCHAR(64) COLLATE "C" NOT NULL,
              quantity INTEGER NOT NULL,
              state VARCHAR(12) COLLATE "C" NOT NULL,
              replacement INTEGER NOT NULL,
              revealed INTEGER NOT NULL,
              cause VARCHAR(2000) COLLATE "C",
              reserved_at BIGINT NOT NULL,
              changed_at BIGINT NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS kadao_reservation_state"
                    + " ON kadao_reservation (state, reserved_at, order_id)");

    /** Version 2 = version 1 + these. What else version 2 brings is added here and to the full tables above. */
    private static final List<String> STEP_TO_2 = List.of(
            "ALTER TABLE kadao_checkout ADD COLUMN IF NOT EXISTS final_at BIGINT",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_final ON kadao_checkout (final_at, id)"
                    + " WHERE final_at IS NOT NULL",
            """
            ALTER TABLE kadao_key_batch
              ADD COLUMN IF NOT EXISTS import_key VARCHAR(64) COLLATE "C",
              ADD COLUMN IF NOT EXISTS expires_at BIGINT,
              ADD COLUMN IF NOT EXISTS withdrawn_at BIGINT,
              ADD COLUMN IF NOT EXISTS cause VARCHAR(2000) COLLATE "C",
              ADD COLUMN IF NOT EXISTS over_at BIGINT,
              ADD COLUMN IF NOT EXISTS data_key INTEGER DEFAULT 0 NOT NULL,
              ADD COLUMN IF NOT EXISTS next_wrapped_key BYTEA""",
            "CREATE UNIQUE INDEX IF NOT EXISTS kadao_key_batch_import ON kadao_key_batch (import_key)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_sku ON kadao_key_batch (sku)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_master ON kadao_key_batch (master_key_id)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_over ON kadao_key_batch (over_at, id) WHERE over_at IS NOT NULL",
            "ALTER TABLE kadao_key ADD COLUMN IF NOT EXISTS data_key INTEGER DEFAULT 0 NOT NULL",
            "ALTER TABLE kadao_free_key ADD COLUMN IF NOT EXISTS expires_at BIGINT",
            "CREATE INDEX IF NOT EXISTS kadao_notice_reference ON kadao_notice (reference)");

    /** Version 3 = version 2 + these. */
    private static final List<String> STEP_TO_3 = List.of(
            """
            CREATE TABLE IF NOT EXISTS kadao_risk_guard (
              guard_key VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
              until_at BIGINT NOT NULL,
              takes BIGINT NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS kadao_risk_guard_until ON kadao_risk_guard (until_at)",
            """
            CREATE TABLE IF NOT EXISTS kadao_risk_ticket (
              guard_key VARCHAR(64) COLLATE "C" NOT NULL,
              holder VARCHAR(64) COLLATE "C" NOT NULL,
              weight INTEGER NOT NULL,
              until_at BIGINT NOT NULL,
              while_open INTEGER NOT NULL,
              PRIMARY KEY (guard_key, holder))""",
            "CREATE INDEX IF NOT EXISTS kadao_risk_ticket_holder ON kadao_risk_ticket (holder)",
            "CREATE INDEX IF NOT EXISTS kadao_risk_ticket_until ON kadao_risk_ticket (until_at)");

    /** All tables as this version has them. */
    static final List<String> STATEMENTS =
            Stream.concat(TABLES_OF_2.stream(), STEP_TO_3.stream()).toList();

    private PostgresSchema() {}

    /** The statements that bring the tables from the version before to this one; see {@link SchemaVersion}. */
    static List<String> stepTo(int version) {
        return switch (version) {
            case 2 -> STEP_TO_2;
            case 3 -> STEP_TO_3;
            default -> throw new IllegalArgumentException("no step leads to schema version " + version);
        };
    }
}
