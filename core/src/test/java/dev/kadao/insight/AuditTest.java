package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Currency;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each broken promise, planted into an honest history, is reported as what it is and as nothing else. */
class AuditTest {
    private static final Money NONE = Money.zero(Currency.CNY);

    private final Story delivered = Story.of(Route.keys()).paid().taken();
    private final Story waiting = Story.of(Route.keys()).paid().outOfStock();

    @Test
    void honest_histories_pass() {
        passes(delivered);
        passes(waiting);
        passes(Story.of(Route.keys()));
        passes(Story.of(Route.topUp("a")).paid().sent().supplier(Story.delivered()));
        passes(Story.of(Route.keys()).paid("t1", Money.parse("1.00", Currency.CNY)));
    }

    @Test
    void what_persons_decided_passes() {
        passes(Story.of(Route.keys())
                .paid("t1", Money.parse("1.00", Currency.CNY))
                .act(DeskAct.RELEASE)
                .taken());
        passes(Story.of(Route.keys())
                .paid()
                .taken()
                .seen()
                .disputed()
                .act(DeskAct.REFUND)
                .returned()
                .refundSent()
                .refund(new RefundAnswer.Refunded()));
        passes(Story.of(Route.keys()).paid().taken().movedBack("t1", Story.PRICE));
    }

    private static Checkout holding(Story story, Hold hold) {
        return story.checkout().with(hold);
    }

    private static Hold held() {
        return Hold.wished(1, Story.PRICE, Story.START).with(Hold.State.HELD, Story.START);
    }

    @Test
    void a_hold_of_a_delivered_order_passes() {
        assertThat(Audit.check(holding(delivered, held()), entries(delivered))).isEmpty();
    }

    @Test
    void a_hold_released_before_completion_is_reported() {
        Checkout planted = holding(delivered, held().with(Hold.State.RELEASING, Story.START));
        reports(
                planted,
                delivered,
                Invariant.I2,
                "cart42.1",
                "its hold was released 1 times, and completed or decided 0");
    }

    @Test
    void a_hold_released_twice_is_reported() {
        Story done = Story.of(Route.keys()).paid().taken().on(new Event.Confirmed(Story.START, 1));
        Checkout planted = holding(done, held().with(Hold.State.RELEASED, Story.START));
        Entry release = new Entry.EscrowMoved(1, Hold.State.RELEASING);
        assertThat(Audit.check(planted, more(done, release))).isEmpty();
        List<Entry> twice = new ArrayList<>(more(done, release));
        twice.add(release);
        reports(planted, twice, Invariant.I2, "cart42.1", "its hold was released 2 times");
    }

    @Test
    void a_hold_clawed_back_although_nothing_was_refunded_is_reported() {
        Checkout planted = holding(delivered, held().with(Hold.State.CLAWING_BACK, Story.START));
        reports(
                planted,
                delivered,
                Invariant.I2,
                "cart42.1",
                "its hold was clawed back 1 times, and its price given back 0");
    }

    @Test
    void a_hold_clawed_back_from_the_merchant_by_nobodys_decision_is_reported() {
        Checkout planted = holding(delivered, held().with(Hold.State.CLAWED_BACK, Story.START));
        List<Entry> history = new ArrayList<>(more(delivered, new Entry.EscrowMoved(1, Hold.State.RELEASED)));
        history.add(new Entry.EscrowMoved(1, Hold.State.CLAWING_BACK));
        history.add(new Entry.OrderRefunded(1));
        reports(planted, history, Invariant.I2, "cart42.1", "after the merchant had got it, and no person decided so");
    }

    @Test
    void a_hold_left_behind_at_the_end_of_its_order_is_reported() {
        Story done = Story.of(Route.keys()).paid().taken().on(new Event.Confirmed(Story.START, 1));
        reports(holding(done, held()), done, Invariant.I2, "cart42.1", "its hold is HELD although it is COMPLETED");
    }

    @Test
    void a_hold_of_more_than_came_is_reported() {
        Hold more = Hold.wished(1, Story.PRICE.plus(new Money(1, Currency.CNY)), Story.START);
        reports(holding(delivered, more), delivered, Invariant.I2, "cart42.1", "was received");
    }

    @Test
    void surplus_that_is_not_on_its_way_back_is_reported() {
        Checkout planted = withReceipt(delivered.checkout(), Verdict.SURPLUS, Story.PRICE);
        reports(planted, delivered, Invariant.I1, "cart42_p1", "trade number planted is surplus");
    }

    @Test
    void money_that_is_held_for_orders_that_ended_is_reported() {
        Story closed = Story.of(Route.keys());
        Checkout planted = withReceipt(
                closed.checkout().with(1, order -> order.with(Stage.CLOSED, Story.START)), Verdict.SHORT, Story.PRICE);
        reports(planted, closed, Invariant.I1, "cart42_p1", "every order has ended without goods");
    }

