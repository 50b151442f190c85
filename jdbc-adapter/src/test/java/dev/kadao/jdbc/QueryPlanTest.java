package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans that H2 makes on filled and analysed tables. */
final class QueryPlanTest {
    private static final DataSource DATA_SOURCE = TestDatabases.inMemory();
    private static final Dialect DIALECT = new H2Dialect();

    @BeforeAll
    static void fill() {
        JdbcCheckoutStore store = JdbcCheckoutStore.over(DATA_SOURCE).open();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(DATA_SOURCE, TestDatabases.cipher()).open();
        for (int i = 0; i < 400; i++) {
            store.commit(List.of(StepDraft.insert("cart%03d".formatted(i))
                    .due(i % 2 == 0 ? Instant.EPOCH.plusSeconds(i) : null)
                    .index(new IndexRow("stage", i % 3 == 0 ? "PAID" : "DELIVERED", 1))
                    .journal("[]")
                    .plain()));
        }
        String keys = IntStream.range(0, 400).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
        inventory.importKeys("a", TestDatabases.text(keys), "b", "s");
        inventory.importKeys("b", TestDatabases.text(keys), "b", "s");
        TestDatabases.execute(DATA_SOURCE, "ANALYZE");
    }

    @Test
    void due_checkouts_are_found_in_order_by_their_index() throws SQLException {
        assertThat(plan(Query.CHECKOUT_DUE))
                .contains("KADAO_CHECKOUT_DUE")
                .contains("index sorted")
                .doesNotContain("tableScan");
    }

    @Test
    void due_notices_are_found_in_order_by_their_index() throws SQLException {
        assertThat(plan(Query.NOTICE_DUE)).contains("KADAO_NOTICE_DUE").contains("index sorted");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"INDEX_FIND_VALUE", "INDEX_FIND_RANGE", "INDEX_FIND_RANGE_AFTER"})
    void index_rows_are_found_in_order_by_their_key(Query query) throws SQLException {
        assertThat(plan(query))
                .contains("PRIMARY_KEY", "KIND = ?1", "VAL ")
                .contains("index sorted")
                .doesNotContain("tableScan");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"INDEX_COUNT_RANGE", "INDEX_COUNT_RANGE_AFTER"})
    void index_rows_are_counted_in_order_from_their_key_alone(Query query) throws SQLException {
        assertThat(plan(query))
                .contains("PRIMARY_KEY", "KIND = ?1", "VAL ")
                .contains("group sorted")
                .doesNotContain("tableScan");
    }

    @Test
    void a_page_of_one_value_begins_where_the_last_one_ended() throws SQLException {
        assertThat(indexConditions(plan(Query.INDEX_FIND_VALUE))).contains("VAL = ?2", "CHECKOUT_ID >= ?3");
    }

    @Test
    void free_keys_are_taken_from_a_table_without_sold_ones() throws SQLException {
        assertThat(plan(Query.FREE_KEY_LOCK))
                .contains("KADAO_FREE_KEY")
                .contains("SKU = ?1")
                .contains("index sorted")
                .doesNotContain("tableScan");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"CHECKOUT_WRITE", "CHECKOUT_CLAIM", "CHECKOUT_LOCK", "KEY_BIND", "KEY_ADOPT"})
    void a_guarded_write_goes_by_the_id_alone(Query query) throws SQLException {
        assertThat(indexConditions(plan(query))).contains("ID = ").doesNotContain("DUE", "STATE", "VERSION");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"FINAL_PAGE", "UNDATED_PAGE"})
    void final_checkouts_are_found_in_order_by_their_index(Query query) throws SQLException {
        assertThat(plan(query)).contains("KADAO_CHECKOUT_FINAL").contains("index sorted");
    }

    @ParameterizedTest
    @EnumSource(
            value = Query.class,
            names = {"FINAL_ERASE_BODIES", "FINAL_DELETE_NOTICES", "FINAL_NOTICES"})
    void notices_of_a_payment_are_found_by_its_reference(Query query) throws SQLException {
        assertThat(plan(query)).contains("KADAO_NOTICE_REFERENCE");
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_OWNERS, KADAO_KEY_FINGERPRINT",
        "KEY_ASIDE, KADAO_KEY_ORDER",
        "KEY_VOID_BY_BATCH, KADAO_KEY_STATE",
        "KEY_RESERVED_BY_BATCH, KADAO_KEY_STATE",
        "BATCH_OF_SKU, KADAO_KEY_BATCH_SKU"
    })
    void what_is_known_of_supplied_keys_is_found_by_its_index(Query query, String index) throws SQLException {
        assertThat(plan(query)).contains(index);
    }

    @ParameterizedTest
    @EnumSource(Query.class)
    void no_statement_reads_a_whole_table(Query query) throws SQLException {
        assertThat(plan(query)).doesNotContain("tableScan");
    }

    /** What stands in the first comment that names an index: the conditions by which it is searched. */
    private static String indexConditions(String plan) {
        String comment = plan.substring(plan.indexOf("/*") + 2, plan.indexOf("*/"));
        assertThat(comment).contains("PUBLIC.");
        return comment.substring(comment.indexOf(':') + 1);
    }

    private static String plan(Query query) throws SQLException {
        String text = DIALECT.text(query);
        try (Connection connection = DATA_SOURCE.getConnection();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN " + text)) {
            int parameters = (int) text.chars().filter(c -> c == '?').count();
            for (int i = 1; i <= parameters; i++) {
                statement.setObject(i, null);
            }
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }
}
