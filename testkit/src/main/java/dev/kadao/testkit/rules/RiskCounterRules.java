package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskCounters.TakeAnswer;
import dev.kadao.port.RiskCounters.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all risk counters must do, one at a time and thirty at once. */
public interface RiskCounterRules {
    /** How many come at the same time. */
    int CROWD = 30;

    /** How many of them get through. */
    int PLACES = 20;

    /** Long enough for every test. */
    Duration LONG = Duration.ofMinutes(30);

    RiskBench bench();

    private static Ticket ticket(String key, String holder, int limit) {
        return new Ticket(key, holder, 1, limit, LONG, false);
    }

    private TakeAnswer take(Ticket... tickets) {
        return bench().counters().take(List.of(tickets));
    }

    private static long taken(List<TakeAnswer> answers) {
        return answers.stream().filter(TakeAnswer.Taken.class::isInstance).count();
    }

    @Test
    default void of_thirty_takers_at_once_exactly_as_many_get_through_as_there_are_places() {
        for (String key : List.of("ip.first", "ip.second", "ip.third")) {
            List<TakeAnswer> answers = Together.run(
                    CROWD, number -> bench().handle(number).take(List.of(ticket(key, "cart" + number, PLACES))));
            assertThat(answers).filteredOn(TakeAnswer.Taken.class::isInstance).hasSize(PLACES);
            assertThat(answers).filteredOn(new TakeAnswer.Full(key)::equals).hasSize(CROWD - PLACES);
        }
    }

