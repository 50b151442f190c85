package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.ManualClock;
import dev.kadao.testkit.rules.StepDraft;
import dev.kadao.testkit.rules.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that suppliers sold, as the key desk, a rotation, a withdrawal and retention find them; on every database. */
@Timeout(300)
abstract class SourcedKeysRules {
    private static final StockAnswer TAKEN = new StockAnswer.Taken();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T23:00:00Z"));
    private DataSource dataSource;
    private JdbcKeyInventory inventory;
    private JdbcCheckoutStore store;
    private KeyDesk desk;

    /** A database without tables. */
    abstract DataSource empty();

    @BeforeEach
    final void open() {
        dataSource = empty();
        inventory = inventory(TestDatabases.cipher(1));
        store = store(inventory);
        desk = inventory.desk();
    }

    private JdbcKeyInventory inventory(MasterKeyCipher own, MasterKeyCipher... others) {
        return JdbcKeyInventory.over(dataSource, own)
                .alsoOpens(others)
                .clock(clock)
                .open();
    }

    private JdbcCheckoutStore store(JdbcKeyInventory with) {
        JdbcCheckoutStore opened =
                JdbcCheckoutStore.over(dataSource).clock(clock).open();
        assertThat(opened.sharesCommitWith(with)).isTrue();
        return opened;
    }

    private static OrderId order(String cart) {
        return new OrderId(new CheckoutId(cart), 1);
    }

    private static List<Secret> secrets(String... texts) {
        return Arrays.stream(texts).map(Secret::of).toList();
    }

    private static StockRequest supply(String cart, int dispatch, int replacement, String... keys) {
        return new StockRequest.Supply(order(cart), "a", dispatch, replacement, secrets(keys));
    }

    private static StockRequest aside(String cart, int dispatch, String... keys) {
        return new StockRequest.SetAside(order(cart), "a", dispatch, secrets(keys), "too few, 少了");
    }

    private StockAnswer ask(String cart, StockRequest request) {
        return ask(store, cart, request);
    }

    private static StockAnswer ask(JdbcCheckoutStore through, String cart, StockRequest request) {
        List<StockAnswer> seen = new ArrayList<>();
        StepDraft draft = through.read(new CheckoutId(cart))
                .checkout()
                .map(StepDraft::on)
                .orElseGet(() -> StepDraft.insert(cart));
        Step step = draft.index(new IndexRow("order", "", 1)).withStock(List.of(request), answers -> {
            seen.clear();
            seen.addAll(answers);
            return draft.write();
        });
        assertThat(through.commit(List.of(step))).singleElement().isInstanceOf(StepResult.Done.class);
        return seen.get(0);
    }

    private List<Secret> shown(JdbcKeyInventory with, String cart) {
        return ((RevealAnswer.Revealed) with.reveal(order(cart))).keys();
    }

    private String count(String what) {
        return TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM " + what);
    }

    @Test
    void what_was_set_aside_for_an_order_is_shown_by_dispatch_with_its_cause() {
        ask("cart1", aside("cart1", 2, "k2"));
        clock.advance(Duration.ofSeconds(5));
        ask("cart1", aside("cart1", 1, "z1", "k1"));
        ask("cart2", supply("cart2", 1, 0, "k3"));

        List<SetAsideKey> aside = desk.setAside(order("cart1"));

        assertThat(aside).extracting(SetAsideKey::dispatch).containsExactly(1, 1, 2);
        assertThat(aside).extracting(SetAsideKey::key).isEqualTo(secrets("z1", "k1", "k2"));
        assertThat(aside)
                .allMatch(key -> key.cause().equals("too few, 少了") && key.sku().equals("a"));
        assertThat(aside.get(0).since()).isEqualTo(clock.instant());
        assertThat(aside.get(2).since()).isEqualTo(clock.instant().minusSeconds(5));
        assertThat(aside.toString()).doesNotContain("z1").doesNotContain("k1");
        assertThat(desk.setAside(order("cart2"))).isEmpty();
        assertThat(desk.setAside(order("cart3"))).isEmpty();
        ask("cart1", supply("cart1", 1, 0, "k1", "z1"));
        assertThat(desk.setAside(order("cart1")))
                .extracting(SetAsideKey::dispatch)
                .containsExactly(2);
    }

