package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The breaker is told exactly once per call, and nothing of calls that began in another state. */
class BreakerTest {
    private final ManualClockwork clockwork = new ManualClockwork(1);
    private final Breaker breaker = new Breaker("a", clockwork.breakerClock(), clockwork::nanos);

    private Breaker.Permit permit() {
        Breaker.Permit permit = breaker.tryAcquire();
        assertThat(permit).isNotNull();
        return permit;
    }

    private void open() {
        for (int i = 0; i < 10; i++) {
            permit().failure();
        }
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void ten_failures_stop_calling_and_two_successes_after_the_wait_resume_it() {
        open();
        assertThat(breaker.tryAcquire()).isNull();
        clockwork.advance(Duration.ofSeconds(6));
        Breaker.Permit first = permit();
        Breaker.Permit second = permit();
        assertThat(breaker.tryAcquire()).isNull();
        first.success();
        second.success();
        assertThat(breaker.tryAcquire()).isNotNull();
    }

    @Test
    void a_late_success_of_a_call_begun_before_does_not_close_a_half_open_breaker() {
        List<Breaker.Permit> slow = new ArrayList<>(List.of(permit(), permit(), permit()));
        open();
        clockwork.advance(Duration.ofSeconds(6));
        Breaker.Permit trial = permit();
        slow.forEach(Breaker.Permit::success);
        trial.failure();
        permit().failure();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void a_released_trial_leaves_room_for_another_one() {
        open();
        clockwork.advance(Duration.ofSeconds(6));
        for (int i = 0; i < 10; i++) {
            permit().release();
        }
        permit().success();
        permit().success();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void a_permit_counts_once_however_often_it_is_ended() {
        Breaker.Permit permit = permit();
        for (int i = 0; i < 20; i++) {
            permit.failure();
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void trial_calls_that_never_report_do_not_keep_it_shut_and_say_nothing_later() {
        open();
        clockwork.advance(Duration.ofSeconds(6));
        List<Breaker.Permit> lost = List.of(permit(), permit());
        clockwork.advance(Duration.ofSeconds(29));
        assertThat(breaker.tryAcquire()).isNull();

        clockwork.advance(Duration.ofSeconds(2));
        assertThat(breaker.tryAcquire())
                .as("half-open for 30 s at most, then open again")
                .isNull();
        clockwork.advance(Duration.ofSeconds(6));
        Breaker.Permit trial = permit();
        lost.forEach(Breaker.Permit::success);
        trial.failure();
        permit().failure();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void a_trial_that_fails_opens_it_for_the_whole_wait_again() {
        open();
        clockwork.advance(Duration.ofSeconds(6));
        permit().failure();
        permit().success();
        assertThat(breaker.isOpen()).isTrue();
        clockwork.advance(Duration.ofSeconds(4));
        assertThat(breaker.tryAcquire()).isNull();
        clockwork.advance(Duration.ofSeconds(2));
        permit();
    }
}
