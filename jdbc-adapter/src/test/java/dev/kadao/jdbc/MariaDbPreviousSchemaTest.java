package dev.kadao.jdbc;

import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;

final class MariaDbPreviousSchemaTest extends ServerPreviousSchemaRules {
    @Override
    DataSource fresh() {
        return TestDatabases.at(TestServers.mariadb().freshUrl());
    }

    @Override
    String files() {
        return "mariadb";
    }
}
