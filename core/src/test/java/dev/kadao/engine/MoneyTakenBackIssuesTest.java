package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.engine.TroubledStore.Trouble;
import dev.kadao.order.Case;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money that goes back without us: somebody refunds at the gateway's console, or a bank charges it back. */
class MoneyTakenBackIssuesTest {
    private static final Predicate<Step> INTENT =
            step -> step instanceof Step.OfCheckout of && of.claim() instanceof Step.Claim.Hold;
    private static final Duration A_WHILE = Duration.ofMinutes(5);
    private static final Money TEN = Money.parse("10.00", Currency.CNY);
    private static final Money REST = Money.parse("39.00", Currency.CNY);

    private final BookGateway gateway = new BookGateway();
    private final Rig rig = Rig.at(gateway, LatePayment.DELIVER);

    @AfterEach
    void never_more_went_back_than_came() {
        gateway.trades.values().forEach(trade -> assertThat(trade.left()).isNotNegative());
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void takeBack(Money amount) {
        InboundNotice notice = gateway.moveBack("t1", amount);
        for (int i = 0; i < 2; i++) {
            assertThat(rig.receive(notice)).isEqualTo(STORED);
        }
        rig.clockwork.advance(A_WHILE);
    }

    private void paid(Route route, int stock) {
        rig.stock("sku", stock);
        rig.place("cart1", route);
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
    }

    private void completed() {
        paid(Route.keys(), 1);
        rig.engine.confirm(OrderId.parse("cart1.1"));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void a_console_refund_before_the_delivery_ends_the_order_without_goods() {
        paid(Route.keys(), 0);
        takeBack(Rig.PRICE);

        rig.inventory.importKeys("sku", List.of(Secret.of("late-key")));
        rig.engine.stockArrived("sku");
        rig.clockwork.advance(Duration.ofHours(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.inventory.stock("sku").free()).isOne();
        assertThat(gateway.refunds).isEmpty();
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void a_console_refund_after_the_delivery_is_a_conflict_for_a_person() {
        paid(Route.keys(), 1);
        takeBack(Rig.PRICE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(gateway.refunds).isEmpty();
    }

    @Test
    void a_charge_back_after_completed_leaves_the_stage_and_opens_one_case() {
        completed();
        takeBack(Rig.PRICE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(rig.checkout("cart1").cases()).hasSize(1);
    }

    @Test
    void a_charge_back_weeks_after_completed_is_still_recorded() {
        completed();
        rig.pass(Duration.ofDays(60));
        takeBack(Rig.PRICE);

        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
    }

    @Test
    void a_partial_console_refund_after_the_delivery_is_a_conflict_too() {
        paid(Route.keys(), 1);
        takeBack(TEN);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(rig.checkout("cart1").payment(1).receipts().get(0).movedBack())
                .isEqualTo(TEN);
    }

    @Test
    void a_partial_charge_back_after_completed_is_a_conflict_too() {
        completed();
        takeBack(TEN);
        takeBack(REST);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        assertThat(rig.openCases("cart1")).containsOnly(Case.Kind.CONFLICT);
        assertThat(rig.checkout("cart1").payment(1).receipts().get(0).movedBack())
                .isEqualTo(Rig.PRICE);
    }

    @Test
    void after_a_partial_console_refund_of_what_waits_for_stock_only_the_rest_is_sent_back() {
        paid(Route.keys(), 0);
        takeBack(TEN);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);

        rig.clockwork.advance(Duration.ofHours(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunds)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(REST));
    }

    @Test
    void partial_console_refunds_that_add_up_to_everything_end_the_order_without_goods() {
        paid(Route.keys(), 0);
        takeBack(TEN);
        takeBack(REST);
        rig.clockwork.advance(Duration.ofHours(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunds).isEmpty();
    }

    @Test
    void a_console_refund_while_the_supplier_is_asked_sends_nothing_more_and_settles_what_was_sent() {
        ScriptedSupplier supplier = (ScriptedSupplier) rig.supplier;
        supplier.onSend.add(() -> new Answer.Unknown("time-out"));
        supplier.onAsk.add(() -> new Answer.Declined(Dispatcher.Scope.ORDER, "never came"));
        paid(Route.topUp("a"), 0);
        takeBack(Rig.PRICE);
        rig.clockwork.advance(Duration.ofHours(1));

        assertThat(supplier.sent).hasSize(1);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunds).isEmpty();
    }

    @Test
    void a_console_refund_of_what_turns_out_to_be_delivered_is_a_conflict() {
        ScriptedSupplier supplier = (ScriptedSupplier) rig.supplier;
        supplier.onSend.add(() -> new Answer.Unknown("time-out"));
        paid(Route.topUp("a"), 0);
        takeBack(Rig.PRICE);
        rig.clockwork.advance(Duration.ofHours(1));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).contains(Case.Kind.CONFLICT);
    }

    @Test
    void a_console_refund_that_overtakes_our_own_is_not_paid_back_twice() {
        paid(Route.keys(), 0);
        rig.store.trouble(Trouble.STALE, 50, INTENT);
        rig.act("cart1", 1, "REFUND");
        assertThat(rig.checkout("cart1").refund(1).isUnsent()).isTrue();

        takeBack(Rig.PRICE);
        rig.store.heal();
        rig.clockwork.advance(Duration.ofHours(1));

        assertThat(gateway.refunds).isEmpty();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
    }

    @Test
    void a_partial_console_refund_that_overtakes_our_own_leaves_the_rest_to_be_sent() {
        paid(Route.keys(), 0);
        rig.store.trouble(Trouble.STALE, 50, INTENT);
        rig.act("cart1", 1, "REFUND");

        takeBack(TEN);
        rig.store.heal();
        rig.clockwork.advance(Duration.ofHours(1));

        assertThat(gateway.refunds)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(REST));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
    }

    /** What the gateway says went back includes what we sent back ourselves: that is no console refund. */
    @Test
    void the_gateways_word_of_our_own_refund_is_no_conflict() {
        paid(Route.keys(), 0);
        rig.act("cart1", 1, "REFUND");
        rig.clockwork.advance(A_WHILE);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);

        takeBack(Money.zero(Currency.CNY));

        assertThat(rig.openCases("cart1")).isEmpty();
        assertThat(rig.checkout("cart1").payment(1).receipts().get(0).movedBack())
                .isEqualTo(Money.zero(Currency.CNY));
    }

    @Test
    void of_a_cart_whose_one_order_we_refunded_a_console_refund_of_the_rest_is_seen() {
        rig.stock("sku", 1);
        rig.place("cart1", Rig.line("sku", REST, Route.keys()), Rig.line("none", TEN, Route.keys()));
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        rig.clockwork.advance(Duration.ofHours(2));
        assertThat(gateway.refunds).hasSize(1);
        assertThat(rig.checkout("cart1").order(2).stage()).isEqualTo(Stage.REFUNDED);

        takeBack(REST);

        assertThat(rig.checkout("cart1").order(1).stage()).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
    }

    @Test
    void a_console_refund_of_a_surplus_that_we_are_about_to_give_back_goes_back_once() {
        paid(Route.keys(), 1);
        rig.store.trouble(Trouble.STALE, 50, INTENT);
        rig.receive(gateway.pay("cart1_p1", "t2", Rig.PRICE));
        assertThat(rig.checkout("cart1").refund(1).isUnsent()).isTrue();

        rig.receive(gateway.moveBack("t2", Rig.PRICE));
        rig.store.heal();
        rig.clockwork.advance(Duration.ofHours(1));

        assertThat(gateway.refunds).isEmpty();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void a_charge_back_that_overtakes_its_own_payment_notice_delivers_nothing() {
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        InboundNotice paid = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        takeBack(Rig.PRICE);

        assertThat(rig.receive(paid)).isEqualTo(STORED);
        rig.clockwork.advance(Duration.ofHours(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.inventory.stock("sku").sold()).isZero();
        assertThat(gateway.refunds).isEmpty();
    }
}
