package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks breadth-first through everything that can happen to a placing, and shows each step to a visitor. */
final class Walk {
    private static final int MOST_RECEIPTS = 2;
    private static final int MOST_REFUNDS = 2;
    private static final int MOST_STATES = 5_000;

    /** One reached state and how: the columns since placing. */
    record Reached(Placings placing, Checkout checkout, List<String> history) {}

    /** Sees every state and every step of the walk. */
    interface Visitor {
        void state(Reached reached);

        void step(Reached from, String column, Event event, Verdict verdict);
    }

    private Walk() {}

    /** The first state of each situation, in the order in which they are reached. */
    static Map<String, Reached> over(Placings placing, Visitor visitor) {
        Set<String> seen = new HashSet<>();
        Map<String, Reached> bySituation = new LinkedHashMap<>();
        Deque<Reached> open = new ArrayDeque<>();
        Reached start = new Reached(placing, placing.placed(), List.of("placed"));
        seen.add(Situation.keyOf(placing, start.checkout()));
        open.add(start);
        while (!open.isEmpty()) {
            Reached from = open.remove();
            bySituation.putIfAbsent(Situation.rowOf(placing, from.checkout()), from);
            visitor.state(from);
            Samples.of(placing, from.checkout()).forEach((column, event) -> {
                Verdict verdict = Lifecycle.decide(from.checkout(), event);
                visitor.step(from, column, event, verdict);
                if (verdict instanceof Verdict.Moved moved
                        && isWithinCaps(placing, from.checkout(), moved.after())
                        && seen.add(Situation.keyOf(placing, moved.after()))) {
                    open.add(new Reached(placing, moved.after(), append(from.history(), column)));
                }
            });
            if (seen.size() > MOST_STATES) {
                throw new AssertionError(
                        "the walk of " + placing.name() + " found more than " + MOST_STATES + " states");
            }
        }
        return bySituation;
    }

    private static List<String> append(List<String> history, String column) {
        List<String> longer = new ArrayList<>(history);
        longer.add(column);
        return List.copyOf(longer);
    }

    /** An order that an operator has taken is looked at, and walked on from only when it is given back. */
    private static boolean isWithinCaps(Placings placing, Checkout before, Checkout checkout) {
        boolean goods = placing.focus() == Placings.Focus.GOODS;
        if (isTaken(before) && isTaken(checkout)) {
            return false;
        }
        int receipts = checkout.payments().stream()
                .mapToInt(payment -> payment.receipts().size())
                .sum();
        return receipts <= MOST_RECEIPTS
                && checkout.refunds().size() - checkout.compensated().size() <= (goods ? 1 : MOST_REFUNDS)
                && checkout.orders().stream()
                        .allMatch(order -> order.dispatches().size() <= placing.mostDispatches())
                && checkout.orders().stream().allMatch(order -> order.keys().replacement() <= 1);
    }

    private static boolean isTaken(Checkout checkout) {
        return checkout.orders().stream().anyMatch(order -> order.takenBy() != null);
    }
}
