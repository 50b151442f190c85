package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.TroubledStore.Trouble;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Keys.AtPlacing;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.KeyInventory.StockLevel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that are reserved when an order is placed: from the placing to the payment, or to the closing. */
class ReservedAtPlacingTest {
    private static final Duration CLOSED = Duration.ofMinutes(30);
    private static final Route CAPPED = Route.keys().reservedAtPlacing(2);
    private static final Route OR_REFUSED = Route.keys().reservedAtPlacingOrRefused(2);

    private Rig rig = Rig.with(ScriptedSupplier.queryable());

    @AfterEach
    void the_books_are_right() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void assertStock(long free, long reserved, long sold) {
        assertThat(rig.inventory.stock("sku")).isEqualTo(new StockLevel("sku", free, reserved, sold, 0));
    }

    private AtPlacing atPlacing(String id) {
        return rig.order(id).keys().atPlacing();
    }

    private Placement.Result placed(String id, Placement.Line... lines) {
        Placement request = new Placement(new CheckoutId(id), "sandbox", List.of(lines), null, null);
        Placement.Result result = rig.engine.place(request);
        rig.clockwork.settle();
        return result;
    }

    @Test
    void by_default_nothing_is_reserved_and_placing_to_delivered_takes_two_commits() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        assertStock(1, 0, 0);
        assertThat(rig.order("keys1").keys().atPlacing()).isNull();
        rig.pay("keys1_p1", "t1");
        assertThat(rig.store.commits).isEqualTo(2);
    }

    @Test
    void the_key_reserved_with_the_placing_is_the_one_that_is_sold_and_it_takes_two_commits_all_the_same() {
        rig.stock("sku", 3);
        rig.place("keys1", CAPPED);
        assertStock(2, 1, 0);
        assertThat(atPlacing("keys1")).isEqualTo(AtPlacing.RESERVED);
        assertThat(rig.stage("keys1")).isEqualTo(Stage.AWAITING_PAYMENT);

        rig.pay("keys1_p1", "t1");

        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertStock(2, 0, 1);
        assertThat(rig.store.commits).isEqualTo(2);
    }

    @Test
    void who_reserved_gets_the_last_key_although_another_paid_first() {
        rig.stock("sku", 1);
        rig.place("first1", CAPPED);
        rig.place("second", Route.keys());
        rig.pay("second_p1", "t2");
        assertThat(rig.stage("second")).isEqualTo(Stage.PAID);

        rig.pay("first1_p1", "t1");

        assertThat(rig.stage("first1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.stage("second")).isEqualTo(Stage.PAID);
    }

    @Test
    void beyond_the_cap_an_order_is_placed_without_and_takes_its_key_at_payment() {
        rig.stock("sku", 5);
        List.of("cart1", "cart2", "cart3").forEach(id -> rig.place(id, CAPPED));
        assertStock(3, 2, 0);
        assertThat(atPlacing("cart3")).isEqualTo(AtPlacing.CAP_REACHED);

        rig.pay("cart3_p1", "t3");

        assertThat(rig.stage("cart3")).isEqualTo(Stage.DELIVERED);
        assertStock(2, 2, 1);
    }

    @Test
    void what_is_short_is_told_and_asked_for_once_only() {
        rig.stock("sku", 1);
        rig.place("cart1", CAPPED);
        rig.place("cart2", CAPPED);
        assertThat(atPlacing("cart2")).isEqualTo(AtPlacing.OUT_OF_STOCK);
        rig.stock("more", 1);
        long commits = rig.store.commits;
        rig.clockwork.advance(Duration.ofSeconds(20));
        assertThat(rig.store.commits).isEqualTo(commits);
    }

    @Test
    void closing_gives_the_keys_back_in_the_same_commit_and_a_late_payment_goes_the_ordinary_way() {
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        rig.clockwork.advance(CLOSED);
        assertThat(rig.stage("keys1")).isEqualTo(Stage.CLOSED);
        assertThat(atPlacing("keys1")).isEqualTo(AtPlacing.LET_GO);
        assertStock(1, 0, 0);

        rig.pay("keys1_p1", "t1");

        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertStock(0, 0, 1);
    }

    @Test
    void late_money_finds_no_key_when_another_bought_it_and_goes_back() {
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        rig.clockwork.advance(CLOSED);
        rig.place("other", CAPPED);
        rig.pay("other_p1", "t2");
        rig.pay("keys1_p1", "t1");
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(rig.stage("other")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.stage("keys1")).isEqualTo(Stage.REFUNDED);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void killed_while_placing_neither_a_key_is_locked_up_nor_a_promise_made(Trouble trouble) {
        rig.stock("sku", 1);
        rig.store.trouble(trouble, 1, step -> true);
        rig.place("keys1", CAPPED);
        rig.restart();
        boolean stands = rig.engine.reads().checkout(new CheckoutId("keys1")).isPresent();
        assertStock(stands ? 0 : 1, stands ? 1 : 0, 0);
        rig.clockwork.advance(CLOSED);
        assertStock(1, 0, 0);
    }

    @Test
    void killed_before_the_closing_the_next_process_gives_the_key_back() {
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        rig.restart();
        assertStock(0, 1, 0);
        rig.clockwork.advance(CLOSED);
        assertStock(1, 0, 0);
    }

    @Test
    void a_short_payment_keeps_the_key_for_as_long_as_the_full_one_may_come_in_time() {
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        rig.receive(ScriptedGateway.paid("keys1_p1", "t1", Money.parse("1.00", Currency.CNY)));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.ON_HOLD);
        rig.clockwork.advance(Duration.ofMinutes(10));
        assertStock(0, 1, 0);
        rig.clockwork.advance(CLOSED);
        assertThat(rig.stage("keys1")).isEqualTo(Stage.ON_HOLD);
        assertStock(1, 0, 0);

        rig.pay("keys1_p1", "t2");

        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertStock(0, 0, 1);
    }

    @Test
    void a_checkout_that_is_refused_without_its_keys_leaves_nothing_and_may_be_placed_again() {
        rig.stock("sku", 1);
        Placement.Line one = Rig.line("sku", Rig.PRICE, OR_REFUSED);
        assertThat(placed("first1", one)).isInstanceOf(Placement.Result.Placed.class);

        assertThat(placed("second", one))
                .isInstanceOfSatisfying(
                        Placement.Result.NoneToReserve.class,
                        none -> assertThat(none.sentence()).startsWith("sold out"));
        assertThat(rig.engine.reads().checkout(new CheckoutId("second"))).isEmpty();

        rig.clockwork.advance(CLOSED);
        assertThat(placed("second", one)).isInstanceOf(Placement.Result.Placed.class);
        assertStock(0, 1, 0);
    }

    @Test
    void one_order_that_cannot_be_reserved_refuses_the_whole_cart_and_no_key_of_it_is_kept() {
        rig.stock("sku", 5);
        Placement.Line[] twelve = IntStream.range(0, 12)
                .mapToObj(i -> Rig.line(
                        i < 11 ? "sku" : "other", Rig.PRICE, Route.keys().reservedAtPlacingOrRefused(i < 11 ? 50 : 1)))
                .toArray(Placement.Line[]::new);
        assertThat(placed("cart1", twelve)).isInstanceOf(Placement.Result.NoneToReserve.class);
        assertStock(5, 0, 0);
        rig.inventory.importKeys(
                "sku",
                IntStream.range(5, 11).mapToObj(i -> Secret.of("sku-" + i)).toList());
        rig.stock("other", 1);
        assertThat(placed("cart1", twelve)).isInstanceOf(Placement.Result.Placed.class);
        assertStock(0, 11, 0);
    }

    @Test
    void a_stock_elsewhere_reserves_after_the_placing_and_gives_back_after_the_closing() {
        rig = Rig.withStockElsewhere(SweepSettings.defaults(), stock -> stock);
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        assertThat(atPlacing("keys1")).isEqualTo(AtPlacing.RESERVED);
        rig.place("keys2", CAPPED);
        assertThat(atPlacing("keys2")).isEqualTo(AtPlacing.OUT_OF_STOCK);
        rig.clockwork.advance(CLOSED);
        assertStock(1, 0, 0);
        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertStock(0, 0, 1);
    }

    @Test
    void a_stock_elsewhere_hands_over_the_very_key_that_it_reserved() {
        rig = Rig.withStockElsewhere(SweepSettings.defaults(), stock -> stock);
        rig.stock("sku", 1);
        rig.place("keys1", CAPPED);
        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertStock(0, 0, 1);
    }
}
