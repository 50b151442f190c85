package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Case;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shop's policy for what is owed for too long, where something may still be handed over at that time. */
class EndOfPromiseTest {
    private static final Answer ACCEPTED = new Answer.Accepted("s1", null);
    private static final Answer SILENCE = new Answer.Unknown("silence");
    private static final Answer NO = new Answer.Declined(Scope.ORDER, "sold out");
    private static final Answer EMPTY = new Answer.Declined(Scope.SUPPLIER, "empty");

    private static SupplierTerms asked(boolean notFoundIsFinal) {
        Duration days = Duration.ofDays(3);
        List<Duration> gaps = List.of(Duration.ofMinutes(50));
        return new SupplierTerms(
                new Guarantee.Queryable(new Guarantee.Asking(Duration.ofSeconds(5), notFoundIsFinal, gaps, days, days)),
                Duration.ofSeconds(3),
                days);
    }

    /** Sent to the first of two suppliers, which answered so, and a person was told. */
    private static Story chain(SupplierTerms terms, Answer answer) {
        Placings placing = LadderPage.placing(Route.topUp("a", "b"), Map.of("a", terms, "b", terms), LadderPage.END);
        return Story.paid(placing).send().sent(answer).wait(LadderPage.ESCALATE);
    }

    /** The end has come, and found it open. */
    private static Story waiting(Answer answer) {
        return ended(chain(asked(false), answer));
    }

    private static Story ended(Story story) {
        story.decide(new Event.TimeCame(story.now()));
        story.wait(LadderPage.END).decide(new Event.TimeCame(story.now()));
        assertThat(story.order(1).hasReached(Rung.END_WAITS)).isTrue();
        assertThat(story.order(1).hasReached(Rung.END)).isFalse();
        return story;
    }

    private static void refundsOnce(Story story) {
        assertThat(story.stage()).isEqualTo(Stage.REFUNDING);
        assertThat(story.order(1).hasReached(Rung.END)).isTrue();
        assertThat(story.checkout().refunds()).hasSize(1);
        assertThat(story.pending()).noneMatch(Effect.DispatchGoods.class::isInstance);
        story.wait(Duration.ofDays(1)).decide(new Event.TimeCame(story.now()));
        story.told(1, NO).told(1, EMPTY);
        assertThat(story.checkout().refunds()).hasSize(1);
    }

    private static void refundsNothing(Story story) {
        story.wait(Duration.ofDays(1)).decide(new Event.TimeCame(story.now()));
        assertThat(story.order(1).hasReached(Rung.END)).isFalse();
        assertThat(story.checkout().refunds()).isEmpty();
    }

    @Test
    void a_definite_no_after_the_end_refunds_in_the_same_step_and_goes_to_no_other_supplier() {
        refundsOnce(waiting(ACCEPTED).told(1, NO));
        refundsOnce(waiting(SILENCE).told(1, NO));
        refundsOnce(waiting(SILENCE).told(1, EMPTY));
    }

    @Test
    void a_person_is_told_once_that_it_waits() {
        Story story = waiting(SILENCE);
        int told = story.checkout().caseNumber(1).evidence().size();

        for (int i = 0; i < 5; i++) {
            story.wait(Duration.ofHours(2)).decide(new Event.TimeCame(story.now()));
            story.told(1, SILENCE);
        }

        assertThat(told).isEqualTo(2);
        assertThat(story.checkout().caseNumber(1).evidence()).hasSize(told);
        assertThat(story.openCases()).containsExactly(Case.Kind.STUCK);
        refundsNothing(story);
    }

    @Test
    void what_its_supplier_does_not_know_refunds_only_if_that_is_declared_to_be_final() {
        refundsOnce(ended(chain(asked(true), SILENCE)).told(1, new Answer.NotFound()));
        refundsNothing(waiting(SILENCE).told(1, new Answer.NotFound()));
    }

    @Test
    void what_comes_after_the_end_is_the_buyers_and_no_money_goes_back() {
        Story story = waiting(ACCEPTED).told(1, Story.delivered());

        assertThat(story.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(story.openCases()).isEmpty();
        refundsNothing(story);
    }

    @Test
    void a_call_that_is_under_way_at_the_end_is_waited_for() {
        Story story = chain(asked(false), EMPTY);
        story.decide(new Event.TimeCame(story.now()));
        story.wait(LadderPage.END.minus(LadderPage.ESCALATE).minusSeconds(1)).send();
        story.wait(Duration.ofSeconds(1)).decide(new Event.TimeCame(story.now()));
        assertThat(story.order(1).hasReached(Rung.END_WAITS)).isTrue();

        refundsOnce(story.sent(new Answer.NotSent("refused")));
    }

    @Test
    void a_no_by_notice_waits_until_the_send_is_surely_over() {
        Story story = chain(asked(false), EMPTY);
        story.decide(new Event.TimeCame(story.now()));
        story.wait(LadderPage.END.minus(LadderPage.ESCALATE).minusSeconds(1)).send();
        story.wait(Duration.ofSeconds(1)).decide(new Event.TimeCame(story.now()));

        story.told(2, NO);

        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.checkout().refunds()).isEmpty();
        assertThat(story.pending()).noneMatch(Effect.DispatchGoods.class::isInstance);
        Instant quiet = story.last().started().quietAt();
        assertThat(Due.of(story.checkout(), story.order(1)))
                .contains(new Due.Wait(quiet, null))
                .noneMatch(wait -> wait.at().isBefore(quiet));
        story.wait(Duration.between(story.now(), quiet)).decide(new Event.TimeCame(quiet));
        refundsOnce(story);
    }

