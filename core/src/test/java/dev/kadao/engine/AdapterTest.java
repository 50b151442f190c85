package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guarded calls on real threads: what hangs, hangs alone. */
class AdapterTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** The limit of calls that are to go beyond it; those that are to be answered get a long one. */
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final SystemClockwork clockwork = new SystemClockwork();
    private final Adapter adapter = new Adapter("supplier 'a'", clockwork, 2, 4);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger interruptions = new AtomicInteger();

    @AfterEach
    void close() {
        release.countDown();
        clockwork.close(LONG);
    }

    private List<Reply<String>> call(Adapter caller, Duration limit, Callable<String> work, Duration longestWait) {
        List<Reply<String>> replies = new CopyOnWriteArrayList<>();
        Adapter.Ticket ticket = (Adapter.Ticket) caller.enter();
        ticket.call(new GuardedCall.Order<>("test", limit, longestWait, work, answer -> false, replies::add));
        return replies;
    }

    /** A call whose limit is far away. */
    private List<Reply<String>> patient(Adapter caller, Callable<String> work) {
        return call(caller, LONG, work, LONG);
    }

    /** A call that goes beyond its limit: soon, and from then on its adapter may be paused. */
    private List<Reply<String>> hanging() {
        return call(adapter, LIMIT, this::stubborn, LONG);
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
        List<Reply<String>> replies = hanging();
        await().atMost(LONG).until(() -> interruptions.get() == 1 && !replies.isEmpty());
        assertThat(replies).containsExactly(new Reply.Overdue<>(LIMIT));

        release.countDown();
        await().atMost(LONG).until(() -> replies.size() == 2);
        assertThat(replies.get(1)).isEqualTo(new Reply.Answered<>("late", true));
        assertThat(interruptions).hasValue(1);
    }

    @Test
    void while_all_slots_but_one_hang_questions_are_asked_by_the_last_one() {
        assertThat(adapter.hasRoomToAsk()).isTrue();

        List<Reply<String>> replies = hanging();
        await().atMost(LONG).until(() -> !replies.isEmpty());

        assertThat(adapter.isPaused()).isFalse();
        await().atMost(LONG).until(adapter::hasRoomToAsk);
        assertThat(patient(adapter, () -> "fine")).isNotNull();
    }

    @Test
    void when_all_slots_hang_the_adapter_is_paused_and_goes_on_when_one_returns() {
        Adapter other = new Adapter("supplier 'b'", clockwork, 2, 4);
        hanging();
        hanging();
        await().atMost(LONG).until(adapter::isPaused);
        assertThat(adapter.enter()).isInstanceOf(Adapter.Shut.class);

        List<Reply<String>> elsewhere = patient(other, () -> "fine");
        await().atMost(LONG).until(() -> !elsewhere.isEmpty());
        assertThat(elsewhere).containsExactly(new Reply.Answered<>("fine", false));

        release.countDown();
        await().atMost(LONG).until(() -> !adapter.isPaused());
        List<Reply<String>> again = patient(adapter, () -> "back");
        await().atMost(LONG).until(() -> !again.isEmpty());
        assertThat(again).containsExactly(new Reply.Answered<>("back", false));
    }

    @Test
    void a_call_that_finds_no_slot_in_time_was_never_begun() {
        patient(adapter, this::stubborn);
        patient(adapter, this::stubborn);
        AtomicInteger begun = new AtomicInteger();
        List<Reply<String>> replies = call(
                adapter,
                LONG,
                () -> {
                    begun.incrementAndGet();
                    return "never";
                },
                Duration.ofMillis(50));
        await().atMost(LONG).until(() -> !replies.isEmpty());
        assertThat(replies).containsExactly(new Reply.NotBegun<>());

        release.countDown();
        List<Reply<String>> behind = patient(adapter, () -> "its turn came later");
        await().atMost(LONG).until(() -> !behind.isEmpty());
        assertThat(begun).hasValue(0);
    }

    @Test
    void more_calls_than_may_wait_are_shut_out() {
        for (int i = 0; i < 6; i++) {
            patient(adapter, this::stubborn);
        }
        assertThat(adapter.enter()).isInstanceOf(Adapter.Shut.class);
    }

    @Test
    void whatever_is_thrown_is_told_and_counted() {
        List<Reply<String>> replies = patient(adapter, () -> {
            throw new LinkageError("no such class");
        });
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
