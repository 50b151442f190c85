package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.testkit.rules.StepDraft;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableNamesTest {
    private final DataSource dataSource = TestDatabases.inMemory();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9shop_",
                "shop-",
                "shop.",
                "shop\"",
                "shop;drop",
                " shop",
                "käufe_",
                "a234567890123456789012345678901x"
            })
    void a_name_that_would_need_quotes_is_refused(String name) {
        assertThatThrownBy(() -> TableNames.prefixed(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("table prefix '" + name + "'");
        assertThatThrownBy(() -> TableNames.standard().inSchema(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("schema name '" + name + "'");
    }

    @Test
    void two_prefixes_in_one_schema_keep_their_checkouts_apart() {
        JdbcCheckoutStore one = JdbcCheckoutStore.over(dataSource)
                .tables(TableNames.prefixed("one_"))
                .open();
        JdbcCheckoutStore two = JdbcCheckoutStore.over(dataSource)
                .tables(TableNames.prefixed("two_"))
                .open();
        StepDraft cart = StepDraft.insert("cart1");

        one.commit(List.of(cart.plain()));

        assertThat(one.read(cart.plain().id()).checkout()).isPresent();
        assertThat(two.read(cart.plain().id()).checkout()).isEmpty();
        assertThat(TestDatabases.ask(
                        dataSource, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'KADAO%'"))
                .isEqualTo("0");
    }

    @Test
    void two_prefixes_in_one_schema_have_all_their_indexes_and_constraints() {
        for (String prefix : List.of("one_", "two_")) {
            JdbcCheckoutStore.over(dataSource)
                    .tables(TableNames.prefixed(prefix))
                    .open();
        }
        JdbcCheckoutStore.over(dataSource).open();

        String standard = count("KADAO\\_");
        assertThat(Integer.parseInt(standard)).isGreaterThan(8);
        assertThat(count("ONE\\_")).isEqualTo(standard);
        assertThat(count("TWO\\_")).isEqualTo(standard);
    }

    private String count(String prefix) {
        return TestDatabases.ask(
                dataSource,
                "SELECT (SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_NAME LIKE '" + prefix + "%')"
                        + " + (SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_NAME LIKE '"
                        + prefix + "%')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kadao_free_", "shop_free_", "kadao_index_"})
    void a_prefix_whose_tables_would_be_those_of_a_shorter_prefix_is_refused(String prefix) {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource)
                        .tables(TableNames.prefixed(prefix))
                        .open())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + prefix + "' must not end in");
    }

    @Test
    void a_store_shares_its_commit_only_with_an_inventory_in_the_same_tables() {
        TestDatabases.execute(dataSource, "CREATE SCHEMA goods");
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource)
                .tables(TableNames.prefixed("one_"))
                .open();

        assertThat(store.sharesCommitWith(inventory(TableNames.prefixed("one_"))))
                .isTrue();
        assertThat(store.sharesCommitWith(inventory(TableNames.prefixed("two_"))))
                .isFalse();
        assertThat(store.sharesCommitWith(inventory(TableNames.prefixed("one_").inSchema("goods"))))
                .isFalse();
        assertThat(store.sharesCommitWith(inventory(TableNames.standard()))).isFalse();
    }

    private JdbcKeyInventory inventory(TableNames names) {
        return JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
                .tables(names)
                .open();
    }

    @Test
    void a_schema_that_is_not_there_is_named_with_what_to_do() {
        for (SchemaMode mode : SchemaMode.values()) {
            assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource)
                            .tables(TableNames.standard().inSchema("nowhere"))
                            .schema(mode)
                            .open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("nowhere.kadao_*")
                    .hasMessageContaining("Create it");
        }
    }

    @Test
    void what_is_printed_has_the_names_too() {
        assertThat(JdbcCheckoutStore.over(dataSource)
                        .tables(TableNames.prefixed("shop_").inSchema("goods"))
                        .ddl())
                .contains("CREATE TABLE IF NOT EXISTS goods.shop_checkout (")
                .contains("INDEX IF NOT EXISTS shop_checkout_due ON goods.shop_checkout (due, id)")
                .contains("CONSTRAINT shop_key_fingerprint UNIQUE")
                .contains("INSERT INTO goods.shop_meta")
                .doesNotContain("kadao");
    }
}
