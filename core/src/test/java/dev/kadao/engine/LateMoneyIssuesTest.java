package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that comes when the order is closed, or is just closing: it is never lost and never delivered twice. */
class LateMoneyIssuesTest {
    private static final Duration PAST_THE_DEADLINE = Duration.ofMinutes(16);

    private final BookGateway gateway = new BookGateway();

    private Rig shop(LatePayment late) {
        return Rig.at(gateway, late);
    }

    private static List<Secret> keys(Rig rig, String order) {
        return ((Revelation.Shown) rig.engine.reveal(OrderId.parse(order), null)).keys();
    }

    /** The first buyer lets the time pass, and the only key goes to a second one. */
    private Rig keyIsResold(LatePayment late) {
        Rig rig = shop(late);
        rig.stock("sku", 1);
        rig.place("first", Route.keys());
        rig.clockwork.advance(PAST_THE_DEADLINE);
        assertThat(rig.stage("first")).isEqualTo(Stage.CLOSED);
        rig.place("second", Route.keys());
        rig.receive(gateway.pay("second_p1", "t2", Rig.PRICE));
        assertThat(rig.stage("second")).isEqualTo(Stage.DELIVERED);
        return rig;
    }

    private void isRefundedOnce(Rig rig, String id) {
        assertThat(rig.stage(id)).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunds)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(Rig.PRICE));
        assertThat(gateway.refunded(id + "_p1")).isEqualTo(Rig.PRICE.minorUnits());
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_late_notice_after_the_key_was_resold_is_delivered_with_another_key_if_there_is_one() {
        Rig rig = keyIsResold(LatePayment.DELIVER);
        rig.inventory.importKeys("sku", List.of(Secret.of("another")));

        assertThat(rig.receive(gateway.pay("first_p1", "t1", Rig.PRICE))).isEqualTo(STORED);

        assertThat(rig.stage("first")).isEqualTo(Stage.DELIVERED);
        assertThat(keys(rig, "first.1")).containsExactly(Secret.of("another"));
        assertThat(keys(rig, "second.1")).containsExactly(Secret.of("sku-0"));
        assertThat(gateway.refunds).isEmpty();
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void a_late_notice_after_the_last_key_was_resold_is_refunded_once_and_does_not_wait_for_stock() {
        Rig rig = keyIsResold(LatePayment.DELIVER);

        assertThat(rig.receive(gateway.pay("first_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
        assertThat(rig.stage("first")).isEqualTo(Stage.REFUNDING);
        rig.clockwork.advance(Duration.ofSeconds(5));

        isRefundedOnce(rig, "first");
        assertThat(rig.stage("second")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_late_notice_is_refunded_though_there_is_stock_where_the_shop_wants_it_so() {
        Rig rig = keyIsResold(LatePayment.REFUND);
        rig.inventory.importKeys("sku", List.of(Secret.of("another")));

        assertThat(rig.receive(gateway.pay("first_p1", "t1", Rig.PRICE))).isEqualTo(STORED);

        isRefundedOnce(rig, "first");
        assertThat(rig.inventory.stock("sku").free()).isOne();
        assertThat(PaymentStatus.of(rig.checkout("first").payment(1))).isEqualTo(PaymentStatus.LATE);
    }

    @Test
    void a_late_notice_that_comes_again_and_again_is_refunded_once() {
        Rig rig = keyIsResold(LatePayment.REFUND);

        for (int i = 0; i < 5; i++) {
            assertThat(rig.receive(gateway.pay("first_p1", "t1", Rig.PRICE))).isEqualTo(STORED);
            rig.clockwork.advance(Duration.ofMinutes(7));
        }

        isRefundedOnce(rig, "first");
    }

    /**
     * The deadline's step and the notice meet at another process: it wins the row right before each of the commits by
     * which the deadline is worked off, whichever that is.
     */
    @ParameterizedTest
    @EnumSource(LatePayment.class)
    void a_notice_that_races_the_deadline_on_another_node_is_delivered_or_refunded_and_never_lost(LatePayment late) {
        int delivered = 0;
        int raced = 0;
        for (int commits = 0; commits < 8; commits++) {
            BookGateway till = new BookGateway();
            Rig rig = Rig.at(till, late);
            Engine other = rig.another();
            rig.stock("sku", 1);
            rig.place("cart1", Route.keys());
            rig.clockwork.advance(Duration.ofMinutes(14));
            rig.store.beforeCommit(
                    commits,
                    () -> assertThat(other.receive("sandbox", till.pay("cart1_p1", "t1", Rig.PRICE)))
                            .isEqualTo(STORED));
            rig.clockwork.advance(Duration.ofHours(2));
            raced += rig.store.wasBeforeCommit() ? 1 : 0;
            assertThat(other.receive("sandbox", till.pay("cart1_p1", "t1", Rig.PRICE)))
                    .isEqualTo(STORED);
            rig.clockwork.advance(Duration.ofHours(2));

            Stage stage = rig.stage("cart1");
            assertThat(stage).as("after %d commits", commits).isIn(Stage.DELIVERED, Stage.REFUNDED);
            boolean goods = stage == Stage.DELIVERED;
            delivered += goods ? 1 : 0;
            assertThat(till.refunded("cart1_p1")).isEqualTo(goods ? 0 : Rig.PRICE.minorUnits());
            assertThat(rig.inventory.stock("sku").sold()).isEqualTo(goods ? 1 : 0);
            assertThat(rig.engine.audit().violations()).isEmpty();
        }
        assertThat(raced).as("commits that the notice came before").isBetween(2, 7);
        // Before the deadline's steps it is in time; after them the rule for late money decides.
        assertThat(delivered).isPositive();
        if (late == LatePayment.REFUND) {
            assertThat(delivered).isLessThan(8);
        }
    }

    /** The notice comes in while the gateway is being told to close, and the gateway says either thing of the closing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_notice_that_comes_while_the_payment_is_being_closed_is_not_lost(boolean saysAlreadyPaid) {
        Rig[] shop = new Rig[1];
        BookGateway racing = new BookGateway() {
            @Override
            public CloseAnswer close(PaymentId payment) {
                CloseAnswer before = super.close(payment);
                shop[0].engine.receive("sandbox", pay(payment.toString(), "t1", Rig.PRICE));
                return saysAlreadyPaid ? new CloseAnswer.AlreadyPaid() : before;
            }
        };
        shop[0] = Rig.at(racing, LatePayment.DELIVER);
        shop[0].stock("sku", 1);
        shop[0].place("cart1", Route.keys());

        shop[0].clockwork.advance(PAST_THE_DEADLINE);

        assertThat(racing.closes).hasSize(1);
        assertThat(shop[0].stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(shop[0].checkout("cart1").payment(1).state()).isEqualTo(Payment.State.PAID);
        assertThat(shop[0].engine.audit().violations()).isEmpty();
    }

    /** Nobody was told of the payment; the gateway says so only when it is to close it. */
    @Test
    void money_of_which_the_gateway_speaks_only_at_closing_is_asked_about_and_delivered() {
        Rig[] shop = new Rig[1];
        BookGateway mute = new BookGateway() {
            @Override
            public PaymentWord query(PaymentId payment) {
                return closes.isEmpty() ? new PaymentWord.Pending() : super.query(payment);
            }
        };
        shop[0] = Rig.at(mute, LatePayment.DELIVER);
        shop[0].stock("sku", 1);
        shop[0].place("cart1", Route.keys());
        mute.pay("cart1_p1", "t1", Rig.PRICE);

        shop[0].clockwork.advance(PAST_THE_DEADLINE);

        assertThat(mute.closes).hasSize(1);
        assertThat(shop[0].stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void money_that_comes_for_a_payment_that_is_closed_at_the_gateway_too_is_still_recorded() {
        Rig rig = shop(LatePayment.DELIVER);
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        rig.clockwork.advance(PAST_THE_DEADLINE);
        assertThat(gateway.isClosed("cart1_p1")).isTrue();

        assertThat(rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE))).isEqualTo(STORED);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.engine
                        .reads()
                        .checkout(new CheckoutId("cart1"))
                        .orElseThrow()
                        .checkout()
                        .settlingReceipts())
                .hasSize(1);
    }
}
