package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.testkit.ManualClock;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class H2RetentionTest extends RetentionRules {
    @Override
    DataSource emptyDatabase() {
        return TestDatabases.inMemory();
    }

    @Test
    void what_schema_1_left_without_a_final_time_counts_from_the_first_run_on() {
        DataSource database = emptyDatabase();
        ManualClock clock = ManualClock.atFixedTime();
        JdbcCheckoutStore store = JdbcCheckoutStore.over(database).clock(clock).open();
        store.commit(List.of(
                StepDraft.insert("old1").journal("[]").plain(),
                StepDraft.insert("open1").due(clock.instant()).journal("[]").plain()));
        TestDatabases.execute(database, "UPDATE kadao_checkout SET final_at = NULL");
        clock.advance(Duration.ofDays(100));
        JdbcRetention retention = JdbcRetention.over(database)
                .clock(clock)
                .facts(Duration.ofDays(60))
                .open();

        RetentionReport first = retention.run(100);
        assertThat(first.dated()).isEqualTo(1);
        assertThat(first.checkouts()).isZero();
        clock.advance(Duration.ofDays(61));
        assertThat(retention.run(100).checkouts()).isEqualTo(1);
        assertThat(TestDatabases.ask(database, "SELECT id FROM kadao_checkout")).isEqualTo("open1");
    }

    @Test
    void keys_in_another_database_are_erased_and_set_free_of_their_purged_order() {
        DataSource database = emptyDatabase();
        DataSource elsewhere = emptyDatabase();
        ManualClock clock = ManualClock.atFixedTime();
        JdbcCheckoutStore store = JdbcCheckoutStore.over(database).clock(clock).open();
        JdbcKeyInventory inventory = JdbcKeyInventory.over(elsewhere, TestDatabases.cipher())
                .clock(clock)
                .open();
        inventory.importKeys("sku", TestDatabases.text("key1"), "b", "s");
        OrderId order = OrderId.parse("cart1.1");
        inventory.reserve(order, "sku", 1);
        inventory.handOver(order);
        store.commit(List.of(StepDraft.insert("cart1")
                .index(new IndexRow("order", "", 1))
                .journal("[]")
                .plain()));
        clock.advance(Duration.ofDays(61));

        JdbcRetention.Builder builder =
                JdbcRetention.over(database).clock(clock).keysIn(inventory);
        assertThat(builder.secrets(Duration.ofDays(30)).open().run(100).keys()).isEqualTo(1);
        assertThat(builder.facts(Duration.ofDays(60)).open().run(100).checkouts())
                .isEqualTo(1);

        assertThat(TestDatabases.ask(elsewhere, "SELECT COUNT(*) FROM kadao_reservation"))
                .isEqualTo("0");
        assertThat(inventory.stock("sku").sold()).isEqualTo(1);
    }

    @Test
    void times_within_which_a_gateway_may_still_be_asked_are_refused() {
        JdbcRetention.Builder builder = JdbcRetention.over(emptyDatabase());

        assertThatThrownBy(() -> builder.facts(Duration.ofDays(31)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("PT744H")
                .hasMessageContaining("PT768H");
        assertThatThrownBy(() -> builder.secrets(Duration.ofHours(23))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> builder.batch(0)).isInstanceOf(InvalidValueException.class);
    }
}
