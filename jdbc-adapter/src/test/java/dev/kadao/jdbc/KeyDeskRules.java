package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the key desk does on every database, through every one of its statements. */
@Timeout(300)
abstract class KeyDeskRules {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T00:00:00Z"));
    private DataSource dataSource;
    private JdbcKeyInventory inventory;
    private KeyDesk desk;

    /** A database without tables. */
    abstract DataSource empty();

    @BeforeEach
    final void open() {
        dataSource = empty();
        inventory = with(TestDatabases.cipher(1));
        desk = inventory.desk();
    }

    private JdbcKeyInventory with(MasterKeyCipher own, MasterKeyCipher... others) {
        return JdbcKeyInventory.over(dataSource, own)
                .alsoOpens(others)
                .clock(clock)
                .open();
    }

    private static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "key😀" + i).collect(Collectors.toList());
    }

    private ImportResult imports(KeyBatch batch, List<String> keys) {
        return desk.importKeys(batch, TestDatabases.text(String.join("\n", keys)), progress -> {});
    }

    private static OrderId order(int number) {
        return new OrderId(new CheckoutId("cart" + number), 1);
    }

    private void sell(int number, int quantity) {
        assertThat(inventory.reserve(order(number), "a", quantity)).isInstanceOf(ReserveAnswer.Reserved.class);
        inventory.handOver(order(number));
    }

    private static List<String> shown(JdbcKeyInventory inventory, int number) {
        return ((RevealAnswer.Revealed) inventory.reveal(order(number)))
                .keys().stream().map(Secret::expose).toList();
    }

    @Test
    void an_import_goes_on_where_it_stopped_and_two_at_once_bring_each_key_once() throws Exception {
        KeyBatch may = KeyBatch.of("a", "may", "s");
        imports(may, keys(0, 1_500));
        List<String> backwards = keys(0, 4_000);
        Collections.reverse(backwards);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<ImportResult>> runs = List.of(
                    pool.submit(() -> imports(may, keys(0, 4_000))),
                    pool.submit(() -> imports(may, backwards)),
                    pool.submit(() -> imports(KeyBatch.of("a", "june", "s"), backwards)));
            long imported = 0;
            for (Future<ImportResult> run : runs) {
                imported += run.get(200, TimeUnit.SECONDS).imported();
            }
            assertThat(imported).isEqualTo(2_500);
        } finally {
            pool.shutdownNow();
        }
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 4_000, 0, 0, 0));
        assertThat(desk.batches("", 10))
                .allSatisfy(batch -> assertThat(batch.finishedAt()).isNotNull());
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(DISTINCT fingerprint) FROM kadao_key"))
                .isEqualTo("4000");
    }

    @Test
    void expired_and_withdrawn_keys_are_not_sold_and_become_void() {
        imports(KeyBatch.of("a", "may", "s").expiringAt(clock.instant().plus(Duration.ofDays(1))), keys(0, 250));
        inventory.reserve(order(1), "a", 1);
        clock.advance(Duration.ofDays(1));
        String june = imports(KeyBatch.of("a", "june", "s"), keys(250, 600)).batch();
        sell(2, 2);
        inventory.reserve(order(3), "a", 1);
        inventory.release(order(1), "closed");

        assertThat(desk.skusBelow(348)).containsExactly(new LowStock("a", 347, 348));
        assertThat(desk.sweep(100)).isEqualTo(100);
        assertThat(desk.sweep(1_000)).isEqualTo(150);
        Withdrawal withdrawal = desk.withdrawBatch(june, "bad");
        assertThat(withdrawal.voided()).isEqualTo(347);
        assertThat(withdrawal.soldKeys()).extracting(BoundKey::isSold).containsExactlyInAnyOrder(true, true, false);
        inventory.release(order(3), "closed");
        assertThat(inventory.reserve(order(4), "a", 1)).isInstanceOf(ReserveAnswer.OutOfStock.class);
        assertThat(desk.sweep(1_000)).isEqualTo(1);
        assertThat(desk.sweep(1_000)).isZero();
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 2, 598));
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key_batch WHERE over_at IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void keys_are_withdrawn_by_what_they_are() {
        imports(KeyBatch.of("a", "may", "s"), keys(0, 3));
        sell(1, 1);
        List<Secret> all = keys(0, 4).stream().map(Secret::of).toList();

        Withdrawal withdrawal = desk.withdrawKeys("a", all, "used before");

        assertThat(withdrawal.voided()).isEqualTo(2);
        assertThat(withdrawal.unknown()).isEqualTo(1);
        assertThat(withdrawal.soldKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.order()).isEqualTo(order(1)));
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 1, 2));
    }

    @Test
    void of_a_withdrawal_and_sales_at_the_same_time_each_key_goes_to_one() throws Exception {
        String bad = imports(KeyBatch.of("a", "may", "s"), keys(0, 800)).batch();
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
                bound += sale.get(200, TimeUnit.SECONDS);
            }
            assertThat(withdrawal.get(200, TimeUnit.SECONDS).voided()).isEqualTo(800 - bound);
            assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, bound, 0, 800 - bound));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void data_keys_and_master_keys_are_changed_while_keys_are_shown() throws Exception {
        String batch = imports(KeyBatch.of("a", "may", "s"), keys(0, 900)).batch();
        sell(1, 450);
        List<String> before = shown(inventory, 1);
        JdbcKeyInventory newRing = with(TestDatabases.cipher(2), TestDatabases.cipher(1));
        JdbcKeyInventory oldRing = with(TestDatabases.cipher(1), TestDatabases.cipher(2));
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Rotation>> runs = List.of(
                    pool.submit(() -> oldRing.desk()
                            .reencrypt(
                                    batch, done -> assertThat(shown(newRing, 1)).isEqualTo(before))),
                    pool.submit(() -> newRing.desk()
                            .reencrypt(
                                    batch, done -> assertThat(shown(oldRing, 1)).isEqualTo(before))),
                    pool.submit(() -> newRing.desk().rewrap()));
            for (Future<Rotation> run : runs) {
                run.get(200, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(newRing.desk().rewrap().isComplete()).isTrue();
        JdbcKeyInventory newAlone = with(TestDatabases.cipher(2));
        assertThat(shown(newAlone, 1)).isEqualTo(before);
        assertThat(newAlone.desk().reencrypt(batch, done -> {})).isEqualTo(new Rotation(900, 0));
        assertThat(shown(newAlone, 1)).isEqualTo(before);
        assertThat(newAlone.desk()
                        .importKeys(KeyBatch.of("a", "june", "s"), TestDatabases.text("key😀3"), progress -> {})
                        .duplicates())
                .isEqualTo(1);
    }
}
