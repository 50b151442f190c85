package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class PostgresRetentionTest extends RetentionRules {
    private final HikariDataSource database = TestServers.postgres().freshPool();

    @Override
    DataSource emptyDatabase() {
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }
}
