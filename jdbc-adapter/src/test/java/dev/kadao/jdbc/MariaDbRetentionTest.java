package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class MariaDbRetentionTest extends RetentionRules {
    private final HikariDataSource database = TestServers.mariadb().freshPool();

    @Override
    DataSource emptyDatabase() {
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
