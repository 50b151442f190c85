package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.Bytes;
import dev.kadao.testkit.ManualClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans of what must not slow down with the number of finished orders, over some of them. {@code GrowthRun} times it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GrownPlanTest {
    private static final int ORDERS = 20_000;
    private static final Instant LAST_FINAL = Instant.parse("2026-06-01T00:00:00Z");
    private static final long MICROS = Micros.of(LAST_FINAL);

    private final HikariDataSource postgres = TestServers.postgres().freshPool();
    private final HikariDataSource mariadb = TestServers.mariadb().freshPool();

    @BeforeAll
    void fill() throws SQLException {
        for (HikariDataSource database : List.of(postgres, mariadb)) {
            JdbcCheckoutStore.over(database).open();
            FinishedOrders.add(database, 1, ORDERS, MICROS);
            FinishedOrders.analyze(database);
        }
    }

    @AfterAll
    void close() {
        postgres.close();
        mariadb.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {
                "CHECKOUT_PAGE",
                "JOURNAL_PAGE",
                "INDEX_FIND_VALUE",
                "INDEX_FIND_RANGE",
                "INDEX_FIND_RANGE_AFTER",
                "INDEX_COUNT_RANGE",
                "INDEX_COUNT_RANGE_AFTER",
                "NOTICE_PAGE",
                "NOTICE_DUE",
                "KEY_PAGE",
                "RESERVATION_OLD",
                "FINAL_PAGE",
                "NEXT_DUE"
            })
    void a_page_begins_in_its_index_and_is_not_sorted(Query query) throws SQLException {
        assertThat(plan(postgres, query, page(query))).doesNotContain("Seq Scan", "Sort");
        assertThat(plan(mariadb, query, page(query))).doesNotContain("|ALL|", "filesort");
    }

    private static @Nullable Object[] page(Query query) {
        return switch (query) {
            case CHECKOUT_PAGE, KEY_PAGE -> Session.row("f000010000", 100);
            case JOURNAL_PAGE -> Session.row("f000010000", 1L, 100);
            case INDEX_FIND_VALUE -> Session.row("stage", "COMPLETED", "f000010000", "f000010000", 1, 100);
            case INDEX_FIND_RANGE -> Session.row("trade", "t0000100", "t0000101", 100);
            case INDEX_COUNT_RANGE -> Session.row("trade", "t0000100", "t0000101", 10_000);
            case INDEX_COUNT_RANGE_AFTER -> Session.row("trade", "t000010000", "t0000101", 10_000);
            case INDEX_FIND_RANGE_AFTER -> Session.row("trade", "t000010000", "t0000101", 100);
            case NOTICE_PAGE -> Session.row("APPLIED", "n000010000", 100);
            case NOTICE_DUE, RESERVATION_OLD -> Session.row(5L, 100);
            case FINAL_PAGE -> Session.row(0L, MICROS, 0L, "", 200);
            case NEXT_DUE -> Session.row();
            default -> throw new IllegalArgumentException(query + " is no page");
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {
                "FINAL_LOCK",
                "FINAL_LOCK_PATIENTLY",
                "FINAL_READ",
                "FINAL_JOURNAL",
                "FINAL_NOTICES",
                "FINAL_KEYS",
                "FINAL_ERASE_KEYS",
                "FINAL_ERASE_BODIES",
                "FINAL_DETACH_KEYS",
                "FINAL_DELETE_RESERVATIONS",
                "FINAL_DELETE_NOTICES",
                "FINAL_DELETE_JOURNAL",
                "FINAL_DELETE_INDEX",
                "FINAL_DELETE"
            })
    void a_batch_of_retention_goes_by_an_index_to_its_rows(Query query) throws SQLException {
        String suffix = query.name().contains("NOTICES") || query.name().contains("BODIES")
                ? "_p1"
                : query.name().contains("KEYS") || query.name().contains("RESERVATIONS") ? ".1" : "";
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 10_001; i <= 10_200; i++) {
            rows.add(Session.row("f%09d%s".formatted(i, suffix)));
        }
        assertThat(planOfMany(postgres, query, rows)).doesNotContain("Seq Scan");
        assertThat(planOfMany(mariadb, query, rows)).doesNotContain("|ALL|", "|index|");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"KEY_VOID_BY_BATCH", "KEY_RESERVED_BY_BATCH"})
    void what_was_taken_back_of_a_sku_is_counted_without_its_sold_keys(Query query) throws SQLException {
        assertThat(plan(postgres, query, Session.row("sku"))).contains("kadao_key_state");
        assertThat(plan(mariadb, query, Session.row("sku"))).contains("|kadao_key_state|", "const,const");
    }

    @Test
    void supplied_keys_go_by_an_index_to_what_the_stock_knows() throws SQLException {
        List<@Nullable Object[]> owners = new ArrayList<>();
        List<@Nullable Object[]> adopted = new ArrayList<>();
        for (int i = 10_001; i <= 10_200; i++) {
            String number = "%09d".formatted(i);
            owners.add(Session.row("sku", Bytes.utf8("fingerprint of " + number)));
            adopted.add(Session.row(0, 1, 5L, "k" + number, -2));
        }
        for (HikariDataSource database : List.of(postgres, mariadb)) {
            assertThat(planOfMany(database, Query.KEY_OWNERS, owners.subList(0, 5)))
                    .contains("kadao_key_fingerprint")
                    .doesNotContain("Seq Scan on kadao_key", "|ALL|", "|index|");
            assertThat(plan(database, Query.KEY_ASIDE, Session.row("f000010000.1")))
                    .contains("kadao_key_order")
                    .doesNotContain("Seq Scan on kadao_key ");
        }
        assertThat(planOfMany(postgres, Query.KEY_ADOPT, adopted.subList(0, 5))).contains("kadao_key_pkey");
        assertThat(planOfMany(mariadb, Query.KEY_ADOPT, adopted)).contains("|eq_ref|PRIMARY|");
    }

    /** After some executions PostgreSQL may plan once for all arguments, and then knows none of them. */
    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {
                "CHECKOUT_DUE",
                "CHECKOUT_CLAIM",
                "CHECKOUT_CLAIMED",
                "CHECKOUT_READ",
                "CHECKOUT_READ_MANY",
                "CHECKOUT_WRITE",
                "CHECKOUT_LOCK",
                "INDEX_OF_CHECKOUT",
                "INDEX_DELETE",
                "INDEX_OTHERS",
                "INDEX_FIND_VALUE",
                "INDEX_FIND_RANGE",
                "INDEX_FIND_RANGE_AFTER",
                "INDEX_COUNT_RANGE",
                "INDEX_COUNT_RANGE_AFTER",
                "NOTICE_DUE",
                "RESERVATION_LOCK",
                "KEY_BIND",
                "KEY_SELL",
                "KEY_SEALED",
                "KEY_OWNERS",
                "KEY_ADOPT",
                "KEY_ASIDE",
                "FINAL_PAGE",
                "FINAL_ERASE_TEXTS",
                "FINAL_ERASE_KEYS",
                "FINAL_DELETE_INDEX",
                "NEXT_DUE"
            })
    void a_plan_for_any_arguments_reads_no_whole_table_on_postgres(Query query) throws SQLException {
        String url = postgres.getJdbcUrl() + "&preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url)) {
            assumeTrue(connection.getMetaData().getDatabaseMajorVersion() >= 16, "no EXPLAIN (GENERIC_PLAN) before 16");
            String text = Database.dialectOf(connection).text(query);
            for (int i = 1; text.contains("?"); i++) {
                text = text.replaceFirst("\\?", "\\$" + i);
            }
            try (PreparedStatement statement = connection.prepareStatement("EXPLAIN (GENERIC_PLAN) " + text)) {
                assertThat(read(statement))
                        .doesNotContainPattern("Seq Scan on kadao_(checkout|journal|index|notice|key|reservation) ")
                        .doesNotContain("kadao_key_state");
            }
        }
    }

    @Test
    void whole_batches_are_purged_while_the_rest_stays_as_it_is() {
        ManualClock clock = new ManualClock(LAST_FINAL.plus(Duration.ofDays(40)));
        for (HikariDataSource database : List.of(postgres, mariadb)) {
            JdbcRetention retention = JdbcRetention.over(database)
                    .clock(clock)
                    .facts(Duration.ofDays(40))
                    .open();
            assertThat(retention.run(4).checkouts()).isPositive();
            long left = count(database, "kadao_checkout", 1);
            assertThat(left).isLessThan(ORDERS).isPositive();
            assertThat(count(database, "kadao_journal", 4)).isEqualTo(left);
            assertThat(count(database, "kadao_index", 7)).isEqualTo(left);
            assertThat(count(database, "kadao_notice", 1)).isEqualTo(left);
            assertThat(count(database, "kadao_reservation", 1)).isEqualTo(left);
            assertThat(count(database, "kadao_key", 1)).isEqualTo(ORDERS);
        }
    }

    private static long count(HikariDataSource database, String table, int rowsOfEach) {
        long rows = Long.parseLong(TestDatabases.ask(database, "SELECT COUNT(*) FROM " + table));
        assertThat(rows % rowsOfEach).as(table).isZero();
        return rows / rowsOfEach;
    }

    private static String plan(HikariDataSource database, Query query, @Nullable Object[] arguments)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            String text = "EXPLAIN " + Database.dialectOf(connection).text(query);
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                Arguments.bind(statement, 1, arguments);
                return read(statement);
            }
        }
    }

    private static String planOfMany(HikariDataSource database, Query query, List<@Nullable Object[]> rows)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            Dialect dialect = Database.dialectOf(connection);
            ManyRows.Run run =
                    dialect.manyRows().runs(dialect.text(query), rows).get(0);
            try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + run.text())) {
                dialect.manyRows().bind(connection, statement, run);
                return read(statement);
            }
        }
    }

    private static String read(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            StringBuilder lines = new StringBuilder();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                for (int i = 1; i <= columns; i++) {
                    lines.append(found.getString(i)).append('|');
                }
                lines.append('\n');
            }
            return lines.toString();
        }
    }
}
