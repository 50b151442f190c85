package dev.kadao.jdbc;

import javax.sql.DataSource;

final class H2SourcedKeysTest extends SourcedKeysRules {
    @Override
    DataSource empty() {
        return TestDatabases.inMemory();
    }
}
