-- The tables of schema version 1 as they would have been on MariaDB: the first library that knows it makes version 2.
-- Never edited: it stands for the version before in the tests of an upgrade.
CREATE TABLE IF NOT EXISTS kadao_meta (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  content VARCHAR(4000) NOT NULL)
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
  KEY kadao_checkout_due (due, id))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS kadao_journal (
  checkout_id VARCHAR(26) NOT NULL,
  seq BIGINT NOT NULL,
  step_id VARCHAR(32) NOT NULL,
  entries MEDIUMBLOB NOT NULL,
  PRIMARY KEY (checkout_id, seq))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS kadao_index (
  kind VARCHAR(40) NOT NULL,
  val VARCHAR(120) NOT NULL,
  checkout_id VARCHAR(26) NOT NULL,
  num INTEGER NOT NULL,
  PRIMARY KEY (kind, val, checkout_id, num),
  KEY kadao_index_checkout (checkout_id))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
  KEY kadao_notice_state (state, notice_key))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS kadao_key_batch (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  sku VARCHAR(64) NOT NULL,
  name VARCHAR(120) NOT NULL,
  source VARCHAR(120) NOT NULL,
  wrapped_key VARBINARY(4096) NOT NULL,
  master_key_id VARCHAR(120) NOT NULL,
  imported BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT)
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
  CONSTRAINT kadao_key_fingerprint UNIQUE (sku, fingerprint),
  KEY kadao_key_order (order_id, replacement, slot),
  KEY kadao_key_state (sku, state))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS kadao_free_key (
  sku VARCHAR(64) NOT NULL,
  key_id VARCHAR(40) NOT NULL,
  PRIMARY KEY (sku, key_id))
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO kadao_meta (name, content) VALUES ('schema_version', '1');
