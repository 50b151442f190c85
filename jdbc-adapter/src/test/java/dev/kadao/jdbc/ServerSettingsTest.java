package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL and MariaDB are refused for, with the cure. */
final class ServerSettingsTest {

    private static void refused(String url, String... sentences) {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(TestDatabases.at(url)).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContainingAll(sentences);
    }

    @Test
    void postgres_that_answers_commits_before_they_are_written_is_refused() {
        refused(
                TestServers.postgres().freshUrl() + "&options=-c%20synchronous_commit=off",
                "would be lost",
                "synchronous_commit=on");
    }

    @Test
    void postgres_that_may_not_write_is_refused() {
        refused(
                TestServers.postgres().freshUrl() + "&options=-c%20default_transaction_read_only=on",
                "read-only",
                "primary");
    }

    @Test
    void mariadb_that_answers_commits_before_they_are_written_is_refused() {
        TestServer server = TestServers.mariadb();
        server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
        try {
            refused(server.freshUrl(), "would be lost", "innodb_flush_log_at_trx_commit=1");
        } finally {
            server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
    }

    @Test
    void mariadb_that_may_not_write_is_refused() {
        TestServer server = TestServers.mariadb();
        String url = server.freshUrl();
        server.execute("SET GLOBAL read_only = 1");
        try {
            refused(url, "read-only", "primary");
        } finally {
            server.execute("SET GLOBAL read_only = 0");
        }
    }

    @Test
    void a_mariadb_driver_that_counts_changes_instead_of_rows_is_refused() {
        refused(TestServers.mariadb().freshUrl() + "&useAffectedRows=true", "useAffectedRows");
    }

    @ParameterizedTest
    @CsvSource({"5.7.44, MySQL 5.7.44", "10.5.9-MariaDB, MariaDB 10.5.9", "5.5.5-10.4.2-MariaDB, MariaDB 5.5.5-10.4.2"})
    void an_old_server_is_refused_by_its_name(String version, String named) throws SQLException {
        Connection connection = mariaDb(version);

        assertThatThrownBy(() -> Database.dialectOf(connection))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContainingAll(named, "10.6", "8.0");
    }

    @ParameterizedTest
    @CsvSource({"8.0.11", "8.4.3", "10.6.0-MariaDB", "5.5.5-10.11.2-MariaDB", "12.0.1-MariaDB-ubu2404"})
    void a_newer_server_is_taken(String version) throws SQLException {
        Connection connection = mariaDb(version);

        assertThatCode(() -> Database.dialectOf(connection)).doesNotThrowAnyException();
    }

    private static Connection mariaDb(String version) throws SQLException {
        Connection connection = mock(Connection.class, RETURNS_DEEP_STUBS);
        when(connection.getMetaData().getDatabaseProductName()).thenReturn("MySQL");
        when(connection.createStatement().executeQuery("SELECT VERSION()").getString(1))
                .thenReturn(version);
        return connection;
    }
}
