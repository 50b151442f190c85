package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.Audit;
import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a checkout, in whatever order: between any two steps the audit finds nothing. */
class AuditOfRandomHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("kadao.histories", 300);
    private static final int STEPS = 25;

    static Stream<Placings> placings() {
        return Placings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("placings")
    void no_state_of_any_history_is_a_violation(Placings placing) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int seed = 0; seed < HISTORIES; seed++) {
            tell(placing, new Random(seed), found);
        }
        assertThat(found.values()).isEmpty();
    }

    /** Lets random events happen, and keeps the shortest history of each kind of violation. */
    private static void tell(Placings placing, Random random, Map<String, String> found) {
        Checkout checkout = placing.placed();
        List<Entry> history = new ArrayList<>(placing.place().entries());
        List<String> told = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            List<Map.Entry<String, Event>> columns =
                    List.copyOf(Samples.everythingOf(placing, checkout).entrySet());
            Map.Entry<String, Event> column = columns.get(random.nextInt(columns.size()));
            if (!isPossible(checkout, column.getKey())
                    || !(Lifecycle.decide(checkout, column.getValue()) instanceof Verdict.Moved moved)) {
                continue;
            }
            checkout = moved.after();
            history.addAll(moved.entries());
            told.add(column.getKey());
            for (Violation violation : Audit.check(checkout, history)) {
                String kind = violation.invariant() + violation.sentence().replaceAll("[0-9]", "");
                String text = violation + " after " + told;
                found.merge(kind, text, (one, other) -> other.length() < one.length() ? other : one);
            }
        }
    }

    /** No stock is asked about a top-up, and none gives back keys as seen that the buyer never had. */
    private static boolean isPossible(Checkout checkout, String column) {
        if (column.contains("keys returned, seen")) {
            return checkout.orders().stream().allMatch(order -> order.keys().state() == Keys.State.HANDED_OVER);
        }
        boolean ofStock = column.contains("keys") || column.contains("stock");
        return !ofStock || checkout.order(1).route().givesKeys();
    }
}
