package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.engine.TroubledStore.Trouble;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key stock in another database: its reservations may outlive what the store knows of them. */
class StockElsewhereTest {
    private static final SweepSettings SWEEP = SweepSettings.defaults();
    private static final Duration LATER = Duration.ofHours(26);

    private LostAnswers way = new LostAnswers(null);
    private Rig rig = rig(SWEEP);

    private Rig rig(SweepSettings sweep) {
        Rig made = Rig.withStockElsewhere(sweep, stock -> way = new LostAnswers(stock));
        made.stock("sku", 2);
        return made;
    }

    @AfterEach
    void no_key_has_two_owners_and_none_is_gone() {
        assertThat(rig.engine.audit().violations()).isEmpty();
        KeyInventory.StockLevel level = rig.inventory.stock("sku");
        assertThat(level.free() + level.reserved() + level.sold() + level.voided())
                .isEqualTo(2);
    }

    private void act(String name, String evidence) {
        rig.engine.act(
                new CheckoutId("keys1"),
                new PersonAct(
                        "act-" + name, name, 1, 0, rig.order("keys1").changes(), "operator", "because", evidence));
        rig.clockwork.settle();
    }

    /** Its keys are set aside, but every answer is lost until the order is with a person. */
    private void parkWithAKeySetAside() {
        way.losesReserves = true;
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
        rig.clockwork.advance(Duration.ofHours(3));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.PARKED);
        assertThat(rig.inventory.stock("sku").reserved()).isPositive();
        way.losesReserves = false;
    }

    private void completeByHand() {
        parkWithAKeySetAside();
        act("MARK_DELIVERED", "sent by e-mail");
        rig.engine.confirm(OrderId.parse("keys1.1"));
        rig.clockwork.settle();
        assertThat(rig.stage("keys1")).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void placing_to_delivered_takes_four_commits() {
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");

        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.store.commits).isEqualTo(4);
    }

    @Test
    void a_crash_between_reserve_and_commit_is_healed_by_the_due_loop_with_the_same_key() {
        rig.place("keys1", Route.keys());
        rig.store.trouble(Trouble.LOST_BEFORE, 100, step -> step instanceof Step.OfCheckout of && isReserving(of));
        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.PAID);
        assertThat(rig.inventory.stock("sku").reserved()).isEqualTo(1);

        rig.restart();
        rig.clockwork.advance(Duration.ofMinutes(2));

        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.inventory.stock("sku").sold()).isEqualTo(1);
        assertThat(rig.inventory.stock("sku").reserved()).isZero();
    }

    /** Every step after the notice's, whose claim the notice took. */
    private static boolean isReserving(Step.OfCheckout step) {
        return step.expectedVersion() >= 2;
    }

    @Test
    void a_key_set_aside_for_an_order_that_a_person_completed_otherwise_is_free_again_after_the_sweep() {
        completeByHand();

        rig.clockwork.advance(LATER);

        assertThat(way.released).containsExactly(OrderId.parse("keys1.1"));
        assertThat(rig.inventory.stock("sku").free()).isEqualTo(2);
        assertThat(rig.inventory.stock("sku").reserved()).isZero();
    }

    @Test
    void nothing_is_released_before_its_age() {
        completeByHand();

        rig.clockwork.advance(Duration.ofHours(20));

        assertThat(way.released).isEmpty();
        assertThat(rig.inventory.stock("sku").reserved()).isEqualTo(1);
    }

    @Test
    void a_key_of_an_order_that_is_with_a_person_is_left_however_old_and_still_delivered() {
        parkWithAKeySetAside();

        rig.clockwork.advance(Duration.ofDays(10));
        assertThat(way.released).isEmpty();
        assertThat(rig.inventory.stock("sku").reserved()).isEqualTo(1);

        act("RETRY", null);
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(rig.stage("keys1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void reservations_of_orders_that_are_not_here_are_left_for_another_shop_may_own_them() {
        rig.inventory.reserve(OrderId.parse("other1.1"), "sku", 1);

        rig.clockwork.advance(Duration.ofDays(10));

        assertThat(way.released).isEmpty();
        assertThat(rig.inventory.stock("sku").reserved()).isEqualTo(1);
    }

    @Test
    void reservations_of_orders_that_are_not_here_are_released_where_the_stock_is_declared_the_shops_own() {
        rig = rig(SWEEP.withUnknown(SweepSettings.Unknown.RELEASE));
        rig.inventory.reserve(OrderId.parse("other1.1"), "sku", 1);

        rig.clockwork.advance(LATER);

        assertThat(way.released).containsExactly(OrderId.parse("other1.1"));
        assertThat(rig.inventory.stock("sku").free()).isEqualTo(2);
    }

    @Test
    void reservations_that_are_left_do_not_hide_those_behind_them() {
        rig = rig(SWEEP.withBatch(1));
        rig.inventory.reserve(OrderId.parse("other1.1"), "sku", 1);
        rig.clockwork.advance(Duration.ofSeconds(1));
        completeByHand();

        rig.clockwork.advance(LATER.plusHours(3));

        assertThat(way.released).containsExactly(OrderId.parse("keys1.1"));
    }

    @Test
    void a_stock_that_does_not_answer_is_swept_later() {
        completeByHand();
        way.isDown = true;
        rig.clockwork.advance(LATER);
        assertThat(way.released).isEmpty();

        way.isDown = false;
        rig.clockwork.advance(Duration.ofHours(3));
        assertThat(way.released).containsExactly(OrderId.parse("keys1.1"));
    }

    @Test
    void a_store_that_cannot_be_read_leaves_everything_as_it_is() {
        rig = rig(SWEEP.withUnknown(SweepSettings.Unknown.RELEASE).withInterval(Duration.ofMinutes(2)));
        rig.inventory.reserve(OrderId.parse("other1.1"), "sku", 1);
        rig.clockwork.advance(Duration.ofHours(24).minusMinutes(1));
        rig.store.down(true);

        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(way.released).isEmpty();

        rig.store.heal();
        rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(way.released).containsExactly(OrderId.parse("other1.1"));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void only_what_can_never_want_keys_again_is_unwanted(Stage stage) {
        rig.place("keys1", Route.keys());
        Order order = rig.order("keys1").with(stage, rig.checkout("keys1").at());
        boolean over = stage == Stage.REFUNDED || stage == Stage.COMPLETED;

        assertThat(StockSweep.isUnwanted(order)).isEqualTo(over);
        assertThat(StockSweep.isUnwanted(order.with(order.keys().with(Keys.State.RESERVED))))
                .isEqualTo(over);
        assertThat(StockSweep.isUnwanted(order.with(order.keys().with(Keys.State.HANDED_OVER))))
                .isFalse();
        assertThat(StockSweep.isUnwanted(order.with(order.keys().with(Keys.State.RETURNED))))
                .isTrue();
    }

    @Test
    void an_age_that_a_step_under_way_could_have_is_refused() {
        assertThatThrownBy(() -> SWEEP.withOlderThan(Duration.ofMinutes(1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("PT10M");
    }

    /** A stock whose answers may be lost on the way. */
    private static final class LostAnswers implements KeyInventory {
        private final KeyInventory stock;
        private final List<OrderId> released = new ArrayList<>();
        private boolean losesReserves;
        private boolean isDown;

        LostAnswers(KeyInventory stock) {
            this.stock = stock;
        }

        private void check() {
            if (isDown) {
                throw new IllegalStateException("the stock is down");
            }
        }

        @Override
        public ReserveAnswer reserve(OrderId order, String sku, int quantity) {
            check();
            ReserveAnswer answer = stock.reserve(order, sku, quantity);
            if (losesReserves) {
                throw new IllegalStateException("the answer was lost");
            }
            return answer;
        }

        @Override
        public HandOverAnswer handOver(OrderId order) {
            check();
            return stock.handOver(order);
        }

        @Override
        public ReleaseAnswer release(OrderId order, String cause) {
            check();
            released.add(order);
            return stock.release(order, cause);
        }

        @Override
        public RevealAnswer reveal(OrderId order) {
            return stock.reveal(order);
        }

        @Override
        public ReserveAnswer replace(OrderId order, int replacement) {
            return stock.replace(order, replacement);
        }

        @Override
        public StockLevel stock(String sku) {
            return stock.stock(sku);
        }

        @Override
        public List<OrderId> reservationsOlderThan(Duration age, int limit) {
            check();
            return stock.reservationsOlderThan(age, limit);
        }
    }
}
