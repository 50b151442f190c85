package dev.kadao.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables on H2: as they are now, and the step to each version from the one before. Times are microseconds since 1970
 * in UTC. Free keys have a table of their own, so that taking one never walks over sold ones.
 *
 * <p>{@code kadao_checkout.final_at} is when the checkout last became quiet: set with {@code due = NULL}, NULL with a due
 * time. A writer of schema 1 leaves it as it is, so a reader asks for {@code due IS NULL} as well, and takes NULL for
 * "not known".
 *
 * <p>{@code kadao_key_batch.import_key} stands for SKU and name, so that a batch is begun once; {@code over_at} is from
 * when on its free keys are to be made void, NULL when none is left to be. {@code data_key} counts the data keys of a
 * batch: a key row names the one it was sealed under, which is {@code wrapped_key} if it is the batch's, else
 * {@code next_wrapped_key}.
 *
 * <p>{@code kadao_risk_guard} has a row for each key that is counted: whoever updates it counts alone. Both tables of risk
 * hold digests only, and nothing that is not lapsed by {@code until_at}.
 */
final class H2Schema {
    private static final List<String> TABLES_OF_2 = List.of(
            """
            CREATE TABLE IF NOT EXISTS kadao_meta (
              name VARCHAR(64) NOT NULL PRIMARY KEY,
              content VARCHAR(4000) NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS kadao_checkout (
              id VARCHAR(26) NOT NULL PRIMARY KEY,
              version BIGINT NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) NOT NULL,
              format INTEGER NOT NULL,
              document VARBINARY(1048576) NOT NULL,
              personal VARBINARY(1048576) NOT NULL,
              due BIGINT,
              claimant VARCHAR(120),
              claimed_until BIGINT,
              final_at BIGINT)""",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_due ON kadao_checkout (due, id)",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_final ON kadao_checkout (final_at, id)",
            """
            CREATE TABLE IF NOT EXISTS kadao_journal (
              checkout_id VARCHAR(26) NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) NOT NULL,
              entries VARBINARY(1048576) NOT NULL,
              PRIMARY KEY (checkout_id, seq))""",
            """
            CREATE TABLE IF NOT EXISTS kadao_index (
              kind VARCHAR(40) NOT NULL,
              val VARCHAR(120) NOT NULL,
              checkout_id VARCHAR(26) NOT NULL,
              num INTEGER NOT NULL,
              PRIMARY KEY (kind, val, checkout_id, num))""",
            "CREATE INDEX IF NOT EXISTS kadao_index_checkout ON kadao_index (checkout_id)",
            """
            CREATE TABLE IF NOT EXISTS kadao_notice (
              notice_key VARCHAR(64) NOT NULL PRIMARY KEY,
              source VARCHAR(120) NOT NULL,
              reference VARCHAR(64) NOT NULL,
              word VARBINARY(1048576) NOT NULL,
              raw VARBINARY(1048576) NOT NULL,
              state VARCHAR(16) NOT NULL,
              received_at BIGINT NOT NULL,
              due BIGINT)""",
            "CREATE INDEX IF NOT EXISTS kadao_notice_due ON kadao_notice (due, notice_key)",
            "CREATE INDEX IF NOT EXISTS kadao_notice_state ON kadao_notice (state, notice_key)",
            "CREATE INDEX IF NOT EXISTS kadao_notice_reference ON kadao_notice (reference)",
            """
            CREATE TABLE IF NOT EXISTS kadao_key_batch (
              id VARCHAR(32) NOT NULL PRIMARY KEY,
              sku VARCHAR(64) NOT NULL,
              name VARCHAR(120) NOT NULL,
              source VARCHAR(120) NOT NULL,
              wrapped_key VARBINARY(4096) NOT NULL,
              master_key_id VARCHAR(120) NOT NULL,
              imported BIGINT NOT NULL,
              started_at BIGINT NOT NULL,
              finished_at BIGINT,
              import_key VARCHAR(64),
              expires_at BIGINT,
              withdrawn_at BIGINT,
              cause VARCHAR(2000),
              over_at BIGINT,
              data_key INTEGER DEFAULT 0 NOT NULL,
              next_wrapped_key VARBINARY(4096))""",
            "CREATE UNIQUE INDEX IF NOT EXISTS kadao_key_batch_import ON kadao_key_batch (import_key)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_sku ON kadao_key_batch (sku)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_master ON kadao_key_batch (master_key_id)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_over ON kadao_key_batch (over_at, id)",
            """
            CREATE TABLE IF NOT EXISTS kadao_key (
              id VARCHAR(40) NOT NULL PRIMARY KEY,
              sku VARCHAR(64) NOT NULL,
              batch_id VARCHAR(32) NOT NULL,
              sealed VARBINARY(4096) NOT NULL,
              fingerprint VARBINARY(32) NOT NULL,
              state VARCHAR(8) NOT NULL,
              order_id VARCHAR(29),
              replacement INTEGER NOT NULL,
              slot INTEGER,
              revealed_at BIGINT,
              cause VARCHAR(2000),
              changed_at BIGINT NOT NULL,
              data_key INTEGER DEFAULT 0 NOT NULL,
              CONSTRAINT kadao_key_fingerprint UNIQUE (sku, fingerprint))""",
            "CREATE INDEX IF NOT EXISTS kadao_key_order ON kadao_key (order_id, replacement, slot)",
            "CREATE INDEX IF NOT EXISTS kadao_key_state ON kadao_key (sku, state)",
            """
            CREATE TABLE IF NOT EXISTS kadao_free_key (
              sku VARCHAR(64) NOT NULL,
              key_id VARCHAR(40) NOT NULL,
              expires_at BIGINT,
              PRIMARY KEY (sku, key_id))""",
            """
            CREATE TABLE IF NOT EXISTS kadao_reservation (
              order_id VARCHAR(29) NOT NULL PRIMARY KEY,
              sku VARCHAR(64) NOT NULL,
              quantity INTEGER NOT NULL,
              state VARCHAR(12) NOT NULL,
              replacement INTEGER NOT NULL,
              revealed INTEGER NOT NULL,
              cause VARCHAR(2000),
              reserved_at BIGINT NOT NULL,
              changed_at BIGINT NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS kadao_reservation_state"
                    + " ON kadao_reservation (state, reserved_at, order_id)");

    /** Version 2 = version 1 + these. What else version 2 brings is added here and to the full tables above. */
    private static final List<String> STEP_TO_2 = List.of(
            "ALTER TABLE kadao_checkout ADD COLUMN IF NOT EXISTS final_at BIGINT",
            "CREATE INDEX IF NOT EXISTS kadao_checkout_final ON kadao_checkout (final_at, id)",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS import_key VARCHAR(64)",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS expires_at BIGINT",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS withdrawn_at BIGINT",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS cause VARCHAR(2000)",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS over_at BIGINT",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS data_key INTEGER DEFAULT 0 NOT NULL",
            "ALTER TABLE kadao_key_batch ADD COLUMN IF NOT EXISTS next_wrapped_key VARBINARY(4096)",
            "CREATE UNIQUE INDEX IF NOT EXISTS kadao_key_batch_import ON kadao_key_batch (import_key)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_sku ON kadao_key_batch (sku)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_master ON kadao_key_batch (master_key_id)",
            "CREATE INDEX IF NOT EXISTS kadao_key_batch_over ON kadao_key_batch (over_at, id)",
            "ALTER TABLE kadao_key ADD COLUMN IF NOT EXISTS data_key INTEGER DEFAULT 0 NOT NULL",
            "ALTER TABLE kadao_free_key ADD COLUMN IF NOT EXISTS expires_at BIGINT",
            "CREATE INDEX IF NOT EXISTS kadao_notice_reference ON kadao_notice (reference)");

    /** Version 3 = version 2 + these. */
    private static final List<String> STEP_TO_3 = List.of(
            """
            CREATE TABLE IF NOT EXISTS kadao_risk_guard (
              guard_key VARCHAR(64) NOT NULL PRIMARY KEY,
              until_at BIGINT NOT NULL,
              takes BIGINT NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS kadao_risk_guard_until ON kadao_risk_guard (until_at)",
            """
            CREATE TABLE IF NOT EXISTS kadao_risk_ticket (
              guard_key VARCHAR(64) NOT NULL,
              holder VARCHAR(64) NOT NULL,
              weight INTEGER NOT NULL,
              until_at BIGINT NOT NULL,
              while_open INTEGER NOT NULL,
              PRIMARY KEY (guard_key, holder))""",
            "CREATE INDEX IF NOT EXISTS kadao_risk_ticket_holder ON kadao_risk_ticket (holder)",
            "CREATE INDEX IF NOT EXISTS kadao_risk_ticket_until ON kadao_risk_ticket (until_at)");

    /** All tables as this version has them. */
    static final List<String> STATEMENTS =
            Stream.concat(TABLES_OF_2.stream(), STEP_TO_3.stream()).toList();

    private H2Schema() {}

    /** The statements that bring the tables from the version before to this one; see {@link SchemaVersion}. */
    static List<String> stepTo(int version) {
        return switch (version) {
            case 2 -> STEP_TO_2;
            case 3 -> STEP_TO_3;
            default -> throw new IllegalArgumentException("no step leads to schema version " + version);
        };
    }
}
