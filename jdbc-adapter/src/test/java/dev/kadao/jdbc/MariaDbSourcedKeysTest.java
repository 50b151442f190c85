package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class MariaDbSourcedKeysTest extends SourcedKeysRules {
    private final HikariDataSource database = TestServers.mariadb().freshPool();

    @Override
    DataSource empty() {
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
