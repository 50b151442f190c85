package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.port.StoreException;
import dev.kadao.testkit.rules.StepDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    private final DataSource dataSource = TestDatabases.inMemory();

    @Test
    void opening_twice_keeps_what_is_there() {
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        store.commit(List.of(StepDraft.insert("cart1").plain()));

        JdbcCheckoutStore again = JdbcCheckoutStore.over(dataSource).open();

        assertThat(again.read(StepDraft.insert("cart1").plain().id()).checkout())
                .isPresent();
    }

    @Test
    void validate_creates_nothing_and_says_what_to_do() {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("SchemaMode.MIGRATE")
                .hasMessageContaining("ddl()");
        assertThat(tables()).isEqualTo("0");
    }

    @Test
    void what_is_printed_is_what_validate_asks_for() {
        String ddl = JdbcCheckoutStore.over(dataSource).ddl();
        assertThat(tables()).isEqualTo("0");

        TestDatabases.execute(dataSource, ddl);

        assertThatCode(() -> JdbcCheckoutStore.over(dataSource)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .doesNotThrowAnyException();
    }

    @Test
    void validating_needs_no_right_to_create_tables() {
        String url = "jdbc:h2:mem:rights" + System.nanoTime();
        DataSource owner = TestDatabases.at(url + ";DB_CLOSE_DELAY=-1;USER=owner;PASSWORD=o");
        JdbcCheckoutStore.over(owner).open();
        TestDatabases.execute(owner, "CREATE USER clerk PASSWORD 'c'");
        TestDatabases.execute(owner, "GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO clerk");
        DataSource clerk = TestDatabases.at(url + ";USER=clerk;PASSWORD=c");

        JdbcCheckoutStore store =
                JdbcCheckoutStore.over(clerk).schema(SchemaMode.VALIDATE).open();

        assertThat(store.commit(List.of(StepDraft.insert("cart1").plain())))
                .singleElement()
                .isInstanceOf(dev.kadao.port.StepResult.Done.class);
    }

    @Test
    void a_newer_schema_is_refused_with_both_versions() {
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "UPDATE kadao_meta SET content = '9'");

        for (SchemaMode mode : List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE)) {
            assertThatThrownBy(() ->
                            JdbcCheckoutStore.over(dataSource).schema(mode).open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("schema 9")
                    .hasMessageContaining("up to 3");
        }
    }

    @Test
    void a_missing_column_is_found_at_the_start() {
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "ALTER TABLE kadao_checkout DROP COLUMN personal");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("kadao_checkout lacks the column personal");
    }

    @Test
    void eight_starters_at_once_on_an_empty_database_all_come_up() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<JdbcKeyInventory>> starters = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                starters.add(pool.submit(() -> {
                    start.await();
                    JdbcCheckoutStore.over(dataSource).open();
                    return JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
                            .open();
                }));
            }
            start.countDown();
            List<JdbcKeyInventory> opened = new ArrayList<>();
            for (Future<JdbcKeyInventory> starter : starters) {
                opened.add(starter.get(60, TimeUnit.SECONDS));
            }
            // All have the same fingerprint key: what one imported is a duplicate to every other.
            assertThat(opened.get(0)
                            .importKeys("a", TestDatabases.text("k1"), "b", "s")
                            .imported())
                    .isEqualTo(1);
            assertThat(opened)
                    .allSatisfy(inventory -> assertThat(inventory
                                    .importKeys("a", TestDatabases.text("k1"), "other", "s")
                                    .duplicates())
                            .isEqualTo(1));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_database_that_cannot_be_reached_is_worth_another_try() {
        DataSource gone = TestDatabases.at("jdbc:h2:mem:nobody;IFEXISTS=TRUE");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(gone).open()).isInstanceOf(StoreException.class);
    }

    private String tables() {
        return TestDatabases.ask(
                dataSource, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'");
    }
}
