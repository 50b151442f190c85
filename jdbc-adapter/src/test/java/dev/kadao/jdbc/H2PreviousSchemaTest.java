package dev.kadao.jdbc;

import javax.sql.DataSource;

final class H2PreviousSchemaTest extends PreviousSchemaRules {
    @Override
    DataSource fresh() {
        return TestDatabases.inMemory();
    }

    @Override
    String files() {
        return "h2";
    }
}
