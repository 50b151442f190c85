package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guarded calls on real threads: what hangs, hangs alone. */
class AdapterTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final SystemClockwork clockwork = new SystemClockwork();
    private final Adapter adapter = new Adapter("supplier 'a'", clockwork, 2, 4);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger interruptions = new AtomicInteger();

    @AfterEach
    void close() {
        release.countDown();
        clockwork.close(Duration.ofSeconds(5));
    }

    private List<Reply<String>> call(Adapter caller, java.util.concurrent.Callable<String> work, Duration longestWait) {
        List<Reply<String>> replies = new CopyOnWriteArrayList<>();
        Adapter.Ticket ticket = (Adapter.Ticket) caller.enter();
        ticket.call(new GuardedCall.Order<>("test", LIMIT, longestWait, work, answer -> false, replies::add));
        return replies;
    }

    /** Ignores being interrupted, as bad adapters do. */
    private String stubborn() {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException ignoredAsBadAdaptersDo) {
                interruptions.incrementAndGet();
            }
        }
        return "late";
    }

    @Test
    void a_call_past_its_limit_is_overdue_interrupted_once_and_its_late_answer_still_told() {
        List<Reply<String>> replies = call(adapter, this::stubborn, LONG);
        await().atMost(LONG).until(() -> interruptions.get() == 1 && !replies.isEmpty());
        assertThat(replies).containsExactly(new Reply.Overdue<>(LIMIT));

        release.countDown();
        await().atMost(LONG).until(() -> replies.size() == 2);
        assertThat(replies.get(1)).isEqualTo(new Reply.Answered<>("late", true));
        assertThat(interruptions).hasValue(1);
    }

    @Test
    void when_all_slots_hang_the_adapter_is_paused_and_goes_on_when_one_returns() {
        Adapter other = new Adapter("supplier 'b'", clockwork, 2, 4);
        call(adapter, this::stubborn, LONG);
        call(adapter, this::stubborn, LONG);
        await().atMost(LONG).until(adapter::isPaused);
        assertThat(adapter.enter()).isInstanceOf(Adapter.Shut.class);

        List<Reply<String>> elsewhere = call(other, () -> "fine", LONG);
        await().atMost(LONG).until(() -> !elsewhere.isEmpty());
        assertThat(elsewhere).containsExactly(new Reply.Answered<>("fine", false));

        release.countDown();
        await().atMost(LONG).until(() -> !adapter.isPaused());
        List<Reply<String>> again = call(adapter, () -> "back", LONG);
        await().atMost(LONG).until(() -> !again.isEmpty());
        assertThat(again).containsExactly(new Reply.Answered<>("back", false));
    }

    @Test
    void a_call_that_finds_no_slot_in_time_was_never_begun() {
        call(adapter, this::stubborn, LONG);
        call(adapter, this::stubborn, LONG);
        AtomicInteger begun = new AtomicInteger();
        List<Reply<String>> replies = call(
                adapter,
                () -> {
                    begun.incrementAndGet();
                    return "never";
                },
                Duration.ofMillis(50));
        await().atMost(LONG).until(() -> !replies.isEmpty());
        assertThat(replies).containsExactly(new Reply.NotBegun<>());
        release.countDown();
        await().atMost(LONG).until(() -> !adapter.isPaused());
        assertThat(begun).hasValue(0);
    }

    @Test
    void more_calls_than_may_wait_are_shut_out() {
        for (int i = 0; i < 6; i++) {
            call(adapter, this::stubborn, LONG);
        }
        assertThat(adapter.enter()).isInstanceOf(Adapter.Shut.class);
    }

    @Test
    void whatever_is_thrown_is_told_and_counted() {
        List<Reply<String>> replies = call(
                adapter,
                () -> {
                    throw new LinkageError("no such class");
                },
                LONG);
        await().atMost(LONG).until(() -> !replies.isEmpty());
        assertThat(replies).containsExactly(new Reply.Threw<>("LinkageError"));
        assertThat(adapter.thrown()).isOne();
    }

    @Test
    void a_read_is_tried_twice_and_not_three_times() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        String answer = adapter.twice(
                        () -> tries.incrementAndGet() < 3 ? "unknown" : "known",
                        Duration.ofMinutes(1),
                        "unknown"::equals)
                .call();
        assertThat(answer).isEqualTo("unknown");
        assertThat(tries).hasValue(2);
    }
}
