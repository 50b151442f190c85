package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class PostgresReviewTest extends ReviewRules {
    private final HikariDataSource database = TestServers.postgres().freshPool();

    @Override
    DataSource database() {
        return database;
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        database.close();
    }
}