    @Test
    default void takers_of_the_same_two_keys_in_either_order_never_stop_each_other() {
        List<TakeAnswer> answers = Together.run(CROWD, number -> {
            Ticket ip = ticket("ip.a", "cart" + number, PLACES);
            Ticket account = ticket("account.a", "cart" + number, CROWD);
            return bench().handle(number).take(number % 3 == 0 ? List.of(ip, account) : List.of(account, ip));
        });
        assertThat(taken(answers)).isEqualTo(PLACES);
        assertThat(answers).filteredOn(new TakeAnswer.Full("ip.a")::equals).hasSize(CROWD - PLACES);
        assertThat(take(new Ticket("account.a", "more", CROWD - PLACES, CROWD, LONG, false)))
                .as("those who were turned away hold nothing under the other key")
                .isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("account.a", "one_more", CROWD))).isEqualTo(new TakeAnswer.Full("account.a"));
    }

    @Test
    default void a_full_second_key_leaves_nothing_of_the_first() {
        take(ticket("b", "cart0", 1));
        assertThat(take(ticket("a", "cart1", 1), ticket("b", "cart1", 1))).isEqualTo(new TakeAnswer.Full("b"));
        assertThat(take(ticket("a", "cart2", 1))).isEqualTo(new TakeAnswer.Taken());
    }

    @Test
    default void who_takes_again_is_counted_once_and_never_turned_away() {
        assertThat(take(ticket("ip.a", "cart1", 2))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart1", 2))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart2", 2))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart1", 2)))
                .as("at the limit, and again")
                .isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart3", 2))).isEqualTo(new TakeAnswer.Full("ip.a"));
    }

    @Test
    default void one_holder_from_many_threads_has_one_place() {
        List<TakeAnswer> answers =
                Together.run(CROWD, number -> bench().handle(number).take(List.of(ticket("ip.a", "cart1", 2))));
        assertThat(answers).containsOnly(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart2", 2))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart3", 2))).isEqualTo(new TakeAnswer.Full("ip.a"));
    }

    @Test
    default void weights_are_added_up_and_one_that_does_not_fit_leaves_room_for_a_smaller_one() {
        assertThat(take(new Ticket("ip.a", "cart1", 12, 20, LONG, true))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(new Ticket("ip.a", "cart2", 9, 20, LONG, true))).isEqualTo(new TakeAnswer.Full("ip.a"));
        assertThat(take(new Ticket("ip.a", "cart3", 8, 20, LONG, true))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(new Ticket("ip.b", "cart4", 21, 20, LONG, true))).isEqualTo(new TakeAnswer.Full("ip.b"));
    }

    @Test
    default void a_place_lapses_at_its_time_and_can_be_had_again_also_by_its_holder() {
        Duration second = Duration.ofSeconds(1);
        take(new Ticket("ip.a", "cart1", 1, 1, second, true));
        bench().letPass().accept(second);
        assertThat(take(new Ticket("ip.a", "cart2", 1, 1, second, true))).isEqualTo(new TakeAnswer.Taken());
        bench().letPass().accept(second);
        assertThat(take(ticket("ip.a", "cart1", 1))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart2", 1)))
                .as("what lapsed is no repetition")
                .isEqualTo(new TakeAnswer.Full("ip.a"));
    }

    @Test
    default void taking_again_keeps_the_place_until_the_later_of_both_times() {
        Duration second = Duration.ofSeconds(1);
        take(new Ticket("burst.a", "account1", 1, 1, second, false));
        take(ticket("burst.a", "account1", 1));
        take(new Ticket("burst.a", "account1", 1, 1, second, false));
        bench().letPass().accept(second);
        assertThat(take(ticket("burst.a", "account2", 1))).isEqualTo(new TakeAnswer.Full("burst.a"));
    }

    @Test
    default void releasing_ends_what_was_had_only_while_open_and_cancelling_ends_all() {
        RiskCounters counters = bench().counters();
        Ticket open = new Ticket("open.a", "cart1", 1, 1, LONG, true);
        Ticket window = new Ticket("minute.a", "cart1", 1, 1, LONG, false);
        counters.take(List.of(open, window));

        bench().other().release("cart1");
        bench().other().release("cart1");
        assertThat(take(ticket("minute.a", "cart2", 1))).isEqualTo(new TakeAnswer.Full("minute.a"));
        assertThat(take(new Ticket("open.a", "cart2", 1, 1, LONG, true))).isEqualTo(new TakeAnswer.Taken());

        counters.cancel("cart1");
        counters.cancel("nobody");
        assertThat(take(ticket("minute.a", "cart2", 1))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(new Ticket("open.a", "cart3", 1, 1, LONG, true)))
                .as("only that holder's places ended")
                .isEqualTo(new TakeAnswer.Full("open.a"));
    }

    @Test
    default void who_takes_more_than_before_needs_room_for_what_is_more() {
        take(new Ticket("ip.a", "cart1", 1, 10, LONG, true));
        take(new Ticket("ip.a", "cart2", 2, 10, LONG, true));
        assertThat(take(new Ticket("ip.a", "cart1", 9, 10, LONG, true))).isEqualTo(new TakeAnswer.Full("ip.a"));
        assertThat(take(new Ticket("ip.a", "cart1", 8, 10, LONG, true))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(new Ticket("ip.a", "cart1", 3, 10, LONG, true)))
                .as("less than before is no news, and frees nothing")
                .isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("ip.a", "cart3", 10))).isEqualTo(new TakeAnswer.Full("ip.a"));
    }

    @Test
    default void a_prolonged_place_lasts_longer_and_neither_a_window_nor_what_lapsed_does() {
        Duration second = Duration.ofSeconds(1);
        take(new Ticket("open.a", "cart1", 1, 1, second, true), new Ticket("minute.a", "cart1", 1, 1, second, false));
        take(new Ticket("open.b", "cart2", 1, 1, second, true));
        bench().other().prolong("cart1", LONG);
        bench().other().prolong("cart1", second);
        bench().other().prolong("nobody", LONG);
        bench().letPass().accept(second);
        bench().other().prolong("cart2", LONG);

        assertThat(take(ticket("open.a", "cart3", 1))).isEqualTo(new TakeAnswer.Full("open.a"));
        assertThat(take(ticket("minute.a", "cart3", 1))).isEqualTo(new TakeAnswer.Taken());
        assertThat(take(ticket("open.b", "cart3", 1))).isEqualTo(new TakeAnswer.Taken());
        bench().counters().release("cart1");
        assertThat(take(ticket("open.a", "cart3", 1))).isEqualTo(new TakeAnswer.Taken());
    }

    @Test
    default void places_stay_exact_while_many_lapsed_ones_are_cleared_away() {
        Duration second = Duration.ofSeconds(1);
        IntStream.range(0, 300)
                .forEach(number -> take(new Ticket("old." + number, "cart" + number, 1, 1, second, true)));
        bench().letPass().accept(second);
        List<TakeAnswer> answers = Together.run(CROWD, number -> {
            for (int i = 0; i < 20; i++) {
                bench().handle(number).take(List.of(new Ticket("own." + number, "x" + i, 1, 20, LONG, false)));
            }
            return bench().handle(number).take(List.of(ticket("ip.a", "cart" + number, PLACES)));
        });
        assertThat(taken(answers)).isEqualTo(PLACES);
        assertThat(answers).filteredOn(new TakeAnswer.Full("ip.a")::equals).hasSize(CROWD - PLACES);
    }
}
