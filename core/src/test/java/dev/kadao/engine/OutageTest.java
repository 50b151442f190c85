package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log names a trouble at first and then at growing gaps. */
class OutageTest {
    private long nanos = Long.MAX_VALUE - Duration.ofHours(10).toNanos();
    private final Outage outage = new Outage(() -> nanos);

    private void pass(Duration span) {
        nanos += span.toNanos();
    }

    /** After how many minutes it is named, if it fails each minute. */
    private List<Integer> named(int minutes) {
        List<Integer> named = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            if (outage.failed()) {
                named.add(minute);
            }
            pass(Duration.ofMinutes(1));
        }
        return named;
    }

    @Test
    void what_fails_each_minute_is_named_at_doubling_gaps() {
        assertThat(named(80)).containsExactly(0, 5, 15, 35, 75);
    }

    @Test
    void what_fails_for_weeks_is_named_daily() {
        named(14 * 24 * 60);
        assertThat(named(3 * 24 * 60)).hasSize(3);
    }

    @Test
    void what_is_tried_seldom_is_named_at_growing_gaps_too() {
        List<Boolean> named = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            named.add(outage.failed());
            pass(Duration.ofMinutes(10));
        }
        assertThat(named).containsExactly(true, true, true, false, true, false, false);
    }

    @Test
    void that_it_works_again_is_said_once_and_only_if_the_outage_was_named() {
        assertThat(outage.worked()).isFalse();
        outage.failed();
        assertThat(outage.worked()).isTrue();
        assertThat(outage.worked()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(outage.failed()).isFalse();
        assertThat(outage.worked()).isFalse();
    }

    @Test
    void one_that_worked_for_an_hour_is_a_new_trouble_and_named_at_once() {
        named(14 * 24 * 60);
        outage.worked();
        pass(Outage.STEADY);
        assertThat(outage.failed()).isTrue();
        pass(Outage.FIRST_GAP);
        assertThat(outage.failed()).isTrue();
    }

    @Test
    void one_that_fails_every_other_time_is_named_as_seldom_as_one_that_always_does() {
        int named = 0;
        for (int minute = 0; minute < 80; minute++) {
            named += outage.failed() ? 1 : 0;
            outage.worked();
            pass(Duration.ofMinutes(1));
        }
        assertThat(named).isEqualTo(5);
    }
}
