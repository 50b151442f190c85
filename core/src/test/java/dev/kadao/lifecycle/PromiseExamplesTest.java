package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Message;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the promise to the buyer brings about, one idea each. */
class PromiseExamplesTest {
    private static final Answer ACCEPTED = new Answer.Accepted("s1", null);

    private static Story waitingForStock() {
        return Story.paid(LadderPage.keys()).stock(1, new StockAnswer.OutOfStock());
    }

    private static List<Rung> reached(Verdict verdict) {
        return entries(verdict).stream()
                .filter(Entry.RungReached.class::isInstance)
                .map(entry -> ((Entry.RungReached) entry).rung())
                .toList();
    }

    private static List<Entry> entries(Verdict verdict) {
        return verdict instanceof Verdict.Moved moved ? moved.entries() : List.of();
    }

    private static Verdict timeComes(Story story, Duration later) {
        story.wait(later);
        return story.decide(new Event.TimeCame(story.now()));
    }

    private static List<Message.Kind> messages(Story story) {
        return story.checkout().messages().stream().map(Message::kind).toList();
    }

    @Test
    void what_was_missed_in_a_long_stop_is_made_up_for_in_one_step() {
        Story story = waitingForStock();

        Verdict verdict = timeComes(story, Duration.ofDays(1));

        assertThat(reached(verdict)).containsExactly(Rung.LATE, Rung.REDISPATCH, Rung.ESCALATE);
        assertThat(messages(story)).containsExactly(Message.Kind.PAID, Message.Kind.LATE);
        assertThat(story.openCases()).containsExactly(Case.Kind.LATE);
        assertThat(story.stage())
                .as("the stock is asked before the money goes back")
                .isEqualTo(Stage.PAID);
        assertThat(story.pending()).contains(new Effect.TakeKeys(1));
        assertThat(reached(timeComes(story, Duration.ofSeconds(59)))).isEmpty();
        assertThat(reached(timeComes(story, Duration.ofSeconds(1)))).containsExactly(Rung.END);
        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
    }

    @Test
    void no_rung_is_reached_twice_wherever_the_clock_is_set() {
        Story story = waitingForStock();
        timeComes(story, LadderPage.LATE);

        assertThat(reached(timeComes(story, Duration.ofMinutes(-10)))).isEmpty();
        assertThat(reached(timeComes(story, Duration.ofMinutes(10)))).isEmpty();
    }

    @Test
    void a_replacement_that_was_decided_has_a_promise_of_its_own() {
        Story story = waitingForStock();
        timeComes(story, LadderPage.ESCALATE);
        story.taken().acted(Event.DeskAct.REPLACE).stock(1, new StockAnswer.OutOfStock());
        Instant from = story.now();

        assertThat(reached(timeComes(story, LadderPage.LATE.minusSeconds(1)))).isEmpty();
        Verdict late = timeComes(story, Duration.ofSeconds(1));

        assertThat(entries(late)).contains(new Entry.RungReached(1, Rung.LATE, from));
        assertThat(messages(story).stream().filter(kind -> kind == Message.Kind.LATE))
                .hasSize(2);
    }

    @Test
    void a_sku_may_have_a_promise_of_its_own() {
        Terms.Sla own = new Terms.Sla(Duration.ofHours(5), Duration.ofHours(6), Duration.ofHours(7));
        Map<String, SupplierTerms> suppliers = Map.of("a", LadderPage.queryable());
        Story story = Story.paid(LadderPage.placing(Route.topUp("a").within(own), suppliers, LadderPage.END))
                .send()
                .sent(ACCEPTED);

        assertThat(reached(timeComes(story, Duration.ofHours(5).minusSeconds(1))))
                .isEmpty();
        assertThat(reached(timeComes(story, Duration.ofSeconds(1)))).containsExactly(Rung.LATE);
        assertThat(reached(timeComes(story, Duration.ofHours(2).minusSeconds(1))))
                .containsExactly(Rung.REDISPATCH);
        assertThat(reached(timeComes(story, Duration.ofSeconds(1)))).containsExactly(Rung.ESCALATE);
    }

    @Test
    void that_an_order_is_late_makes_no_screen_of_an_operator_stale_and_that_a_case_is_opened_does() {
        Story story = waitingForStock();
        int version = story.order(1).changes();

        timeComes(story, LadderPage.REDISPATCH);
        assertThat(story.order(1).changes()).isEqualTo(version);
        timeComes(story, LadderPage.ESCALATE);
        assertThat(story.order(1).changes()).isGreaterThan(version);
    }

