package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;

final class PostgresPreviousSchemaTest extends ServerPreviousSchemaRules {
    @Override
    DataSource fresh() {
        return TestDatabases.at(TestServers.postgres().freshUrl());
    }

    @Override
    String files() {
        return "postgresql";
    }
}
