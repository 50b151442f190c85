package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoredNotice;
import dev.kadao.port.StoredNotice.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How inbound notices are kept. */
public interface NoticeRules {
    StoreBench bench();

    private static NoticeWrite notice(String key, State state, @Nullable Instant due) {
        return new NoticeWrite(
                key, "gateway:sandbox", "cart1_p1", Bytes.utf8("word of " + key), Bytes.utf8("raw"), state, due);
    }

    private static Step.NoticeAlone alone(NoticeWrite notice) {
        return new Step.NoticeAlone(StepDraft.insert("unused").stepId(), notice);
    }

    private List<String> dueKeys() {
        return bench().store().claim("worker", StoreBench.LONG, 100).notices().stream()
                .map(StoredNotice::key)
                .toList();
    }

    @Test
    default void a_notice_alone_is_stored_whole() {
        Instant before = bench().now();
        String raw = Texts.everyPlane();
        Instant due = before.plusSeconds(60);
        StepResult.Done done = bench().done(alone(new NoticeWrite(
                "k".repeat(64),
                "gateway:sandbox",
                "r".repeat(64),
                Bytes.utf8("word"),
                Bytes.utf8(raw),
                State.ORPHAN,
                due)));
        assertThat(done.claimed()).isFalse();
        StoredNotice stored = bench().notices(State.ORPHAN).get(0);
        assertThat(stored)
                .isEqualTo(new StoredNotice(
                        "k".repeat(64),
                        "gateway:sandbox",
                        "r".repeat(64),
                        Bytes.utf8("word"),
                        Bytes.utf8(raw),
                        State.ORPHAN,
                        stored.receivedAt(),
                        due));
        assertThat(stored.receivedAt()).isBetween(before, done.now());
    }

    @Test
    default void a_notice_is_written_with_its_step() {
        bench().done(StepDraft.insert("cart1")
                .notice(notice("key1", State.APPLIED, null))
                .plain());
        assertThat(bench().notices(State.APPLIED)).extracting(StoredNotice::key).containsExactly("key1");
    }

    @Test
    default void a_stale_step_writes_no_notice() {
        bench().stale(StepDraft.on("cart1", 3, 0)
                .notice(notice("key1", State.APPLIED, null))
                .plain());
        for (State state : State.values()) {
            assertThat(bench().notices(state)).isEmpty();
        }
    }

    @Test
    default void a_repetition_changes_state_and_due_alone() {
        bench().done(alone(notice("key1", State.ORPHAN, bench().now())));
        StoredNotice first = bench().notices(State.ORPHAN).get(0);
        bench().letPass(Duration.ofMillis(5));
        Instant due = bench().now().plusSeconds(60);
        bench().done(alone(
                new NoticeWrite("key1", "gateway:x", "other", Bytes.utf8("x"), Bytes.utf8("y"), State.UNAPPLIED, due)));
        assertThat(bench().notices(State.ORPHAN)).isEmpty();
        assertThat(bench().notices(State.UNAPPLIED))
                .containsExactly(new StoredNotice(
                        "key1",
                        first.source(),
                        first.reference(),
                        first.word(),
                        first.raw(),
                        State.UNAPPLIED,
                        first.receivedAt(),
                        due));
    }

    @Test
    default void an_applied_notice_stays_as_it_is() {
        bench().done(alone(notice("key1", State.UNAPPLIED, bench().now())));
        bench().done(StepDraft.insert("cart1")
                .notice(notice("key1", State.APPLIED, null))
                .plain());
        StoredNotice applied = bench().notices(State.APPLIED).get(0);
        bench().done(alone(notice("key1", State.UNAPPLIED, bench().now())));
        bench().done(alone(notice("key1", State.ORPHAN_CASE, bench().now())));
        assertThat(bench().notices(State.APPLIED)).containsExactly(applied);
        assertThat(bench().notices(State.UNAPPLIED)).isEmpty();
        assertThat(dueKeys()).isEmpty();
    }

    @Test
    default void an_orphan_goes_from_state_to_state() {
        for (State state : List.of(State.ORPHAN, State.ORPHAN_CASE, State.ORPHAN_CLOSED, State.APPLIED)) {
            bench().done(alone(notice("key1", state, null)));
            assertThat(bench().notices(state)).hasSize(1);
        }
        assertThat(bench().notices(State.ORPHAN)).isEmpty();
        assertThat(bench().notices(State.ORPHAN_CLOSED)).isEmpty();
    }

    @Test
    default void due_notices_come_with_a_claim_until_they_are_done() {
        Instant now = bench().now();
        bench().done(alone(notice("due", State.UNAPPLIED, now.minusSeconds(1))));
        bench().done(alone(notice("later", State.ORPHAN, now.plusSeconds(3_600))));
        bench().done(alone(notice("never", State.ORPHAN_CASE, null)));
        assertThat(dueKeys()).containsExactly("due");
        assertThat(dueKeys()).containsExactly("due");
        bench().done(alone(notice("due", State.APPLIED, null)));
        bench().done(alone(notice("later", State.ORPHAN, now.minusSeconds(2))));
        assertThat(dueKeys()).containsExactly("later");
    }

    @Test
    default void a_due_time_is_cut_to_microseconds() {
        Instant due = bench().now().truncatedTo(ChronoUnit.SECONDS).plusNanos(3_600_000_123_456_789L);
        bench().done(alone(notice("key1", State.ORPHAN, due)));
        assertThat(bench().notices(State.ORPHAN))
                .extracting(StoredNotice::due)
                .containsExactly(due.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    default void keys_that_differ_in_case_alone_are_two_notices() {
        bench().done(alone(notice("key", State.ORPHAN, null)));
        bench().done(alone(notice("KEY", State.ORPHAN, null)));
        assertThat(bench().notices(State.ORPHAN)).hasSize(2);
    }

    @Test
    default void notices_of_a_state_are_paged_by_key_without_repeats() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String key = "n%02d".formatted((i * 7) % 25);
            bench().done(alone(notice(key, i % 5 == 0 ? State.APPLIED : State.ORPHAN, null)));
            if (i % 5 != 0) {
                expected.add(key);
            }
        }
        List<String> found = new ArrayList<>();
        String after = "";
        List<StoredNotice> page;
        do {
            String last = after;
            page = bench().store().view(view -> view.notices(State.ORPHAN, last, 6));
            page.forEach(notice -> found.add(notice.key()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).key();
        } while (!page.isEmpty() && found.size() <= 100);
        assertThat(found).isSorted().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void the_same_notice_from_many_threads_is_one_row() {
        List<StepResult> results = Together.run(
                8,
                number -> (number % 2 == 0 ? bench().store() : bench().other())
                        .commit(List.of(alone(notice("key1", State.UNAPPLIED, null))))
                        .get(0));
        assertThat(results).hasOnlyElementsOfType(StepResult.Done.class);
        assertThat(bench().notices(State.UNAPPLIED)).hasSize(1);
    }
}
