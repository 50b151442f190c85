package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that were found bad, and keys that expired. */
@Timeout(120)
final class WithdrawalTest {
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private final ManualClock clock = new ManualClock(START);
    private final DataSource dataSource = TestDatabases.inMemory();
    private final JdbcKeyInventory inventory = JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
            .clock(clock)
            .open();
    private final KeyDesk desk = inventory.desk();

    private static OrderId order(int number) {
        return new OrderId(new CheckoutId("cart" + number), 1);
    }

    private String imports(KeyBatch batch, int from, int to) {
        String text = IntStream.range(from, to).mapToObj(i -> "key" + i).collect(Collectors.joining("\n"));
        return desk.importKeys(batch, TestDatabases.text(text), progress -> {}).batch();
    }

    private void sell(int number) {
        assertThat(inventory.reserve(order(number), "a", 1)).isInstanceOf(ReserveAnswer.Reserved.class);
        inventory.handOver(order(number));
    }

    @Test
    void a_withdrawn_batch_has_no_free_key_and_names_the_orders_of_the_others() {
        String bad = imports(KeyBatch.of("a", "may", "s"), 0, 500);
        sell(1);
        inventory.reserve(order(2), "a", 1);
        imports(KeyBatch.of("a", "june", "s"), 500, 510);

        Withdrawal withdrawal = desk.withdrawBatch(bad, "supplier called them back");

        assertThat(withdrawal.voided()).isEqualTo(498);
        assertThat(withdrawal.sold()).isEqualTo(2);
        assertThat(withdrawal.soldKeys())
                .extracting(BoundKey::order, BoundKey::isSold, BoundKey::isRevealed)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(order(1), true, false),
                        org.assertj.core.groups.Tuple.tuple(order(2), false, false));
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 10, 1, 1, 498));
        assertThat(desk.boundKeys(bad, "", 1)).hasSize(1);
        assertThat(desk.boundKeys(bad, desk.boundKeys(bad, "", 1).get(0).id(), 10))
                .hasSize(1);
        assertThat(desk.batches("", 9))
                .filteredOn(batch -> batch.id().equals(bad))
                .singleElement()
                .satisfies(batch -> {
                    assertThat(batch.withdrawnAt()).isEqualTo(START);
                    assertThat(batch.cause()).isEqualTo("supplier called them back");
                });
        assertThat(inventory.reveal(order(1))).isInstanceOf(RevealAnswer.Revealed.class);
        assertThat(inventory.replace(order(1), 1)).isInstanceOf(ReserveAnswer.Reserved.class);
    }

    @Test
    void a_withdrawal_that_broke_off_is_finished_by_the_next_sweep_with_its_own_cause() {
        String bad = imports(KeyBatch.of("a", "may", "s"), 0, 450);
        TestDatabases.execute(
                dataSource,
                "UPDATE kadao_key_batch SET withdrawn_at = %1$d, over_at = %1$d, cause = 'leaked'"
                        .formatted(Micros.of(START)));

        assertThat(desk.sweep(300)).isEqualTo(300);
        assertThat(desk.sweep(300)).isEqualTo(150);
        assertThat(desk.sweep(300)).isZero();

        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key WHERE cause = 'leaked'"))
                .isEqualTo("450");
        assertThat(TestDatabases.ask(dataSource, "SELECT over_at FROM kadao_key_batch"))
                .isNull();
        assertThat(desk.withdrawBatch(bad, "another word"))
                .extracting(Withdrawal::voided)
                .isEqualTo(0L);
        assertThat(desk.batches("", 1).get(0).cause()).isEqualTo("leaked");
    }

    @Test
    void a_reserved_key_of_a_withdrawn_batch_that_comes_back_is_not_sold_again() {
        String bad = imports(KeyBatch.of("a", "may", "s"), 0, 2);
        inventory.reserve(order(1), "a", 1);
        desk.withdrawBatch(bad, "bad");
        clock.advance(Duration.ofSeconds(1));

        inventory.release(order(1), "closed");

        assertThat(inventory.reserve(order(2), "a", 1)).isInstanceOf(ReserveAnswer.OutOfStock.class);
        assertThat(desk.sweep(10)).isEqualTo(1);
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 0, 2));
    }

    @Test
    void a_withdrawn_batch_takes_no_more_keys() {
        desk.withdrawBatch(imports(KeyBatch.of("a", "may", "s"), 0, 1), "bad");

        assertThatThrownBy(() -> imports(KeyBatch.of("a", "may", "s"), 0, 2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("withdrawn");
        assertThatThrownBy(() -> desk.withdrawBatch("nobody", "bad"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void keys_are_withdrawn_by_what_they_are_wherever_they_are() {
        imports(KeyBatch.of("a", "may", "s"), 0, 3);
        sell(1);
        String sold = ((RevealAnswer.Revealed) inventory.reveal(order(1)))
                .keys()
                .get(0)
                .expose();
        String free = sold.equals("key1") ? "key2" : "key1";

        Withdrawal withdrawal =
                desk.withdrawKeys("a", List.of(Secret.of(sold), Secret.of(free), Secret.of("stranger")), "used before");

        assertThat(withdrawal.voided()).isEqualTo(1);
        assertThat(withdrawal.unknown()).isEqualTo(1);
        assertThat(withdrawal.soldKeys()).singleElement().satisfies(key -> {
            assertThat(key.order()).isEqualTo(order(1));
            assertThat(key.isRevealed()).isTrue();
        });
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 1, 0, 1, 1));
        assertThat(withdrawal.toString()).doesNotContain(sold);
    }

    @Test
    void an_expired_key_is_not_sold_even_before_the_sweep_and_becomes_void_by_it() {
        Instant expiry = START.plus(Duration.ofDays(1));
        imports(KeyBatch.of("a", "may", "s").expiringAt(expiry), 0, 400);
        imports(KeyBatch.of("a", "june", "s"), 400, 401);
        inventory.reserve(order(1), "a", 1);
        clock.advance(Duration.ofDays(1));

        sell(2);
        assertThat(inventory.reserve(order(3), "a", 1)).isInstanceOf(ReserveAnswer.OutOfStock.class);
        assertThat(inventory.release(order(1), "closed")).isNotNull();
        assertThat(inventory.reserve(order(3), "a", 1)).isInstanceOf(ReserveAnswer.OutOfStock.class);
        assertThat(desk.skusBelow(1)).containsExactly(new LowStock("a", 0, 1));

        assertThat(desk.sweep(1_000)).isEqualTo(400);
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key WHERE cause = 'expired'"))
                .isEqualTo("400");
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 1, 400));
        assertThatThrownBy(() -> imports(KeyBatch.of("a", "july", "s").expiringAt(expiry), 0, 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void of_a_withdrawal_and_sales_at_the_same_time_each_key_goes_to_one() throws Exception {
        String bad = imports(KeyBatch.of("a", "may", "s"), 0, 1_000);
        ExecutorService pool = Executors.newFixedThreadPool(5);
        try {
            List<Future<Integer>> sales = new ArrayList<>();
            for (int seller = 0; seller < 4; seller++) {
                int from = seller * 1_000;
                sales.add(pool.submit(() -> {
                    int sold = 0;
                    while (inventory.reserve(order(from + sold), "a", 1) instanceof ReserveAnswer.Reserved) {
                        sold++;
                    }
                    return sold;
                }));
            }
            Future<Withdrawal> withdrawal = pool.submit(() -> desk.withdrawBatch(bad, "bad"));
            long bound = 0;
            for (Future<Integer> sale : sales) {
                bound += sale.get(60, TimeUnit.SECONDS);
            }
            assertThat(withdrawal.get(60, TimeUnit.SECONDS).voided()).isEqualTo(1_000 - bound);
            assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, bound, 0, 1_000 - bound));
            assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key WHERE state = 'VOID'"))
                    .isEqualTo("" + (1_000 - bound));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void low_stock_is_told_once_each_time_it_falls() {
        JdbcKeyInventory watching = JdbcKeyInventory.over(dataSource, TestDatabases.cipher())
                .lowStock(2)
                .lowStockOf("never", 1)
                .open();
        List<LowStock> told = new ArrayList<>();
        StockWatch watch = watching.desk().watch(told::add);
        imports(KeyBatch.of("a", "may", "s"), 0, 3);
        imports(KeyBatch.of("b", "may", "s"), 0, 1);

        watch.run();
        watch.run();
        assertThat(told).containsExactly(new LowStock("b", 1, 2), new LowStock("never", 0, 1));
        told.clear();
        sell(1);
        sell(2);
        watch.run();
        watch.run();
        assertThat(told).containsExactly(new LowStock("a", 1, 2));
        told.clear();
        sell(3);
        watch.run();
        assertThat(told).containsExactly(new LowStock("a", 0, 2));
        told.clear();
        imports(KeyBatch.of("a", "june", "s"), 3, 9);
        watch.run();
        assertThat(told).isEmpty();
        assertThat(watching.desk().skusBelow(7)).containsExactly(new LowStock("a", 6, 7), new LowStock("b", 1, 7));
    }
}
