package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneyExamplesTest {
    private static final Money FULL = Placings.PRICE;
    private static final Money SHORT = cny(4800);

    private static Money cny(long minorUnits) {
        return new Money(minorUnits, Currency.CNY);
    }

    @Test
    void a_late_payment_is_delivered() {
        Story story = Story.of(Placings.keys()).closeUnpaid();
        assertThat(story.stage()).isEqualTo(Stage.CLOSED);

        story.pay("t1", FULL).taken();

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_late_payment_without_stock_goes_back_at_once() {
        Story story = Story.of(Placings.keys()).closeUnpaid().pay("t1", FULL).stock(1, new StockAnswer.OutOfStock());

        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
    }

    @Test
    void a_payment_that_its_gateway_has_never_heard_of_is_closed_once_it_can_surely_not_be_paid_any_more() {
        Story story = Story.of(Placings.keys());
        Terms terms = story.checkout().terms();
        story.wait(terms.paymentDeadline()).closeSaid(new CloseAnswer.NotFound());
        assertThat(story.checkout().payment(1).isWatched())
                .as("at its deadline")
                .isTrue();

        story.wait(terms.closeGrace()).closeSaid(new CloseAnswer.NotFound());

        assertThat(story.checkout().payment(1).state()).isEqualTo(Payment.State.CLOSED);
        assertThat(story.pay("t1", FULL).taken().stage())
                .as("paid all the same")
                .isEqualTo(Stage.DELIVERED);
    }

    @Test
    void two_payments_both_paid_refund_the_second_once() {
        Story story = Story.of(Placings.keys()).wantPayment().pay(1, "t1", FULL).taken();

        story.pay(2, "t2", FULL).pay(2, "t2", FULL);

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(story.checkout().refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.tradeNumber()).isEqualTo("t2");
            assertThat(refund.amount()).isEqualTo(FULL);
        });
    }

    @Test
    void a_short_payment_then_the_full_one_settles_and_the_short_one_goes_back() {
        Story story = Story.of(Placings.keys()).pay("t1", SHORT);
        assertThat(story.stage()).isEqualTo(Stage.ON_HOLD);
        assertThat(story.openCases()).containsExactly(Case.Kind.SHORT);

        story.pay("t2", FULL);

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.openCases()).isEmpty();
        assertThat(story.checkout().refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.tradeNumber()).isEqualTo("t1");
            assertThat(refund.amount()).isEqualTo(SHORT);
        });
    }

    @Test
    void a_payment_that_was_given_back_in_part_before_anybody_saw_it_is_paid_and_a_person_is_told() {
        Story story = Story.of(Placings.keys());
        story.decide(new Event.MoneySaid(Placings.START, 1, new PaymentWord.MovedBack("t1", cny(100), FULL), true));

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
        story.pay("t1", FULL).taken();
        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
    }

    @Test
    void what_one_short_payment_brought_is_kept_in_sight_when_another_one_moves_back() {
        Story story =
                Story.of(Placings.keys()).pay("t1", SHORT).pay("t2", SHORT).movedBack("t1", SHORT);

        assertThat(story.stage()).isEqualTo(Stage.ON_HOLD);

        story.acted(DeskAct.REFUND);

        assertThat(story.checkout().refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.tradeNumber()).isEqualTo("t2");
            assertThat(refund.amount()).isEqualTo(SHORT);
        });
    }

    @Test
    void an_operators_release_is_a_waiver_and_the_order_is_paid() {
        Story story = Story.of(Placings.keys()).pay("t1", SHORT).acted(DeskAct.RELEASE);

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.checkout().settlingReceipts())
                .extracting(Receipt::verdict)
                .containsExactly(Receipt.Verdict.WAIVED);
    }

    @Test
    void the_second_order_of_a_cart_stays_in_sight_when_the_first_is_released() {
        Story story = Story.of(Placings.twoOrders()).pay("t1", SHORT);

        story.act(DeskAct.RELEASE, 1);

        assertThat(story.order(2).stage()).isEqualTo(Stage.ON_HOLD);
        assertThat(story.openCases()).containsExactly(Case.Kind.SHORT);
    }

    @Test
    void shares_of_a_wrong_amount_over_several_orders_add_up_exactly() {
        Story story = Story.of(Placings.twoOrders()).pay("t1", cny(4801));

        story.act(DeskAct.REFUND, 1);
        story.act(DeskAct.REFUND, 2);

        assertThat(story.checkout().refunds())
                .extracting(refund -> refund.amount().minorUnits())
                .containsExactly(2400L, 2401L);
    }

    @Test
    void a_cent_that_is_too_little_to_share_goes_back_with_the_last_order() {
        Story story = Story.of(Placings.twoOrders()).pay("t1", cny(1));

        story.act(DeskAct.REFUND, 1);
        assertThat(story.checkout().refunds()).isEmpty();
        story.act(DeskAct.REFUND, 2);

        assertThat(story.checkout().refunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(cny(1)));
    }

    @Test
    void a_partial_move_by_the_gateway_leaves_the_rest_to_be_refunded() {
        Story story = Story.paid(Placings.keys()).acted(DeskAct.REFUND).movedBack("t1", cny(100));

        story.returned(1);

        assertThat(story.checkout().refunds())
                .filteredOn(Refund::isOpen)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(cny(4800)));
    }

    @Test
    void keys_come_back_before_the_money_goes() {
        Story story = Story.paid(Placings.keys()).taken().acted(DeskAct.REFUND);
        assertThat(story.checkout().refund(1).state()).isEqualTo(Refund.State.WISHED);

        story.returned(1);

        assertThat(story.checkout().refund(1).state()).isEqualTo(Refund.State.DUE);
    }

    @Test
    void a_declined_refund_goes_to_a_person_who_can_try_it_again() {
        Story story =
                Story.paid(Placings.keys()).acted(DeskAct.REFUND).returned(1).sendRefund(1);
        story.refundSaid(1, new RefundAnswer.Declined("balance"));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);
        assertThat(story.openCases()).contains(Case.Kind.PARKED, Case.Kind.REFUND_DECLINED);

        story.acted(DeskAct.REFUND).sendRefund(2).refundSaid(2, new RefundAnswer.Refunded());

        assertThat(story.stage()).isEqualTo(Stage.REFUNDED);
    }

    @Test
    void what_was_never_paid_in_full_is_not_sent_on_by_a_retry() {
        Story story = Story.of(Placings.queryableFinal()).pay("t1", SHORT).acted(DeskAct.REFUND);
        story.sendRefund(1).refundSaid(1, new RefundAnswer.Declined("balance"));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        assertThat(story.act(DeskAct.RETRY, 1)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void the_case_of_a_parked_order_is_not_closed_by_hand() {
        Story story = Story.paid(Placings.atMostOnce()).send().sent(new dev.kadao.port.Dispatcher.Answer.Unknown("?"));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        Verdict verdict = story.decide(new Event.Acted(
                story.now(), "a1", "d", DeskAct.CLOSE_CASE, 0, 1, 0, "op", Placings.commitment('d'), null));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    private static Event readAnew(Story story, Money was, Money is) {
        return new Event.NoticeReadAnew(
                story.now(),
                1,
                new PaymentWord.Paid("t1", was),
                new PaymentWord.Paid("t1", is),
                "op",
                Placings.commitment('f'));
    }

    @Test
    void an_amount_that_was_misread_is_put_right_and_settles() {
        Story story = Story.of(Placings.keys()).pay("t1", SHORT);

        story.decide(readAnew(story, SHORT, FULL));

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.openCases()).isEmpty();
        assertThat(story.checkout().refunds()).isEmpty();
        assertThat(story.checkout().payment(1).receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.amount()).isEqualTo(FULL);
            assertThat(receipt.verdict()).isEqualTo(Receipt.Verdict.MATCHED);
        });
        assertThat(story.checkout().caseNumber(1).evidence())
                .last()
                .isEqualTo(
                        new Case.Evidence("read anew by op: CNY 49.00 came, not CNY 48.00", Placings.commitment('f')));
        assertThat(story.decide(readAnew(story, SHORT, FULL))).isInstanceOf(Verdict.Repeated.class);
    }

    @Test
    void an_amount_about_which_a_person_has_decided_is_not_put_right_behind_their_back() {
        Story story = Story.of(Placings.keys()).pay("t1", SHORT).acted(DeskAct.RELEASE);

        story.decide(readAnew(story, SHORT, FULL));

        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
        assertThat(story.checkout().settlingReceipts())
                .extracting(Receipt::amount)
                .containsExactly(SHORT);
    }

    @Test
    void what_a_statement_says_otherwise_is_told_once_even_after_its_case_was_closed() {
        Story story = Story.paid(Placings.keys());
        Event differs = new Event.StatementDiffered(story.now(), 1, null, "t1", "it says 48");

        story.decide(differs);
        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
        story.decide(new Event.Acted(
                story.now(), "a1", "d", DeskAct.CLOSE_CASE, 0, 1, 0, "op", Placings.commitment('d'), null));

        assertThat(story.decide(differs)).isInstanceOf(Verdict.Repeated.class);
        assertThat(story.openCases()).isEmpty();
        story.decide(new Event.StatementDiffered(story.now(), 1, null, "t1", "it says 47"));
        assertThat(story.openCases()).containsExactly(Case.Kind.CONFLICT);
    }

    /** A supplier's notice has said no while its send is unanswered, and the gateway has given the money back early. */
    @Test
    void money_that_is_back_before_the_last_send_is_quiet_still_ends_the_order() {
        Placings placing = Placings.queryableFinal();
        Checkout checkout = placing.placed();
        for (String column : List.of(
                "paid in full", "dispatch intended", "told: declined order", "refund 1: done there, unsent here")) {
            Event event = Samples.everythingOf(placing, checkout).get(column);
            assertThat(event).as(column).isNotNull();
            Verdict.Moved moved = (Verdict.Moved) Lifecycle.decide(checkout, event);
            checkout = moved.after();
        }
        assertThat(checkout.order(1).stage()).isEqualTo(Stage.REFUNDING);

        Instant quiet = checkout.order(1).dispatches().get(0).started().quietAt();
        assertThat(Lifecycle.nextDue(checkout)).isEqualTo(quiet);
        Verdict.Moved ended = (Verdict.Moved) Lifecycle.decide(checkout, new Event.TimeCame(quiet));
        assertThat(ended.after().order(1).stage()).isEqualTo(Stage.REFUNDED);
    }

    @Test
    void goods_marked_as_delivered_while_wrong_amounts_went_back_leave_a_case_about_each_amount() {
        Story story =
                Story.of(Placings.keys()).wantPayment().pay(1, "t1", cny(5900)).pay(2, "t2", cny(1000));
        story.acted(DeskAct.REFUND);
        for (int tries = 0; story.stage() == Stage.REFUNDING && tries < 300; tries++) {
            story.wait(Duration.ofDays(1)).due().stock(1, new StockAnswer.NotTried("the stock is away"));
        }
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        story.act(DeskAct.MARK_DELIVERED, 1, Placings.commitment('e'));

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(Rules.ofState(story.checkout())).isEmpty();
        assertThat(story.checkout().cases())
                .filteredOn(Case::isOpen)
                .extracting(Case::kind, Case::subject)
                .contains(tuple(Case.Kind.OVER, "t1"), tuple(Case.Kind.SHORT, "t2"));
    }

    @Test
    void what_went_back_and_is_no_sum_of_our_refunds_is_told_while_ours_are_not_known() {
        Story story = Story.paid(Placings.keys()).acted(DeskAct.REFUND).returned(1);
        story.sendRefund(1).refundSaid(1, new RefundAnswer.Unknown("silence"));

        story.movedBack("t1", FULL);
        assertThat(story.openCases()).as("it may be ours").doesNotContain(Case.Kind.CONFLICT);

        story.movedBack("t1", cny(2));
        assertThat(story.openCases()).contains(Case.Kind.CONFLICT);
    }
}