    @Test
    void what_waits_for_a_supplier_to_settle_is_not_asked_about_before() {
        Duration settle = LadderPage.ESCALATE;
        Guarantee.Asking slow = new Guarantee.Asking(
                settle, false, List.of(Duration.ofMinutes(1)), Duration.ofDays(1), Duration.ofDays(1));
        SupplierTerms supplier =
                new SupplierTerms(new Guarantee.Queryable(slow), Duration.ofSeconds(3), Duration.ofDays(1));
        Story story = Story.paid(LadderPage.topUp(supplier)).send();
        Instant settled = story.now().plus(settle);
        story.sent(new Answer.Unknown("silence"));

        assertThat(reached(timeComes(story, LadderPage.REDISPATCH))).contains(Rung.REDISPATCH);

        assertThat(Due.waits(story.checkout(), story.now()))
                .filteredOn(wait -> wait.effect() instanceof Effect.QueryDispatch)
                .singleElement()
                .satisfies(wait -> assertThat(wait.at()).isEqualTo(settled));
    }

    @Test
    void an_order_that_an_operator_has_taken_is_left_alone_until_it_is_given_back() {
        Story story = waitingForStock().acted(Event.DeskAct.TAKE);

        assertThat(reached(timeComes(story, Duration.ofDays(1)))).isEmpty();
        story.acted(Event.DeskAct.GIVE_BACK);
        assertThat(reached(timeComes(story, Duration.ZERO))).contains(Rung.ESCALATE);
    }

    @Test
    void a_case_that_a_complaint_has_opened_gets_the_evidence_and_no_second_one_beside_it() {
        Story story = waitingForStock().wait(LadderPage.LATE);
        story.decide(new Event.Complained(story.now(), 1));
        assertThat(story.openCases()).containsExactly(Case.Kind.LATE);

        timeComes(story, LadderPage.ESCALATE);

        assertThat(story.openCases()).containsExactly(Case.Kind.LATE);
        assertThat(story.checkout().caseNumber(1).evidence()).hasSize(2);
    }

    @Test
    void a_supplier_that_cannot_be_asked_and_said_that_it_works_on_it_has_given_a_sign_of_life() {
        SupplierTerms once = new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofSeconds(3), Duration.ofDays(1));
        Story story = Story.paid(LadderPage.topUp(once)).send().sent(ACCEPTED);

        timeComes(story, LadderPage.ESCALATE);

        assertThat(story.openCases()).containsExactly(Case.Kind.LATE);
    }

    @Test
    void what_may_have_been_handed_over_is_never_refunded_by_time() {
        Story story =
                Story.paid(LadderPage.topUp(LadderPage.queryable())).send().sent(new Answer.Unknown("silence"));
        timeComes(story, LadderPage.ESCALATE);

        assertThat(reached(timeComes(story, LadderPage.END))).containsExactly(Rung.END_WAITS);

        assertThat(story.stage()).isEqualTo(Stage.UNCERTAIN);
        assertThat(story.checkout().refunds()).isEmpty();
        assertThat(Objects.requireNonNull(story.checkout().openCase(Case.Kind.STUCK, "cart42.1"))
                        .evidence())
                .hasSize(2);
    }

    @Test
    void a_shop_cannot_refund_before_a_person_was_told() {
        assertThatThrownBy(() -> LadderPage.placing(Route.keys(), Map.of(), Duration.ofMinutes(59)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("PT59M")
                .hasMessageContaining("PT1H");
    }

    @Test
    void keys_handed_over_in_the_paying_step_are_told_of_in_one_message() {
        Story story = Story.paid(LadderPage.keys()).taken();

        assertThat(messages(story)).containsExactly(Message.Kind.DELIVERED);
    }

    @Test
    void too_little_money_needs_the_buyer_and_any_other_hold_a_person() {
        Money little = new Money(100, Placings.PRICE.currency());
        Money much = new Money(100_000, Placings.PRICE.currency());

        assertThat(messages(Story.of(LadderPage.keys()).pay("t1", little))).containsExactly(Message.Kind.NEEDS_YOU);
        assertThat(messages(Story.of(LadderPage.keys()).pay("t1", much))).containsExactly(Message.Kind.ON_HOLD);
    }

    @Test
    void what_is_overtaken_by_later_news_is_not_told_any_more() {
        Story story = waitingForStock();
        timeComes(story, LadderPage.LATE);
        story.taken();

        assertThat(story.checkout().messages())
                .filteredOn(message -> message.state() == Message.State.DUE)
                .extracting(Message::kind)
                .containsExactly(Message.Kind.DELIVERED);
    }

    @Test
    void a_buyer_who_complains_for_hours_leaves_room_for_news() {
        Story story = Story.paid(LadderPage.keys()).taken();
        for (int i = 0; i < 300; i++) {
            story.checkout().messages().stream()
                    .filter(message -> message.state() == Message.State.DUE)
                    .forEach(due -> story.decide(
                            new Event.MessageTold(story.now(), due.number(), Event.MessageTold.Telling.TOLD)));
            story.wait(Duration.ofMinutes(2));
            story.decide(new Event.Complained(story.now(), 1));
        }
        assertThat(story.checkout().messages()).hasSize(1 + Terms.USUAL_RESENDS);

        story.acted(Event.DeskAct.REFUND).returned(1);
        story.sendRefund(1).refundSaid(1, new dev.kadao.port.PaymentGateway.RefundAnswer.Refunded());

        assertThat(messages(story)).endsWith(Message.Kind.REFUNDED);
    }
}
