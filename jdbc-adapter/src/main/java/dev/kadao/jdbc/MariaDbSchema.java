package dev.kadao.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables on MariaDB and MySQL; what they hold is said at {@link H2Schema}. {@code exactly} stands for a collation
 * that compares character by character, spaces at the end included. Indexes are made with their tables: MySQL knows no
 * {@code CREATE INDEX IF NOT EXISTS}.
 */
final class MariaDbSchema {
    private static final List<String> TABLES_OF_2 = List.of("""
            CREATE TABLE IF NOT EXISTS kadao_meta (
              name VARCHAR(64) NOT NULL PRIMARY KEY,
              content VARCHAR(4000) NOT NULL)
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_checkout (
              id VARCHAR(26) NOT NULL PRIMARY KEY,
              version BIGINT NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) NOT NULL,
              format INTEGER NOT NULL,
              document MEDIUMBLOB NOT NULL,
              personal MEDIUMBLOB NOT NULL,
              due BIGINT,
              claimant VARCHAR(120),
              claimed_until BIGINT,
              final_at BIGINT,
              KEY kadao_checkout_due (due, id),
              KEY kadao_checkout_final (final_at, id))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_journal (
              checkout_id VARCHAR(26) NOT NULL,
              seq BIGINT NOT NULL,
              step_id VARCHAR(32) NOT NULL,
              entries MEDIUMBLOB NOT NULL,
              PRIMARY KEY (checkout_id, seq))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_index (
              kind VARCHAR(40) NOT NULL,
              val VARCHAR(120) NOT NULL,
              checkout_id VARCHAR(26) NOT NULL,
              num INTEGER NOT NULL,
              PRIMARY KEY (kind, val, checkout_id, num),
              KEY kadao_index_checkout (checkout_id))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_notice (
              notice_key VARCHAR(64) NOT NULL PRIMARY KEY,
              source VARCHAR(120) NOT NULL,
              reference VARCHAR(64) NOT NULL,
              word MEDIUMBLOB NOT NULL,
              raw MEDIUMBLOB NOT NULL,
              state VARCHAR(16) NOT NULL,
              received_at BIGINT NOT NULL,
              due BIGINT,
              KEY kadao_notice_due (due, notice_key),
              KEY kadao_notice_state (state, notice_key),
              KEY kadao_notice_reference (reference))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
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
              next_wrapped_key VARBINARY(4096),
              UNIQUE KEY kadao_key_batch_import (import_key),
              KEY kadao_key_batch_sku (sku),
              KEY kadao_key_batch_master (master_key_id),
              KEY kadao_key_batch_over (over_at, id))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
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
              CONSTRAINT kadao_key_fingerprint UNIQUE (sku, fingerprint),
              KEY kadao_key_order (order_id, replacement, slot),
              KEY kadao_key_state (sku, state))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_free_key (
              sku VARCHAR(64) NOT NULL,
              key_id VARCHAR(40) NOT NULL,
              expires_at BIGINT,
              PRIMARY KEY (sku, key_id))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_reservation (
              order_id VARCHAR(29) NOT NULL PRIMARY KEY,
              sku VARCHAR(64) NOT NULL,
              quantity INTEGER NOT NULL,
              state VARCHAR(12) NOT NULL,
              replacement INTEGER NOT NULL,
              revealed INTEGER NOT NULL,
              cause VARCHAR(2000),
              reserved_at BIGINT NOT NULL,
              changed_at BIGINT NOT NULL,
              KEY kadao_reservation_state (state, reserved_at, order_id))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""");

    /**
     * Version 2 = version 1 + these; what else version 2 brings is added here and to the full tables above. One statement
     * for each table: it is done as a whole or not at all, so a starter that finds one of its columns there need not look
     * for the others.
     */
    private static final List<String> STEP_TO_2 = List.of("""
            ALTER TABLE kadao_checkout
              ADD COLUMN final_at BIGINT,
              ADD KEY kadao_checkout_final (final_at, id)""", """
            ALTER TABLE kadao_key_batch
              ADD COLUMN import_key VARCHAR(64),
              ADD COLUMN expires_at BIGINT,
              ADD COLUMN withdrawn_at BIGINT,
              ADD COLUMN cause VARCHAR(2000),
              ADD COLUMN over_at BIGINT,
              ADD COLUMN data_key INTEGER DEFAULT 0 NOT NULL,
              ADD COLUMN next_wrapped_key VARBINARY(4096),
              ADD UNIQUE KEY kadao_key_batch_import (import_key),
              ADD KEY kadao_key_batch_sku (sku),
              ADD KEY kadao_key_batch_master (master_key_id),
              ADD KEY kadao_key_batch_over (over_at, id)""", """
            ALTER TABLE kadao_key
              ADD COLUMN data_key INTEGER DEFAULT 0 NOT NULL""", """
            ALTER TABLE kadao_free_key
              ADD COLUMN expires_at BIGINT""", """
            ALTER TABLE kadao_notice
              ADD KEY kadao_notice_reference (reference)""");

    /** Version 3 = version 2 + these. */
    private static final List<String> STEP_TO_3 = List.of("""
            CREATE TABLE IF NOT EXISTS kadao_risk_guard (
              guard_key VARCHAR(64) NOT NULL PRIMARY KEY,
              until_at BIGINT NOT NULL,
              takes BIGINT NOT NULL,
              KEY kadao_risk_guard_until (until_at))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""", """
            CREATE TABLE IF NOT EXISTS kadao_risk_ticket (
              guard_key VARCHAR(64) NOT NULL,
              holder VARCHAR(64) NOT NULL,
              weight INTEGER NOT NULL,
              until_at BIGINT NOT NULL,
              while_open INTEGER NOT NULL,
              PRIMARY KEY (guard_key, holder),
              KEY kadao_risk_ticket_holder (holder),
              KEY kadao_risk_ticket_until (until_at))
            ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE exactly""");

    /** All tables as this version has them. */
    static final List<String> STATEMENTS =
            Stream.concat(TABLES_OF_2.stream(), STEP_TO_3.stream()).toList();

    private MariaDbSchema() {}

    /** The statements that bring the tables from the version before to this one; see {@link SchemaVersion}. */
    static List<String> stepTo(int version) {
        return switch (version) {
            case 2 -> STEP_TO_2;
            case 3 -> STEP_TO_3;
            default -> throw new IllegalArgumentException("no step leads to schema version " + version);
        };
    }
}
