package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans that PostgreSQL and MariaDB make on filled and analysed tables, and what a claim locks. */
final class ServerQueryPlanTest {
    private static final int ROWS = 3_000;
    private static final Object[] CLAIM = {"w", 9L, 9L, "c0000010", 5_000L, 5_000L};

    /** A server with {@value #ROWS} due checkouts. */
    enum Server {
        POSTGRES {
            @Override
            HikariDataSource open() {
                return TestServers.postgres().freshPool();
            }

            @Override
            String fill() {
                return """
                    INSERT INTO kadao_checkout (id, version, seq, step_id, format, document, personal, due)
                    SELECT 'c' || lpad(n::text, 7, '0'), 1, 0, 's', 1, 'x', 'x', n FROM generate_series(1, 3000) n""";
            }

            @Override
            String analyze() {
                return "ANALYZE";
            }
        },
        MARIADB {
            @Override
            HikariDataSource open() {
                return TestServers.mariadb().freshPool();
            }

            @Override
            String fill() {
                return """
                    INSERT INTO kadao_checkout (id, version, seq, step_id, format, document, personal, due)
                    SELECT CONCAT('c', LPAD(seq, 7, '0')), 1, 0, 's', 1, 'x', 'x', seq FROM seq_1_to_3000""";
            }

            @Override
            String analyze() {
                return "ANALYZE TABLE kadao_checkout";
            }
        };

        @Nullable
        HikariDataSource pool;

        abstract HikariDataSource open();

        abstract String fill();

        abstract String analyze();
    }

    @BeforeAll
    static void fill() {
        for (Server server : Server.values()) {
            server.pool = server.open();
            JdbcCheckoutStore.over(server.pool).open();
            TestDatabases.execute(server.pool, server.fill());
            TestDatabases.execute(server.pool, server.analyze());
        }
    }

    @AfterAll
    static void close() {
        for (Server server : Server.values()) {
            server.pool.close();
        }
    }

    @Test
    void postgres_finds_due_checkouts_in_order_by_their_index() throws SQLException {
        assertThat(plan(Server.POSTGRES, Query.CHECKOUT_DUE, 5_000L, 10))
                .contains("kadao_checkout_due")
                .doesNotContain("Sort", "Seq Scan");
    }

    @Test
    void mariadb_finds_due_checkouts_in_order_by_their_index() throws SQLException {
        assertThat(plan(Server.MARIADB, Query.CHECKOUT_DUE, 5_000L, 10))
                .contains("kadao_checkout_due", "range")
                .doesNotContain("filesort", "ALL");
    }

    @Test
    void postgres_goes_by_the_id_to_what_it_claims_or_locks() throws SQLException {
        assertThat(plan(Server.POSTGRES, Query.CHECKOUT_CLAIM, CLAIM)).contains("kadao_checkout_pkey");
        assertThat(plan(Server.POSTGRES, Query.CHECKOUT_CLAIMED, "c0000010", "w", 9L))
                .contains("kadao_checkout_pkey");
        assertThat(plan(Server.POSTGRES, Query.CHECKOUT_LOCK, "c0000010")).contains("kadao_checkout_pkey");
    }

    @Test
    void mariadb_goes_by_the_id_to_what_it_claims_or_locks() throws SQLException {
        assertThat(plan(Server.MARIADB, Query.CHECKOUT_CLAIM, CLAIM)).contains("c|eq_ref|PRIMARY");
        assertThat(plan(Server.MARIADB, Query.CHECKOUT_CLAIMED, "c0000010", "w", 9L))
                .containsAnyOf("|range|PRIMARY", "|const|PRIMARY");
        assertThat(plan(Server.MARIADB, Query.CHECKOUT_LOCK, "c0000010"))
                .containsAnyOf("|range|PRIMARY", "|const|PRIMARY");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void claiming_so_many_rows_locks_so_many_rows(Server server) throws SQLException {
        try (Connection one = server.pool.getConnection();
                Connection other = server.pool.getConnection()) {
            List<String> mine = due(one, 7);
            List<String> theirs = due(other, ROWS);

            assertThat(mine).hasSize(7);
            assertThat(theirs).hasSize(ROWS - 7).doesNotContainAnyElementsOf(mine);
            one.rollback();
            other.rollback();
        }
    }

    private static List<String> due(Connection connection, int limit) throws SQLException {
        connection.setAutoCommit(false);
        Dialect dialect = Database.dialectOf(connection);
        connection.commit();
        dialect.begin(connection, Borrowed.Manner.PATIENT);
        return new Session(connection, dialect, null).list(Query.CHECKOUT_DUE, row -> row.getString(1), 5_000L, limit);
    }

    /** For many rows, as a batch has them: another checkout in each. */
    private static String plan(Server server, Query query, @Nullable Object... arguments) throws SQLException {
        try (Connection connection = server.pool.getConnection()) {
            Dialect dialect = Database.dialectOf(connection);
            boolean many = query != Query.CHECKOUT_DUE;
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(arguments);
            for (int i = 2; many && i <= 5; i++) {
                String id = "c000%04d".formatted(i * 100);
                rows.add(Arrays.stream(arguments)
                        .map(value -> "c0000010".equals(value) ? id : value)
                        .toArray());
            }
            ManyRows.Run run = many
                    ? dialect.manyRows().runs(dialect.text(query), rows).get(0)
                    : new ManyRows.Run(dialect.text(query), rows);
            try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + run.text())) {
                if (many) {
                    dialect.manyRows().bind(connection, statement, run);
                } else {
                    Arguments.bind(statement, 1, arguments);
                }
                return read(statement);
            }
        }
    }

    private static String read(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            List<String> lines = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                // MariaDB: id, select type, table, type, possible keys, key, key length, ref, rows, extra.
                lines.add(
                        columns == 1
                                ? found.getString(1)
                                : found.getString(3) + "|" + found.getString(4) + "|" + found.getString(6) + "|"
                                        + found.getString(10));
            }
            return String.join("\n", lines);
        }
    }
}
