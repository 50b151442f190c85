package dev.kadao.jdbc.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestServersTest {

    @Test
    void postgres_runs_durably_and_gives_each_test_an_empty_database() throws SQLException {
        TestServer server = TestServers.postgres();

        givesEmptyDatabases(server, "SELECT count(*) FROM pg_class WHERE relname = 'mine'");
        assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
        assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
    }

    @Test
    void mariadb_runs_durably_and_gives_each_test_an_empty_database() throws SQLException {
        TestServer server = TestServers.mariadb();

        givesEmptyDatabases(server, "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE()");
        assertThat(ask(server, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
    }

    private static void givesEmptyDatabases(TestServer server, String tables) throws SQLException {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (HikariDataSource pool = server.freshPool();
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                found.add(first(statement, tables));
                statement.execute("CREATE TABLE mine (id INTEGER)");
            }
        }
        assertThat(found).containsExactly("0", "0");
    }

    private static String ask(TestServer server, String sql) throws SQLException {
        try (HikariDataSource pool = TestServer.pool(server.url());
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            return first(statement, sql);
        }
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
