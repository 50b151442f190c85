package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A supplier that takes no orders is left alone for a growing while, then tried with one at a time. */
class StandstillTest {
    private static final Answer NO = new Answer.Declined(Scope.SUPPLIER, "empty balance");
    private static final Answer ORDER_NO = new Answer.Declined(Scope.ORDER, "wrong number");
    private static final Answer SILENCE = new Answer.Unknown("time-out");
    private static final Duration TRIAL = Duration.ofSeconds(18);

    private final ManualClockwork clockwork = new ManualClockwork(1);
    private final Standstill standstill =
            new Standstill("supplier 'a'", Duration.ofSeconds(1), Duration.ofMinutes(1), TRIAL, clockwork::nanos);

    private boolean mayBegin() {
        return standstill.refusal() == null;
    }

    private void sent(Answer answer) {
        assertThat(mayBegin()).isTrue();
        standstill.answered(answer, clockwork.nanos());
    }

    private void assertPausedFor(Duration pause) {
        clockwork.pause(pause.minusMillis(1));
        assertThat(mayBegin()).as("just before %s are over", pause).isFalse();
        clockwork.pause(Duration.ofMillis(1));
    }

    @Test
    void each_no_doubles_the_pause_up_to_the_longest() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            sent(NO);
            assertPausedFor(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void after_the_pause_one_order_at_a_time_is_tried_until_one_is_taken() {
        sent(NO);
        clockwork.pause(Duration.ofSeconds(1));
        long began = clockwork.nanos();
        assertThat(mayBegin()).isTrue();
        assertThat(mayBegin()).isFalse();
        assertThat(standstill.isOn()).isTrue();
        standstill.answered(ORDER_NO, began);
        assertThat(standstill.isOn()).isFalse();
        assertThat(mayBegin()).isTrue();
        assertThat(mayBegin()).isTrue();
    }

    @Test
    void the_first_no_after_it_went_on_pauses_shortly_again() {
        sent(NO);
        clockwork.pause(Duration.ofSeconds(1));
        sent(NO);
        clockwork.pause(Duration.ofSeconds(2));
        sent(ScriptedSupplier.DELIVERED);
        sent(NO);
        assertPausedFor(Duration.ofSeconds(1));
    }

    @Test
    void what_calls_from_before_say_neither_lengthens_nor_ends_it() {
        long before = clockwork.nanos();
        clockwork.pause(Duration.ofSeconds(1));
        sent(NO);
        for (int i = 0; i < 7; i++) {
            standstill.answered(NO, before);
        }
        standstill.answered(ScriptedSupplier.DELIVERED, before);
        assertPausedFor(Duration.ofSeconds(1));
        standstill.answered(NO, before);
        assertThat(mayBegin()).isTrue();
    }

    @Test
    void an_unclear_trial_decides_nothing_and_waits_as_long_again() {
        sent(NO);
        clockwork.pause(Duration.ofSeconds(1));
        sent(SILENCE);
        assertThat(standstill.isOn()).isTrue();
        assertPausedFor(Duration.ofSeconds(1));
        assertThat(mayBegin()).isTrue();
    }

    @Test
    void a_trial_that_nobody_reports_is_over_after_its_time() {
        sent(NO);
        clockwork.pause(Duration.ofSeconds(1));
        assertThat(mayBegin()).isTrue();
        clockwork.pause(TRIAL.minusMillis(1));
        assertThat(mayBegin()).isFalse();
        clockwork.pause(Duration.ofMillis(1));
        assertThat(mayBegin()).isTrue();
    }

    @Test
    void a_no_in_a_notice_pauses_it_and_a_success_there_ends_nothing() {
        standstill.told(ScriptedSupplier.DELIVERED);
        standstill.told(ORDER_NO);
        assertThat(standstill.isOn()).isFalse();
        standstill.told(NO);
        assertThat(mayBegin()).isFalse();
        standstill.told(ScriptedSupplier.DELIVERED);
        assertThat(standstill.isOn()).isTrue();
    }
}
