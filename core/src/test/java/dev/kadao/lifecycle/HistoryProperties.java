package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Long random histories of a cart with everything that can come: the rules hold after every event. */
class HistoryProperties {

    @Property(tries = 1_000)
    void every_history_of_a_mixed_cart_keeps_the_rules(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9_999) Integer> choices) {
        checkHistory(Placings.mixedCart(), choices);
    }

    @Property(tries = 1_000)
    void every_history_of_two_orders_of_keys_keeps_the_rules(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9_999) Integer> choices) {
        checkHistory(Placings.twoOrders(), choices);
    }

    @Property(tries = 1_000)
    void every_history_of_a_cart_that_is_compensated_keeps_the_rules(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9_999) Integer> choices) {
        checkHistory(Placings.compensatedCart(), choices);
    }

    @Property(tries = 200)
    void every_history_ends_by_time_alone(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9_999) Integer> choices,
            @ForAll DueChain.World world) {
        Placings placing = Placings.mixedCart();
        List<String> history = new ArrayList<>();
        Checkout end = play(placing, choices, history);
        assertThat(DueChain.follow(placing, world, end)).as("after %s", history).isNull();
    }

    private static void checkHistory(Placings placing, List<Integer> choices) {
        play(placing, choices, new ArrayList<>());
    }

    /** Plays the chosen columns: the walk's own columns twice as often as the rare ones. */
    private static Checkout play(Placings placing, List<Integer> choices, List<String> history) {
        Checkout checkout = placing.placed();
        for (int choice : choices) {
            Map<String, Event> columns =
                    choice % 3 == 0 ? Samples.everythingOf(placing, checkout) : Samples.of(placing, checkout);
            List<String> names = List.copyOf(columns.keySet());
            String column = names.get(choice / 3 % names.size());
            Event event = columns.get(column);
            Verdict verdict = Lifecycle.decide(checkout, event);
            history.add(column);
            assertThat(Rules.ofStep(checkout, event, verdict))
                    .as("after %s", history)
                    .isEmpty();
            if (verdict instanceof Verdict.Moved moved) {
                checkout = moved.after();
            }
        }
        return checkout;
    }
}