    @Test
    void money_of_an_order_that_was_refunded_on_paper_alone_is_reported() {
        Checkout planted = waiting.checkout().with(1, order -> order.with(Stage.REFUNDED, Story.START));
        reports(planted, waiting, Invariant.I1, "cart42", "4900 minor units of CNY are held, 0 belong");
    }

    @Test
    void a_second_exact_payment_that_is_kept_is_reported() {
        Checkout planted = withReceipt(delivered.checkout(), Verdict.MATCHED, Story.PRICE);
        reports(planted, delivered, Invariant.I1, "cart42", "9800 minor units of CNY are held, 4900 belong");
    }

    @Test
    void more_money_back_than_came_is_reported() {
        Checkout planted = withRefund(withRefund(waiting.checkout(), Refund.State.DUE), Refund.State.DUE);
        assertThat(Audit.check(planted, entries(waiting)))
                .extracting(Violation::invariant, Violation::id)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Invariant.I2, "cart42_p1"),
                        org.assertj.core.groups.Tuple.tuple(Invariant.I2, "cart42.1"));
    }

    @Test
    void goods_and_the_full_amount_without_a_persons_decision_are_reported() {
        Checkout planted = withRefund(delivered.checkout(), Refund.State.DONE);
        reports(planted, delivered, Invariant.I2, "cart42.1", "the goods and the full amount");
    }

    @Test
    void keys_handed_over_twice_are_reported() {
        reports(
                delivered.checkout(),
                more(delivered, new Entry.KeysHandedOver(1, null, null)),
                Invariant.I2,
                "cart42.1",
                "handed over 2 times");
    }

    @Test
    void two_dispatches_handed_over_without_a_case_are_reported() {
        Story story = Story.of(Route.topUp("a")).paid().sent().supplier(Story.delivered());
        Entry second = new Entry.DispatchDelivered(1, 2, new Commitment("b".repeat(64)), null);
        reports(story.checkout(), more(story, second), Invariant.I2, "cart42.1", "keys 0, dispatches 2");
    }

    @Test
    void a_replacement_that_nobody_decided_is_reported() {
        reports(
                delivered.checkout(),
                more(delivered, new Entry.KeysReplaced(1, 1, null)),
                Invariant.I2,
                "cart42.1",
                "replaced 1 times, persons decided 0");
    }

    @Test
    void goods_for_money_that_never_came_are_reported() {
        Story unpaid = Story.of(Route.keys());
        Checkout planted = unpaid.checkout().with(1, order -> handedOver(order));
        reports(planted, unpaid, Invariant.I4, "cart42.1", "delivered although no receipt has the exact amount");
    }

    @Test
    void goods_for_a_wrong_amount_that_was_called_exact_are_reported() {
        Checkout unpaid = Story.of(Route.keys()).checkout();
        Checkout planted = withReceipt(
                unpaid.with(1, order -> handedOver(order)), Verdict.MATCHED, Money.parse("0.01", Currency.CNY));
        reports(planted, Story.of(Route.keys()), Invariant.I4, "cart42.1", "CNY 49.00");
    }

    private static Order handedOver(Order order) {
        return order.with(order.keys().with(Keys.State.HANDED_OVER)).with(Stage.DELIVERED, Story.START);
    }

    private static Checkout withReceipt(Checkout checkout, Verdict verdict, Money amount) {
        Payment payment = checkout.payment(1).with(new Receipt("planted", amount, Story.START, verdict, NONE));
        return checkout.with(payment.with(Payment.State.PAID));
    }

    private static Checkout withRefund(Checkout checkout, Refund.State state) {
        return checkout.with(new Refund(
                new RefundId(checkout.id(), checkout.refunds().size() + 1),
                new PaymentId(checkout.id(), 1),
                "t1",
                Story.PRICE,
                1,
                "planted",
                state,
                null,
                Story.START,
                Story.START));
    }

    private static List<Entry> entries(Story story) {
        return story.facts().stream().map(Timeline.Fact::entry).toList();
    }

    private static List<Entry> more(Story story, Entry entry) {
        List<Entry> all = new ArrayList<>(entries(story));
        all.add(entry);
        return all;
    }

    private static void passes(Story story) {
        assertThat(Audit.check(story.checkout(), entries(story))).isEmpty();
    }

    private static void reports(Checkout planted, Story story, Invariant invariant, String id, String sentence) {
        reports(planted, entries(story), invariant, id, sentence);
    }

    private static void reports(
            Checkout planted, List<Entry> history, Invariant invariant, String id, String sentence) {
        List<Violation> found = Audit.check(planted, history);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).invariant()).isEqualTo(invariant);
        assertThat(found.get(0).id()).isEqualTo(id);
        assertThat(found.get(0).sentence()).contains(sentence);
    }
}
