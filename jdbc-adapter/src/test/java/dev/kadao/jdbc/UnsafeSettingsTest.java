package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnsafeSettingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ";WRITE_DELAY=500", ";WRITE_DELAY=1"})
    void a_file_that_is_written_late_is_refused_with_the_cost_and_the_cure(String setting) {
        DataSource late = TestDatabases.at(url("file") + setting);

        assertThatThrownBy(() -> JdbcCheckoutStore.over(late).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("would be lost")
                .hasMessageContaining(";WRITE_DELAY=0");
        assertThatThrownBy(() ->
                        JdbcKeyInventory.over(late, TestDatabases.cipher()).open())
                .isInstanceOf(UnusableDatabaseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "async"})
    void a_file_that_is_written_at_once_is_taken(String access) {
        assertThatCode(() -> JdbcCheckoutStore.over(TestDatabases.at(url(access) + ";WRITE_DELAY=0"))
                        .open())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {";IGNORECASE=TRUE", ";COLLATION=ENGLISH STRENGTH PRIMARY"})
    void a_database_that_mixes_up_cases_is_refused(String setting) {
        assertThatThrownBy(
                        () -> JdbcCheckoutStore.over(TestDatabases.at("jdbc:h2:mem:case" + System.nanoTime() + setting))
                                .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("Cart1");
    }

    @Test
    void a_memory_database_that_ends_between_two_connections_is_refused_with_the_cure() {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(TestDatabases.at("jdbc:h2:mem:fleeting"))
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(";DB_CLOSE_DELAY=-1");
    }

    /** The engine interrupts calls that take too long; H2's plain file access closes the database then. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "async"})
    @Timeout(60)
    void interrupts_close_no_database(String access) throws InterruptedException {
        DataSource dataSource = TestDatabases.at(url(access) + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        Thread worker = new Thread(() -> {
            for (int i = 0; i < 300; i++) {
                Thread.currentThread().interrupt();
                StepResult result = store.commit(List.of(
                                StepDraft.insert("cart" + i).journal("[]").plain()))
                        .get(0);
                done.addAndGet(result instanceof StepResult.Done ? 1 : 0);
                kept.addAndGet(Thread.interrupted() ? 1 : 0);
            }
        });
        worker.start();
        worker.join();

        assertThat(done).hasValue(300);
        assertThat(kept).hasValue(300);
        assertThat(store.read(new CheckoutId("cart299")).checkout()).isPresent();
        TestDatabases.execute(dataSource, "SHUTDOWN");
    }

    private String url(String access) {
        return "jdbc:h2:" + access + ":" + folder.resolve("kadao");
    }
}
