package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoredNotice;
import dev.kadao.testkit.ManualClock;
import dev.kadao.testkit.rules.StepDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept for how long, on every database. */
abstract class RetentionRules {
    private static final Bytes TEXTS = Bytes.utf8("{\"format\":1,\"salt\":\"c2FsdA==\",\"texts\":[]}");
    private static final Duration FACTS = Duration.ofDays(60);
    private static final Duration LONGER = Duration.ofDays(61);
    private static final Bytes RAW = Bytes.utf8("the body as it came");

    private final ManualClock clock = ManualClock.atFixedTime();
    private DataSource database;
    private JdbcCheckoutStore store;
    private JdbcKeyInventory inventory;

    abstract DataSource emptyDatabase();

    @BeforeEach
    void open() {
        database = emptyDatabase();
        store = JdbcCheckoutStore.over(database).clock(clock).open();
        inventory = JdbcKeyInventory.over(database, TestDatabases.cipher())
                .clock(clock)
                .open();
    }

    private JdbcRetention.Builder retention() {
        return JdbcRetention.over(database).clock(clock);
    }

    private static OrderId order(String cart) {
        return new OrderId(new CheckoutId(cart), 1);
    }

    private static NoticeWrite notice(String key, String reference, StoredNotice.State state) {
        return new NoticeWrite(key, "gateway:g", reference, Bytes.utf8("w"), RAW, state, null);
    }

    /** A checkout of one order with a key, paid by one notice, of which nothing is to be done any more. */
    private void finish(String cart) {
        Step sold = StepDraft.insert(cart)
                .personal(TEXTS)
                .journal("[]")
                .index(
                        new IndexRow("order", "", 1),
                        new IndexRow("payment", "", 1),
                        new IndexRow("stage", "COMPLETED", 1))
                .notice(notice("notice of " + cart, cart + "_p1", StoredNotice.State.APPLIED))
                .withStock(new Step.StockRequest.Take(order(cart), "sku", 1, clock.instant()));
        assertThat(store.commit(List.of(sold))).hasOnlyElementsOfType(StepResult.Done.class);
    }

    private StoredCheckout read(String cart) {
        return store.read(new CheckoutId(cart)).checkout().orElseThrow();
    }