    @Test
    void what_went_to_a_person_since_is_the_persons() {
        Story story = waiting(ACCEPTED);
        story.wait(Duration.ofDays(3)).decide(new Event.TimeCame(story.now()));
        assertThat(story.stage()).isEqualTo(Stage.PARKED);

        story.told(1, NO);

        assertThat(story.stage()).isEqualTo(Stage.PARKED);
        assertThat(story.openCases()).contains(Case.Kind.PARKED);
        refundsNothing(story);
    }

    @Test
    void what_a_person_has_taken_is_ended_when_it_is_given_back() {
        Story story = waiting(ACCEPTED).acted(Event.DeskAct.TAKE).told(1, EMPTY);
        assertThat(story.stage()).isEqualTo(Stage.PAID);
        refundsNothing(story);

        refundsOnce(story.acted(Event.DeskAct.GIVE_BACK));
    }

    @Test
    void what_a_person_tries_again_after_the_end_is_tried_and_not_refunded_by_time() {
        Story open = waiting(SILENCE).acted(Event.DeskAct.RETRY).told(1, EMPTY);
        open.decide(new Event.TimeCame(open.now()));
        assertThat(open.stage()).isEqualTo(Stage.PAID);
        assertThat(open.checkout().refunds()).isEmpty();

        Story parked = chain(asked(false), new Answer.Partial(0, "no proof", List.of()));
        parked.wait(LadderPage.END).told(1, NO).acted(Event.DeskAct.RETRY);
        parked.decide(new Event.TimeCame(parked.now()));
        parked.wait(Duration.ofMinutes(2)).decide(new Event.TimeCame(parked.now()));
        assertThat(parked.stage()).isEqualTo(Stage.PAID);
        assertThat(parked.checkout().refunds()).isEmpty();
        assertThat(parked.pending()).anyMatch(Effect.DispatchGoods.class::isInstance);
    }

    @Test
    void keys_that_are_replaced_wait_for_a_person_for_ever() {
        Story story = Story.paid(LadderPage.keys()).taken().acted(Event.DeskAct.REPLACE);
        story.stock(1, new StockAnswer.OutOfStock()).wait(LadderPage.ESCALATE);

        ended(story);

        assertThat(story.stage()).isEqualTo(Stage.REPLACING);
        refundsNothing(story);
    }

    /** Everything that can happen to such an order: the rules hold, and what can be ended is ended or soon due. */
    @Test
    void every_state_on_the_way_keeps_the_rules() {
        List<String> broken = new ArrayList<>();
        Walk.over(Placings.ending(), new Walk.Visitor() {
            @Override
            public void state(Walk.Reached reached) {
                Order order = reached.checkout().order(1);
                if (!order.hasReached(Rung.END_WAITS) && !order.hasReached(Rung.END)) {
                    return;
                }
                for (DueChain.World world : DueChain.World.values()) {
                    String fault = DueChain.follow(reached.placing(), world, reached.checkout());
                    if (fault != null) {
                        broken.add(reached.history() + ": " + fault);
                    }
                }
            }

            @Override
            public void step(Walk.Reached from, String column, Event event, Verdict verdict) {
                List<String> found = Rules.ofStep(from.checkout(), event, verdict);
                if (verdict instanceof Verdict.Moved moved) {
                    found.addAll(ofTheEnd(from.checkout().order(1), moved));
                }
                found.forEach(rule -> broken.add(from.history() + " + " + column + ": " + rule));
            }
        });
        assertThat(broken).isEmpty();
    }

    private static List<String> ofTheEnd(Order before, Verdict.Moved moved) {
        List<String> broken = new ArrayList<>();
        Order after = moved.after().order(1);
        for (Entry entry : moved.entries()) {
            if (entry instanceof Entry.RungReached reached && before.hasReached(reached.rung())) {
                broken.add(reached.rung() + " was reached before");
            }
            boolean sends = entry instanceof Entry.DispatchStarted started
                    && before.dispatches().stream().allMatch(EndOfPromiseTest::isADefiniteNo);
            if (sends && before.hasReached(Rung.END_WAITS) && !before.hasReached(Rung.END)) {
                broken.add("goes to a supplier anew, although it is to end");
            }
        }
        boolean waits = after.hasReached(Rung.END_WAITS) && !after.hasReached(Rung.END) && after.takenBy() == null;
        Instant now = moved.after().at();
        if (waits
                && after.stage() == Stage.PAID
                && after.dispatches().stream().allMatch(past -> isADefiniteNo(past) && past.isQuiet(now))) {
            broken.add("is settled, and did not end");
        }
        boolean mayCome = after.dispatches().stream().anyMatch(past -> past.isOpen());
        boolean ended = after.hasReached(Rung.END) && !before.hasReached(Rung.END);
        if (ended && mayCome && after.stage() == Stage.REFUNDING) {
            broken.add("ended although a dispatch may still deliver");
        }
        return broken;
    }

    private static boolean isADefiniteNo(Dispatch dispatch) {
        return dispatch.state() == Dispatch.State.DECLINED || dispatch.state() == Dispatch.State.UNAVAILABLE;
    }
}