    @Test
    void keys_of_a_sku_and_day_are_one_batch_that_is_finished_and_counts_them() {
        assertThat(ask("cart1", supply("cart1", 1, 0, "k1", "k2"))).isEqualTo(TAKEN);
        assertThat(ask("cart2", supply("cart2", 1, 0, "k3"))).isEqualTo(TAKEN);
        ask("cart3", aside("cart3", 1, "k4"));
        clock.advance(Duration.ofHours(2));
        assertThat(ask("cart4", supply("cart4", 1, 0, "k5"))).isEqualTo(TAKEN);

        assertThat(desk.batches("", 9))
                .extracting(ImportedBatch::name, ImportedBatch::imported, ImportedBatch::source)
                .containsExactly(
                        tuple("sourced 2026-05-01", 4L, "suppliers"), tuple("sourced 2026-05-02", 1L, "suppliers"));
        assertThat(desk.batches("", 9)).allMatch(batch -> batch.finishedAt() != null);
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 4, 1));
        assertThat(desk.boundKeys(desk.batches("", 1).get(0).id(), "", 9))
                .extracting(BoundKey::order, BoundKey::slot)
                .containsExactlyInAnyOrder(
                        tuple(order("cart1"), 1), tuple(order("cart1"), 2), tuple(order("cart2"), 1));
    }

    @Test
    void processes_that_begin_the_days_batch_at_the_same_moment_share_it() {
        int processes = 6;
        List<Integer> done = Together.run(processes, number -> {
            JdbcCheckoutStore own = store(inventory(TestDatabases.cipher(1)));
            for (int i = 0; i < 5; i++) {
                String cart = "c" + number + "x" + i;
                StockAnswer answer = ask(own, cart, supply(cart, 1, 0, "k" + number + "-" + i));
                for (int tries = 0; tries < 50 && answer instanceof StockAnswer.NotTried; tries++) {
                    answer = ask(own, cart, supply(cart, 1, 0, "k" + number + "-" + i));
                }
                assertThat(answer).isEqualTo(TAKEN);
            }
            return number;
        });

        assertThat(done).hasSize(processes);
        assertThat(desk.batches("", 9))
                .singleElement()
                .satisfies(batch -> assertThat(batch.imported()).isEqualTo(processes * 5L));
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, processes * 5L, 0));
        assertThat(shown(inventory, "c3x4")).isEqualTo(secrets("k3-4"));
    }

    @Test
    void after_a_withdrawal_what_comes_that_day_goes_into_another_batch() {
        ask("cart1", supply("cart1", 1, 0, "k1"));
        ask("cart2", aside("cart2", 1, "k2"));
        String first = desk.batches("", 1).get(0).id();

        Withdrawal withdrawal = desk.withdrawBatch(first, "supplier called them back");

        assertThat(withdrawal.voided()).isZero();
        assertThat(withdrawal.soldKeys()).extracting(BoundKey::order).containsExactly(order("cart1"));
        assertThat(ask("cart3", supply("cart3", 1, 0, "k3"))).isEqualTo(TAKEN);
        assertThat(desk.sweep(10)).isZero();
        assertThat(desk.batches("", 9))
                .extracting(ImportedBatch::name)
                .containsExactlyInAnyOrder("sourced 2026-05-01", "sourced 2026-05-01 2");
        assertThat(desk.withdrawKeys("a", secrets("k1", "k2", "k4"), "bad"))
                .satisfies(it -> assertThat(it.unknown()).isEqualTo(1))
                .satisfies(it -> assertThat(it.soldKeys())
                        .as("what is aside is nobody's")
                        .extracting(BoundKey::order)
                        .containsExactly(order("cart1")));
    }

    @Test
    void supplied_keys_open_after_data_keys_and_master_keys_were_changed() {
        ask("cart1", supply("cart1", 1, 0, "k1", "k2"));
        ask("cart2", aside("cart2", 1, "k3"));
        String batch = desk.batches("", 1).get(0).id();

        assertThat(desk.reencrypt(batch, done -> {})).isEqualTo(new Rotation(3, 0));
        JdbcKeyInventory next = inventory(TestDatabases.cipher(2), TestDatabases.cipher(1));
        assertThat(next.desk().rewrap()).isEqualTo(new Rotation(1, 0));
        JdbcKeyInventory alone = inventory(TestDatabases.cipher(2));

        assertThat(shown(alone, "cart1")).isEqualTo(secrets("k1", "k2"));
        assertThat(alone.desk().setAside(order("cart2")))
                .extracting(SetAsideKey::key)
                .isEqualTo(secrets("k3"));
        assertThat(ask(store(alone), "cart3", supply("cart3", 1, 0, "k4"))).isEqualTo(TAKEN);
        assertThat(ask(store(alone), "cart2", supply("cart2", 1, 0, "k3", "k5")))
                .isEqualTo(TAKEN);
        assertThat(shown(alone, "cart2")).isEqualTo(secrets("k3", "k5"));
        assertThat(desk.batches("", 9)).hasSize(1);
    }

    @Test
    void a_bad_batch_shows_by_the_share_that_buyers_did_not_keep() {
        inventory.importKeys("a", TestDatabases.text("i1", "i2", "i3", "i4", "i5"), "may", "s");
        String imported = desk.batches("", 1).get(0).id();
        inventory.reserve(order("kept"), "a", 1);
        inventory.handOver(order("kept"));
        inventory.reserve(order("bad"), "a", 1);
        inventory.handOver(order("bad"));
        inventory.replace(order("bad"), 1);
        inventory.reserve(order("held"), "a", 1);
        ask("cart1", supply("cart1", 1, 0, "k1"));
        ask("cart1", supply("cart1", 2, 1, "k2"));
        ask("cart2", supply("cart2", 1, 0, "k3"));
        inventory.release(order("cart2"), "money moved back");
        ask("cart3", aside("cart3", 1, "k4"));
        ask("cart4", supply("cart4", 1, 0, "k5"));

        desk.withdrawKeys("a", secrets("i5"), "replaced by the supplier");

        assertQualities(imported);
        clock.advance(Duration.ofDays(61));
        JdbcRetention.over(dataSource)
                .clock(clock)
                .facts(Duration.ofDays(60))
                .open()
                .run(100);
        assertThat(count("kadao_checkout")).isEqualTo("0");
        assertQualities(imported);
        assertThat(inventory.desk().quality("unknown")).isEmpty();
    }

    private void assertQualities(String imported) {
        List<BatchQuality> qualities = desk.quality("a");
        assertThat(qualities).hasSize(2).allSatisfy(quality -> {
            boolean isImport = quality.batch().id().equals(imported);
            assertThat(quality.handedOver()).isEqualTo(isImport ? 3 : 4);
            assertThat(quality.replaced()).isEqualTo(1);
            assertThat(quality.takenBack()).isEqualTo(isImport ? 0 : 1);
            assertThat(quality.badShare()).isCloseTo(isImport ? 1 / 3.0 : 0.5, within(1e-9));
        });
    }

    @Test
    void a_sku_whose_keys_suppliers_sell_is_never_low_on_stock_until_keys_are_imported() {
        ask("cart1", supply("cart1", 1, 0, "k1"));

        assertThat(desk.skusBelow(5)).isEmpty();
        assertThat(inventory
                        .importKeys("a", TestDatabases.text("k1", "k2"), "sourced 2026-05-01", "s")
                        .duplicates())
                .as("a sold key is known, and the name of the batch is another's")
                .isEqualTo(1);
        assertThat(desk.skusBelow(5)).containsExactly(new LowStock("a", 1, 5));
        assertThat(desk.batches("", 9)).hasSize(2);
    }

    @Test
    void keys_of_an_order_that_is_kept_no_longer_are_empty_nobodys_and_known_still() {
        ask("cart1", supply("cart1", 1, 0, "k1"));
        ask("cart1", aside("cart1", 2, "k2"));
        clock.advance(Duration.ofDays(40));
        JdbcRetention.over(dataSource)
                .clock(clock)
                .secrets(Duration.ofDays(30))
                .open()
                .run(100);

        assertThat(inventory.reveal(order("cart1"))).isEqualTo(new RevealAnswer.Erased());
        assertThat(desk.setAside(order("cart1"))).singleElement().satisfies(key -> {
            assertThat(key.key()).isNull();
            assertThat(key.cause()).isEqualTo("too few, 少了");
        });
        assertThat(ask("cart1", supply("cart1", 2, 1, "k2")))
                .as("nothing is left of it to hand over")
                .isInstanceOf(StockAnswer.Unfit.class);
        clock.advance(Duration.ofDays(61));
        JdbcRetention.over(dataSource)
                .clock(clock)
                .facts(Duration.ofDays(60))
                .open()
                .run(100);

        assertThat(count("kadao_key WHERE order_id IS NULL")).isEqualTo("2");
        assertThat(desk.setAside(order("cart1"))).isEmpty();
        assertThat(inventory.stock("a")).isEqualTo(new StockLevel("a", 0, 0, 1, 1));
        assertThat(ask("cart2", supply("cart2", 1, 0, "k1"))).isInstanceOf(StockAnswer.Unfit.class);
        assertThat(ask("cart3", supply("cart3", 1, 0, "k2"))).isInstanceOf(StockAnswer.Unfit.class);
    }
}
