package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.NextEvent;
import dev.kadao.order.Checkout;
import dev.kadao.order.Ladder;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import dev.kadao.order.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What buyers are told to happen next, in every state that the walk reaches: the insight reads the stored schedule by itself,
 * and must come to the time at which the lifecycle really wakes up. What people hand over by hand is theirs.
 */
class NextEventTest {
    private int checked;
    private static final int MOST_SHOWN = 20;
    private static final Set<Stage> WAITING = EnumSet.of(
            Stage.PAID, Stage.RESERVED, Stage.DISPATCHING, Stage.UNCERTAIN, Stage.REPLACING, Stage.DELIVERED);

    @Test
    void what_is_told_to_happen_next_is_what_the_lifecycle_waits_for() {
        List<String> broken = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Placings.all()
                .forEach(placing -> Walk.over(placing, new Walk.Visitor() {
                    @Override
                    public void state(Walk.Reached reached) {
                        String fault = fault(withoutRungs(reached.checkout()));
                        Stage stage = reached.checkout().order(1).stage();
                        if (fault != null
                                && seen.add(stage + fault.replaceAll("\\d.*", ""))
                                && broken.size() < MOST_SHOWN) {
                            broken.add(placing.name() + " " + reached.history() + ": " + fault);
                        }
                        checked++;
                    }

                    @Override
                    public void step(Walk.Reached from, String column, Event event, Verdict verdict) {}
                }));
        assertThat(checked).isGreaterThan(1_000);
        assertThat(broken).isEmpty();
    }

    /** Each rung of the promise is told apart from the schedule, and only if something happens on it. */
    private static Checkout withoutRungs(Checkout checkout) {
        Checkout reached = checkout;
        for (Ladder.Rung rung : Ladder.Rung.values()) {
            Instant from = reached.order(1).paidAt();
            reached = from == null ? reached : reached.with(1, order -> order.reached(rung, from));
        }
        return reached;
    }

    private static @Nullable String fault(Checkout checkout) {
        Order order = checkout.order(1);
        if (order.takenBy() != null
                || order.dueWithPeople() != null
                || !(WAITING.contains(order.stage()) || order.stage() == Stage.REFUNDING)) {
            return null;
        }
        Instant now = checkout.at();
        Instant really = waits(checkout, order)
                .filter(at -> !at.equals(Instant.MAX))
                .min(Instant::compareTo)
                .map(at -> at.isBefore(now) ? now : at)
                .orElse(null);
        NextEvent next = Diagnosis.of(checkout, 1, now).next();
        Instant told = next == null ? null : next.at();
        boolean agrees = really == null ? told == null : really.equals(told);
        return agrees ? null : "told " + next + ", waited for " + really + ", now " + now;
    }

    private static Stream<Instant> waits(Checkout checkout, Order order) {
        Stream<Instant> own = Due.of(checkout, order).stream().map(Due.Wait::at);
        if (order.stage() != Stage.REFUNDING) {
            return own;
        }
        Set<String> refunds = new HashSet<>();
        checkout.refunds().stream()
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .filter(Refund::isOpen)
                .forEach(refund -> refunds.add(Parts.of(refund)));
        Stream<Instant> ofRefunds = Due.waits(checkout, checkout.at()).stream()
                .filter(wait ->
                        wait.effect() != null && refunds.contains(wait.effect().part()))
                .map(Due.Wait::at);
        Stream<Instant> ofCalls = checkout.refunds().stream()
                .filter(refund -> refund.state() == Refund.State.STARTED && refunds.contains(Parts.of(refund)))
                .flatMap(refund -> Stream.ofNullable(refund.started()))
                .map(Started::quietAt);
        return Stream.concat(own, Stream.concat(ofRefunds, ofCalls));
    }
}