    private void importKeys(int number) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < number; i++) {
            keys.append("key").append(i).append('\n');
        }
        inventory.importKeys("sku", TestDatabases.text(keys.toString()), "batch", "source");
    }

    private List<StoredNotice> notices(StoredNotice.State state) {
        return store.view(view -> view.notices(state, "", 10));
    }

    private long rows(String table) {
        return Long.parseLong(TestDatabases.ask(database, "SELECT COUNT(*) FROM " + table));
    }

    @Test
    void a_checkout_goes_with_all_that_belongs_to_it_and_its_neighbour_stays() {
        importKeys(3);
        finish("cart");
        clock.advance(LONGER);
        finish("cart_p1");

        RetentionReport report = retention().facts(FACTS).open().run(100);

        assertThat(report.checkouts()).isEqualTo(1);
        assertThat(report.isDone()).isTrue();
        assertThat(store.read(new CheckoutId("cart")).checkout()).isEmpty();
        assertThat(read("cart_p1").personal()).isEqualTo(TEXTS);
        for (String table : List.of("kadao_checkout", "kadao_journal", "kadao_notice", "kadao_reservation")) {
            assertThat(rows(table)).as(table).isEqualTo(1);
        }
        assertThat(rows("kadao_index")).isEqualTo(3);
        assertThat(inventory.reveal(order("cart_p1"))).isInstanceOf(RevealAnswer.Revealed.class);
    }

    private static RiskCounters.Ticket place(String key, String holder, Duration lasting) {
        return new RiskCounters.Ticket(key, holder, 1, 2, lasting, true);
    }

    @Test
    void lapsed_places_of_the_risk_counters_go_and_those_of_open_orders_stay() {
        Duration open = Duration.ofMinutes(25);
        JdbcRiskCounters counters = JdbcRiskCounters.over(database).clock(clock).open();
        for (int i = 0; i < 5; i++) {
            counters.take(List.of(place("ip.lapsed" + i, "cart" + i, open)));
        }
        counters.take(List.of(place("ip.open", "prolonged", open)));
        clock.advance(Duration.ofMinutes(20));
        counters.prolong("prolonged", open);
        counters.take(List.of(place("ip.open", "younger", open)));
        clock.advance(Duration.ofMinutes(5));

        RetentionReport report = retention().batch(2).open().run(100);

        assertThat(report.places()).isEqualTo(5);
        assertThat(report.isDone()).isTrue();
        assertThat(rows("kadao_risk_ticket")).isEqualTo(2);
        assertThat(rows("kadao_risk_guard")).isEqualTo(1);
        assertThat(counters.take(List.of(place("ip.open", "third", open))))
                .isEqualTo(new RiskCounters.TakeAnswer.Full("ip.open"));
        clock.advance(Duration.ofMinutes(20));
        assertThat(retention().open().run(100).places()).as("at its very end").isEqualTo(2);
        assertThat(counters.take(List.of(place("ip.open", "third", open))))
                .isEqualTo(new RiskCounters.TakeAnswer.Taken());
    }

    @Test
    void sold_keys_of_a_purged_checkout_are_counted_and_known_still_but_empty_and_nobodys() {
        importKeys(2);
        finish("cart1");
        clock.advance(LONGER);

        retention().facts(FACTS).open().run(100);

        assertThat(inventory.stock("sku")).isEqualTo(new StockLevel("sku", 1, 0, 1, 0));
        List<KeySlot> slots = store.view(view -> view.keySlots("", 10));
        assertThat(slots)
                .filteredOn(slot -> slot.state() == KeySlot.State.SOLD)
                .singleElement()
                .satisfies(slot -> {
                    assertThat(slot.order()).isNull();
                    assertThat(slot.replacement()).isEqualTo(KeySlot.PURGED);
                });
        assertThat(inventory.reveal(order("cart1"))).isInstanceOf(RevealAnswer.NothingToReveal.class);
        ImportResult again = inventory.importKeys("sku", TestDatabases.text("key0", "key1"), "again", "source");
        assertThat(again.imported()).isZero();
        assertThat(TestDatabases.ask(database, "SELECT COUNT(*) FROM kadao_key WHERE LENGTH(sealed) > 0"))
                .isEqualTo("1");
    }

    @Test
    void a_checkout_that_became_open_again_is_kept_and_counts_anew_when_it_is_over() {
        importKeys(1);
        finish("cart1");
        clock.advance(LONGER);
        StoredCheckout known = read("cart1");
        store.commit(List.of(StepDraft.on(known)
                .personal(TEXTS)
                .due(clock.instant().plusSeconds(60))
                .journal("[]")
                .plain()));
        JdbcRetention retention = retention().facts(FACTS).open();

        assertThat(retention.run(100).checkouts()).isZero();
        store.commit(List.of(StepDraft.on(read("cart1")).personal(TEXTS).plain()));
        assertThat(retention.run(100).checkouts()).isZero();
        clock.advance(LONGER);
        assertThat(retention.run(100).checkouts()).isEqualTo(1);
    }

    @Test
    void what_the_archive_did_not_take_is_kept_and_handed_over_again() {
        importKeys(1);
        finish("cart1");
        clock.advance(LONGER);
        List<PurgedCheckout> taken = new ArrayList<>();
        boolean[] works = {false};
        JdbcRetention retention = retention()
                .facts(FACTS)
                .archive(new Archive() {
                    @Override
                    public void checkouts(List<PurgedCheckout> batch) throws IOException {
                        taken.addAll(batch);
                        if (!works[0]) {
                            throw new IOException("the disk is full");
                        }
                    }

                    @Override
                    public void orphans(List<StoredNotice> batch) {}
                })
                .open();

        assertThatThrownBy(() -> retention.run(100))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cart1");
        assertThat(read("cart1").personal()).isEqualTo(TEXTS);
        assertThat(inventory.reveal(order("cart1"))).isInstanceOf(RevealAnswer.Revealed.class);
        works[0] = true;
        assertThat(retention.run(100).checkouts()).isEqualTo(1);

        assertThat(taken).hasSize(2);
        PurgedCheckout last = taken.get(1);
        assertThat(last.checkout().id()).isEqualTo(new CheckoutId("cart1"));
        assertThat(last.journal()).hasSize(1);
        assertThat(last.index()).hasSize(3);
        assertThat(last.notices()).extracting(StoredNotice::raw).containsExactly(RAW);
        assertThat(last.keys()).extracting(KeySlot::order).containsExactly(order("cart1"));
    }

    @Test
    void keys_are_erased_after_their_time_and_everything_else_about_them_stays() {
        importKeys(2);
        finish("cart1");
        clock.advance(Duration.ofDays(2));
        finish("cart2");
        JdbcRetention retention = retention().secrets(Duration.ofDays(1)).open();

        assertThat(retention.run(100).keys()).isEqualTo(1);
        assertThat(retention.run(100).keys()).isZero();

        assertThat(inventory.reveal(order("cart1"))).isEqualTo(new RevealAnswer.Erased());
        assertThat(inventory.reveal(order("cart2"))).isInstanceOf(RevealAnswer.Revealed.class);
        assertThat(inventory.stock("sku")).isEqualTo(new StockLevel("sku", 0, 0, 2, 0));
        assertThat(inventory.release(order("cart1"), "late")).isEqualTo(new ReleaseAnswer.Voided(0));
        assertThat(inventory
                        .importKeys("sku", TestDatabases.text("key0"), "again", "source")
                        .imported())
                .isZero();
    }

    @Test
    void a_key_that_was_erased_is_not_filled_again_by_a_rotation_that_read_it_before() {
        importKeys(1);
        finish("cart1");
        clock.advance(Duration.ofDays(2));
        int dataKey = Integer.parseInt(TestDatabases.ask(database, "SELECT data_key FROM kadao_key"));

        retention().secrets(Duration.ofDays(1)).open().run(100);

        assertThat(Integer.parseInt(TestDatabases.ask(database, "SELECT data_key FROM kadao_key")))
                .as("what a rotation's write is guarded by")
                .isNotEqualTo(dataKey);
    }

    @Test
    void personal_data_is_erased_and_a_step_in_the_making_cannot_write_it_back() {
        importKeys(2);
        finish("cart1");
        StoredCheckout held = read("cart1");
        clock.advance(Duration.ofDays(2));
        finish("cart2");
        JdbcRetention retention = retention().personalData(Duration.ofDays(1)).open();

        assertThat(retention.run(100).texts()).isEqualTo(1);
        assertThat(retention.run(100).texts()).isZero();

        assertThat(read("cart1").personal()).isEqualTo(StoredCheckout.ERASED);
        assertThat(read("cart1").document()).isEqualTo(held.document());
        assertThat(read("cart2").personal()).isEqualTo(TEXTS);
        Step late = StepDraft.on(held).personal(TEXTS).plain();
        assertThat(store.commit(List.of(late))).hasOnlyElementsOfType(StepResult.Stale.class);
    }

    @Test
    void bodies_of_notices_are_erased_and_what_they_said_stays() {
        importKeys(1);
        finish("cart1");
        store.commit(List.of(
                new Step.NoticeAlone("s1", notice("o1", "nobody", StoredNotice.State.ORPHAN_CASE)),
                new Step.NoticeAlone("s2", notice("o2", "nobody", StoredNotice.State.ORPHAN_CLOSED))));
        clock.advance(Duration.ofDays(2));

        assertThat(retention().noticeBodies(Duration.ofDays(1)).open().run(100).bodies())
                .isEqualTo(3);

        for (StoredNotice.State state : StoredNotice.State.values()) {
            assertThat(notices(state)).allSatisfy(kept -> {
                assertThat(kept.raw()).isEqualTo(Bytes.EMPTY);
                assertThat(kept.word()).isEqualTo(Bytes.utf8("w"));
            });
        }
        assertThat(rows("kadao_notice")).isEqualTo(3);
    }

    @Test
    void a_closed_orphan_goes_and_one_that_a_person_has_stays() {
        store.commit(List.of(
                new Step.NoticeAlone("s1", notice("o1", "nobody", StoredNotice.State.ORPHAN_CASE)),
                new Step.NoticeAlone("s2", notice("o2", "nobody", StoredNotice.State.ORPHAN_CLOSED))));
        clock.advance(LONGER);

        assertThat(retention().facts(FACTS).open().run(100).orphans()).isEqualTo(1);

        assertThat(notices(StoredNotice.State.ORPHAN_CASE)).hasSize(1);
    }

    @Test
    void a_run_that_is_stopped_is_continued_by_the_next_one() {
        importKeys(7);
        for (int i = 0; i < 7; i++) {
            finish("cart" + i);
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(LONGER);
        JdbcRetention retention = retention()
                .personalData(Duration.ofDays(1))
                .facts(FACTS)
                .batch(2)
                .open();

        long texts = 0;
        long checkouts = 0;
        int runs = 0;
        boolean isDone = false;
        while (!isDone && runs < 30) {
            RetentionReport report = retention.run(3);
            assertThat(report.batches()).isLessThanOrEqualTo(3);
            texts += report.texts();
            checkouts += report.checkouts();
            isDone = report.isDone();
            runs++;
        }

        assertThat(isDone).isTrue();
        assertThat(texts).isPositive();
        assertThat(checkouts).isEqualTo(7);
        assertThat(rows("kadao_checkout")).isZero();
    }

    @Test
    void several_at_once_delete_each_checkout_once_and_leave_no_half_of_one() throws Exception {
        int number = 60;
        importKeys(number);
        for (int i = 0; i < number; i++) {
            finish("cart%02d".formatted(i));
        }
        clock.advance(LONGER);
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<RetentionReport>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                JdbcRetention retention = retention()
                        .facts(FACTS)
                        .secrets(Duration.ofDays(1))
                        .personalData(Duration.ofDays(1))
                        .batch(7)
                        .open();
                runs.add(threads.submit(() -> retention.run(1_000)));
            }
            Future<Integer> reopened = threads.submit(() -> reopenEveryThird(number));
            long deleted = 0;
            for (Future<RetentionReport> run : runs) {
                deleted += run.get().checkouts();
            }
            long left = rows("kadao_checkout");
            assertThat(deleted + left).isEqualTo(number);
            assertThat(left).isGreaterThanOrEqualTo(reopened.get());
        } finally {
            threads.shutdownNow();
        }
        retention().facts(FACTS).open().run(1_000);
        assertThat(TestDatabases.ask(database, "SELECT COUNT(*) FROM kadao_checkout WHERE due IS NULL"))
                .isEqualTo("0");
        assertThat(rows("kadao_reservation")).isEqualTo(rows("kadao_checkout"));
        assertThat(rows("kadao_notice")).isEqualTo(rows("kadao_checkout"));
        assertThat(inventory.stock("sku")).isEqualTo(new StockLevel("sku", 0, 0, number, 0));
    }

    /** As late payments do; answers how many were there still. */
    private int reopenEveryThird(int number) {
        int done = 0;
        for (int i = 0; i < number; i += 3) {
            var found = store.read(new CheckoutId("cart%02d".formatted(i))).checkout();
            if (found.isPresent()) {
                StepDraft open = StepDraft.on(found.get())
                        .due(clock.instant().plusSeconds(60))
                        .index(new IndexRow("order", "", 1), new IndexRow("payment", "", 1))
                        .journal("[]");
                done += store.commit(List.of(open.plain())).get(0) instanceof StepResult.Done ? 1 : 0;
            }
        }
        return done;
    }
}
