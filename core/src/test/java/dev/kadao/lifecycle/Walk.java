package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Walks breadth-first through everything that can happen to a placing, and shows each step to a visitor. */
final class Walk {
    private static final int MOST_RECEIPTS = 2;
    private static final int MOST_REFUNDS = 2;
    private static final int MOST_DISPATCHES = 2;

    /** One reached state and how: the columns since placing. */
    record Reached(Placings placing, Checkout checkout, List<String> history) {}

    /** Sees every (state, column, event, verdict) of the walk. */
    interface Visitor {
        void step(Reached from, String column, Event event, Verdict verdict);
    }

    private Walk() {}

    /** Walks until nothing new is found; fails when more states than {@code most} turn up. */
    static Map<String, Reached> over(
            Placings placing,
            BiFunction<Placings, Checkout, Map<String, Event>> columns,
            int most,
            @Nullable Visitor visitor) {
        Map<String, Reached> seen = new HashMap<>();
        Map<String, Reached> bySituation = new LinkedHashMap<>();
        Deque<Reached> open = new ArrayDeque<>();
        Reached start = new Reached(placing, placing.placed(), List.of("placed"));
        seen.put(Situation.keyOf(start.checkout()), start);
        open.add(start);
        while (!open.isEmpty()) {
            Reached from = open.remove();
            bySituation.putIfAbsent(Situation.nameOf(placing, from.checkout()), from);
            for (Map.Entry<String, Event> column :
                    columns.apply(placing, from.checkout()).entrySet()) {
                Verdict verdict = Lifecycle.decide(from.checkout(), column.getValue());
                if (visitor != null) {
                    visitor.step(from, column.getKey(), column.getValue(), verdict);
                }
                if (verdict instanceof Verdict.Moved moved && isWithinCaps(from.checkout(), moved.after())) {
                    Reached to = new Reached(placing, moved.after(), append(from.history(), column.getKey()));
                    if (seen.putIfAbsent(Situation.keyOf(to.checkout()), to) == null) {
                        open.add(to);
                    }
                }
            }
            if (seen.size() > most) {
                throw new AssertionError("the walk from " + placing.name() + " found more than " + most + " states");
            }
        }
        return bySituation;
    }

    private static List<String> append(List<String> history, String column) {
        List<String> longer = new java.util.ArrayList<>(history);
        longer.add(column);
        return List.copyOf(longer);
    }

    /** An order that an operator has taken is looked at, and walked on from only when it is given back. */
    private static boolean isWithinCaps(Checkout before, Checkout checkout) {
        boolean wasTaken = before.orders().stream().anyMatch(o -> o.takenBy() != null);
        boolean isTaken = checkout.orders().stream().anyMatch(o -> o.takenBy() != null);
        if (wasTaken && isTaken) {
            return false;
        }
        int receipts =
                checkout.payments().stream().mapToInt(p -> p.receipts().size()).sum();
        int dispatches = checkout.orders().stream()
                .mapToInt(o -> o.dispatches().size())
                .max()
                .orElse(0);
        int replacements = checkout.orders().stream()
                .mapToInt(o -> o.keys().replacement())
                .max()
                .orElse(0);
        return receipts <= MOST_RECEIPTS
                && checkout.refunds().size() <= MOST_REFUNDS
                && dispatches <= MOST_DISPATCHES
                && replacements <= 1;
    }
}
