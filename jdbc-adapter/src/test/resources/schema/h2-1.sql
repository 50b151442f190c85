-- The tables of schema version 1 on H2, as the library of that version made them. Never edited: see PreviousSchemaTest.
CREATE TABLE IF NOT EXISTS kadao_meta (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  content VARCHAR(4000) NOT NULL);

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
  claimed_until BIGINT);

CREATE INDEX IF NOT EXISTS kadao_checkout_due ON kadao_checkout (due, id);

CREATE TABLE IF NOT EXISTS kadao_journal (
  checkout_id VARCHAR(26) NOT NULL,
  seq BIGINT NOT NULL,
  step_id VARCHAR(32) NOT NULL,
  entries VARBINARY(1048576) NOT NULL,
  PRIMARY KEY (checkout_id, seq));

CREATE TABLE IF NOT EXISTS kadao_index (
  kind VARCHAR(40) NOT NULL,
  val VARCHAR(120) NOT NULL,
  checkout_id VARCHAR(26) NOT NULL,
  num INTEGER NOT NULL,
  PRIMARY KEY (kind, val, checkout_id, num));

CREATE INDEX IF NOT EXISTS kadao_index_checkout ON kadao_index (checkout_id);

CREATE TABLE IF NOT EXISTS kadao_notice (
  notice_key VARCHAR(64) NOT NULL PRIMARY KEY,
  source VARCHAR(120) NOT NULL,
  reference VARCHAR(64) NOT NULL,
  word VARBINARY(1048576) NOT NULL,
  raw VARBINARY(1048576) NOT NULL,
  state VARCHAR(16) NOT NULL,
  received_at BIGINT NOT NULL,
  due BIGINT);

CREATE INDEX IF NOT EXISTS kadao_notice_due ON kadao_notice (due, notice_key);

CREATE INDEX IF NOT EXISTS kadao_notice_state ON kadao_notice (state, notice_key);

CREATE TABLE IF NOT EXISTS kadao_key_batch (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  sku VARCHAR(64) NOT NULL,
  name VARCHAR(120) NOT NULL,
  source VARCHAR(120) NOT NULL,
  wrapped_key VARBINARY(4096) NOT NULL,
  master_key_id VARCHAR(120) NOT NULL,
  imported BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT);

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
  CONSTRAINT kadao_key_fingerprint UNIQUE (sku, fingerprint));

CREATE INDEX IF NOT EXISTS kadao_key_order ON kadao_key (order_id, replacement, slot);

CREATE INDEX IF NOT EXISTS kadao_key_state ON kadao_key (sku, state);

CREATE TABLE IF NOT EXISTS kadao_free_key (
  sku VARCHAR(64) NOT NULL,
  key_id VARCHAR(40) NOT NULL,
  PRIMARY KEY (sku, key_id));

CREATE TABLE IF NOT EXISTS kadao_reservation (
  order_id VARCHAR(29) NOT NULL PRIMARY KEY,
  sku VARCHAR(64) NOT NULL,
  quantity INTEGER NOT NULL,
  state VARCHAR(12) NOT NULL,
  replacement INTEGER NOT NULL,
  revealed INTEGER NOT NULL,
  cause VARCHAR(2000),
  reserved_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL);

CREATE INDEX IF NOT EXISTS kadao_reservation_state ON kadao_reservation (state, reserved_at, order_id);

INSERT INTO kadao_meta (name, content) VALUES ('schema_version', '1');
