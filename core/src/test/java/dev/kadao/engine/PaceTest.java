package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClockwork clockwork = new ManualClockwork(1);
    private final Pace pace = new Pace(20, clockwork::nanos);

    @Test
    void ten_thousand_at_once_get_turns_apart_and_the_rest_comes_back_one_by_one() {
        List<Duration> turns = new ArrayList<>();
        List<Duration> putOff = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Pace.Turn turn = pace.next();
            (turn.isTaken() ? turns : putOff).add(turn.delay());
        }
        assertThat(turns).hasSize(20).startsWith(Duration.ZERO, Duration.ofMillis(50));
        assertThat(turns).allMatch(delay -> delay.compareTo(SECOND) < 0);
        assertThat(new HashSet<>(putOff)).hasSize(9_980);
        assertThat(putOff.get(0)).isGreaterThan(SECOND);
        assertThat(putOff.get(9_979)).isLessThan(Duration.ofSeconds(501));
    }

    @Test
    void no_second_sees_more_than_the_rate_however_they_come() {
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            clockwork.pause(Duration.ofMillis(i % 3 == 0 ? 170 : 1));
            Pace.Turn turn = pace.next();
            if (turn.isTaken()) {
                asked.add(clockwork.nanos() + turn.delay().toNanos());
            }
        }
        assertThat(asked).hasSizeGreaterThan(1_000).isSorted();
        for (int i = 20; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 20)).isGreaterThanOrEqualTo(SECOND.toNanos());
        }
    }

    @Test
    void one_alone_waits_for_nothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(pace.next()).isEqualTo(new Pace.Turn(true, Duration.ZERO));
            clockwork.pause(SECOND);
        }
    }
}
