package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Guarantee;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often a supplier is asked about one order: at its own gaps at first, and never more than 200 times in 24 hours. */
class QuestionBudgetTest {
    private static final int MOST_A_DAY = 200;
    private static final Duration DAY = Duration.ofDays(1);
    /** A supplier that is asked every second for three days, if nothing bounds it. */
    private static final Guarantee EVERY_SECOND = new Guarantee.Queryable(new Guarantee.Asking(
            Duration.ofSeconds(5), false, List.of(Duration.ofSeconds(1)), Duration.ofDays(3), Duration.ofDays(3)));

    private static Placings everySecond() {
        Placings usual = Placings.idempotent();
        return new Placings(
                "every second",
                Placings.Focus.GOODS,
                List.of(Route.topUp("a")),
                Map.of("a", Placings.supplier(EVERY_SECOND)),
                usual.terms(),
                usual.gateway(),
                true,
                1);
    }

    private static TopUp unclear() {
        return TopUp.sent(everySecond()).wait(Duration.ofSeconds(1)).reported(1, Outcomes.UNKNOWN);
    }

    /** When it is asked, until a person has it; every minute the buyer complains, if at all. */
    private static List<Instant> questions(TopUp play, Answer answer, boolean complains) {
        List<Instant> asked = new ArrayList<>();
        Instant nextComplaint = play.now();
        while (play.order().stage() == Stage.UNCERTAIN || play.order().stage() == Stage.DISPATCHING) {
            if (play.pending().stream().anyMatch(Effect.QueryDispatch.class::isInstance)) {
                asked.add(play.now());
                play.told(1, answer);
            } else if (complains && play.now().isBefore(play.order().paidAt().plus(DAY))) {
                nextComplaint = nextComplaint.plusSeconds(61);
                play.until(nextComplaint).timeComes().complain();
            } else if (!play.due()) {
                break;
            }
        }
        return asked;
    }

    private static void assertBounded(List<Instant> asked) {
        int first = 0;
        for (int last = 0; last < asked.size(); last++) {
            while (!asked.get(last).isBefore(asked.get(first).plus(DAY))) {
                first++;
            }
            assertThat(last - first + 1)
                    .as("questions in the 24 hours before " + asked.get(last))
                    .isLessThanOrEqualTo(MOST_A_DAY);
        }
    }

    @Test
    void no_day_of_an_unclear_dispatch_sees_more_than_200_questions() {
        List<Instant> asked = questions(unclear(), Outcomes.UNKNOWN, false);
        assertBounded(asked);
        assertThat(asked).hasSizeGreaterThan(300);
    }

    @Test
    void a_buyer_who_complains_every_minute_brings_about_no_more_of_them() {
        List<Instant> asked = questions(unclear(), Outcomes.UNKNOWN, true);
        assertBounded(asked);
        assertThat(asked).hasSizeGreaterThan(150);
    }

    @Test
    void a_supplier_that_does_not_know_it_or_works_on_it_for_ever_is_asked_as_seldom() {
        assertBounded(questions(unclear(), Outcomes.NOT_FOUND, false));
        assertBounded(questions(unclear(), Outcomes.ACCEPTED, true));
    }

    @Test
    void the_first_questions_keep_the_suppliers_own_gaps() {
        List<Instant> asked = questions(unclear(), Outcomes.UNKNOWN, false);
        assertThat(Duration.between(asked.get(0), asked.get(98))).isEqualTo(Duration.ofSeconds(98));
        assertThat(Duration.between(asked.get(100), asked.get(101))).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void notices_that_say_it_is_processing_do_not_keep_it_from_being_asked_about() {
        TopUp play = unclear();
        for (int notice = 0; notice < 300; notice++) {
            play.wait(Duration.ofSeconds(1)).told(1, Outcomes.ACCEPTED);
        }
        Instant last = play.now();
        assertThat(play.due()).isTrue();
        assertThat(play.now()).isBefore(last.plus(Duration.ofMinutes(15)));
        assertThat(play.pending()).containsExactly(new Effect.QueryDispatch(1, 1));
    }

    @Test
    void a_question_that_is_put_off_is_no_try_and_keeps_what_is_known() {
        TopUp play = unclear().wait(Duration.ofSeconds(10)).told(1, Outcomes.NOT_FOUND);
        Attempt before = play.checkout().schedule().of("o1");
        int asked = play.checkout().schedule().of("q1").count();
        Instant until = play.now().plusSeconds(400);

        play.mark().putOff(until);

        assertThat(play.entries()).isEmpty();
        assertThat(play.checkout().schedule().of("o1"))
                .isEqualTo(new Attempt(before.count(), until, before.missingSince(), before.alive()));
        assertThat(play.checkout().schedule().of("q1").count()).isEqualTo(asked);
        assertThat(play.pending()).isEmpty();
        assertThat(play.until(until).pending()).containsExactly(new Effect.QueryDispatch(1, 1));
    }

    @Test
    void what_is_over_is_not_put_off() {
        TopUp play = unclear().told(1, Outcomes.DELIVERED);
        var schedule = play.checkout().schedule();
        play.putOff(play.now().plusSeconds(9));
        assertThat(play.checkout().schedule()).isEqualTo(schedule);
    }
}
