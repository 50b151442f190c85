package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.hit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a commit writes, and when it writes nothing. */
public interface CommitRules {
    StoreBench bench();

    @Test
    default void an_unknown_checkout_reads_as_nothing() {
        assertThat(bench().store().read(new CheckoutId("cart1")).checkout()).isEmpty();
    }

    @Test
    default void an_insert_is_read_back_whole_at_version_1() {
        StepDraft draft = StepDraft.insert("cart1").document("document").personal(Bytes.utf8("personal"));
        StepResult.Done done = bench().done(draft.journal("entries").plain());
        assertThat(done.version()).isEqualTo(1);
        assertThat(done.claimed()).isFalse();
        assertThat(bench().stored("cart1"))
                .isEqualTo(new StoredCheckout(
                        new CheckoutId("cart1"),
                        1,
                        1,
                        draft.stepId(),
                        Bytes.utf8("document"),
                        Bytes.utf8("personal"),
                        null));
    }

    @Test
    default void what_one_handle_wrote_the_other_reads() {
        bench().done(StepDraft.insert("cart1").document("one").plain());
        assertThat(bench().other().read(new CheckoutId("cart1")).checkout()).contains(bench().stored("cart1"));
        StepResult result = bench().other()
                .commit(List.of(StepDraft.on("cart1", 1, 0).document("two").plain()))
                .get(0);
        assertThat(result).isInstanceOf(StepResult.Done.class);
        assertThat(bench().stored("cart1").document()).isEqualTo(Bytes.utf8("two"));
    }

    @Test
    default void inserting_an_id_again_is_stale_and_changes_nothing() {
        StepDraft first = StepDraft.insert("cart1").document("first").journal("entries");
        bench().done(first.index(new IndexRow("stage", "PAID", 1)).plain());
        StoredCheckout before = bench().stored("cart1");
        bench().stale(StepDraft.insert("cart1")
                .document("second")
                .journal("others")
                .index(new IndexRow("stage", "CLOSED", 1))
                .due(bench().now())
                .plain());
        assertThat(bench().stored("cart1")).isEqualTo(before);
        assertThat(bench().journal("cart1")).hasSize(1);
        assertThat(bench().find("stage", "CLOSED")).isEmpty();
        assertThat(bench().claim("worker", 10)).isEmpty();
    }

    @Test
    default void a_step_on_the_stored_version_replaces_document_and_personal_part() {
        bench().done(StepDraft.insert("cart1")
                .document("a")
                .personal(Bytes.utf8("b"))
                .plain());
        StepResult.Done done = bench().done(StepDraft.on("cart1", 1, 0)
                .document("c")
                .personal(Bytes.EMPTY)
                .plain());
        assertThat(done.version()).isEqualTo(2);
        StoredCheckout stored = bench().stored("cart1");
        assertThat(stored.version()).isEqualTo(2);
        assertThat(stored.document()).isEqualTo(Bytes.utf8("c"));
        assertThat(stored.personal()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    default void a_step_on_any_other_version_is_stale_and_changes_nothing() {
        bench().done(StepDraft.insert("cart1").plain());
        bench().done(StepDraft.on("cart1", 1, 0)
                .document("stored")
                .journal("one")
                .plain());
        StoredCheckout before = bench().stored("cart1");
        for (long version : List.of(0L, 1L, 3L, 99L)) {
            bench().stale(StepDraft.on("cart1", version, 1)
                    .document("late")
                    .journal("two")
                    .index(new IndexRow("stage", "LATE", 0))
                    .due(bench().now())
                    .plain());
        }
        assertThat(bench().stored("cart1")).isEqualTo(before);
        assertThat(bench().journal("cart1")).hasSize(1);
        assertThat(bench().find("stage", "LATE")).isEmpty();
        assertThat(bench().claim("worker", 10)).isEmpty();
    }

    @Test
    default void a_step_on_a_checkout_that_is_not_there_is_stale() {
        bench().stale(StepDraft.on("cart1", 1, 0).plain());
        assertThat(bench().store().read(new CheckoutId("cart1")).checkout()).isEmpty();
    }

    @Test
    default void the_step_id_is_found_in_the_row_and_later_in_the_journal() {
        StepDraft first = StepDraft.insert("cart1").journal("one");
        bench().done(first.plain());
        assertThat(bench().stored("cart1").stepId()).isEqualTo(first.stepId());
        StepDraft second = StepDraft.on("cart1", 1, 1).journal("two");
        bench().done(second.plain());
        StepDraft third = StepDraft.on("cart1", 2, 2);
        bench().done(third.plain());
        assertThat(bench().stored("cart1").stepId()).isEqualTo(third.stepId());
        assertThat(bench().journal("cart1"))
                .extracting(JournalRow::stepId)
                .containsExactly(first.stepId(), second.stepId());
    }

    @Test
    default void each_step_with_entries_adds_one_journal_row_and_others_none() {
        bench().done(StepDraft.insert("cart1").journal("one").plain());
        bench().done(StepDraft.on("cart1", 1, 1).document("schedule only").plain());
        bench().done(StepDraft.on("cart1", 2, 1).journal("two").plain());
        bench().done(StepDraft.insert("cart2").journal("other").plain());
        assertThat(bench().stored("cart1").seq()).isEqualTo(2);
        assertThat(bench().journal("cart1"))
                .extracting(JournalRow::seq, row -> row.entries().asUtf8())
                .containsExactly(tuple(1L, "one"), tuple(2L, "two"));
    }

    @Test
    default void the_answers_stand_in_the_order_of_the_steps_and_a_stale_one_takes_no_other_with_it() {
        bench().done(StepDraft.insert("there").plain());
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("zzz").plain(),
                        StepDraft.insert("there").plain(),
                        StepDraft.on("gone", 4, 0).plain(),
                        StepDraft.insert("aaa").plain(),
                        StepDraft.insert("mmm").plain()));
        assertThat(results.get(0)).isInstanceOf(StepResult.Done.class);
        assertThat(results.get(1)).isEqualTo(new StepResult.Stale());
        assertThat(results.get(2)).isEqualTo(new StepResult.Stale());
        assertThat(results.get(3)).isInstanceOf(StepResult.Done.class);
        assertThat(results.get(4)).isInstanceOf(StepResult.Done.class);
        assertThat(results).hasSize(5);
        assertThat(bench().stored("zzz").version()).isEqualTo(1);
        assertThat(bench().stored("aaa").version()).isEqualTo(1);
        assertThat(bench().stored("mmm").version()).isEqualTo(1);
    }

    @Test
    default void a_step_that_breaks_the_journal_is_not_written_and_takes_no_other_with_it() {
        bench().done(StepDraft.insert("cart1").journal("one").plain());
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("before").plain(),
                        StepDraft.on("cart1", 1, 1)
                                .document("broken")
                                .journal(Bytes.utf8("again"), 1)
                                .index(new IndexRow("stage", "BROKEN", 1))
                                .plain(),
                        StepDraft.insert("later").plain()));
        assertThat(results.get(0)).isInstanceOf(StepResult.Done.class);
        assertThat(results.get(1)).isNotInstanceOf(StepResult.Done.class);
        assertThat(results.get(2)).isInstanceOf(StepResult.Done.class);
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
        assertThat(bench().journal("cart1"))
                .extracting(row -> row.entries().asUtf8())
                .containsExactly("one");
        assertThat(bench().find("stage", "BROKEN")).isEmpty();
        assertThat(bench().stored("later").version()).isEqualTo(1);
    }

    @Test
    default void a_commit_of_nothing_answers_nothing() {
        assertThat(bench().store().commit(List.of())).isEmpty();
    }

    @Test
    default void two_hundred_steps_are_one_commit() {
        List<String> ids =
                IntStream.range(0, 200).mapToObj("bulk%03d"::formatted).toList();
        List<Step> inserts = new ArrayList<>();
        List<Step> updates = new ArrayList<>();
        for (String id : ids) {
            inserts.add(StepDraft.insert(id).document(id).journal("one").plain());
            StepDraft update = StepDraft.on(id, 1, 1).document(id + "!").journal("two");
            updates.add(update.index(new IndexRow("bulk", id, 1)).plain());
        }
        assertThat(bench().store().commit(inserts)).hasSize(200).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().store().commit(updates)).hasSize(200).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().store().commit(updates)).hasSize(200).allMatch(StepResult.Stale.class::isInstance);
        for (String id : List.of("bulk000", "bulk077", "bulk199")) {
            assertThat(bench().stored(id).document()).isEqualTo(Bytes.utf8(id + "!"));
            assertThat(bench().journal(id)).hasSize(2);
            assertThat(bench().find("bulk", id)).containsExactly(hit(id, id, 1));
        }
    }

    @Test
    default void ids_that_differ_in_case_alone_are_two_checkouts() {
        bench().done(StepDraft.insert("Cart_1").document("upper").plain());
        bench().done(StepDraft.insert("cart_1").document("lower").plain());
        bench().done(StepDraft.insert("cartX1").document("no wildcard").plain());
        assertThat(bench().stored("Cart_1").document()).isEqualTo(Bytes.utf8("upper"));
        assertThat(bench().stored("cart_1").document()).isEqualTo(Bytes.utf8("lower"));
        assertThat(bench().stored("cartX1").document()).isEqualTo(Bytes.utf8("no wildcard"));
    }

    @Test
    default void every_byte_and_every_plane_of_unicode_survives_in_documents() {
        byte[] allBytes = new byte[64 * 1024];
        for (int i = 0; i < allBytes.length; i++) {
            allBytes[i] = (byte) (i * 31 + i / 256);
        }
        Bytes planes = Bytes.utf8(Texts.everyPlane());
        StepDraft draft = StepDraft.insert("cart1").document(Bytes.of(allBytes)).personal(planes);
        bench().done(draft.journal(planes, 1).plain());
        assertThat(bench().stored("cart1").document()).isEqualTo(Bytes.of(allBytes));
        assertThat(bench().stored("cart1").personal()).isEqualTo(planes);
        assertThat(bench().journal("cart1").get(0).entries()).isEqualTo(planes);
    }

    @Test
    default void the_store_tells_its_time_in_microseconds_and_never_earlier_than_before() {
        StepResult.Done first = bench().done(StepDraft.insert("cart1").plain());
        StepResult.Done second = bench().done(StepDraft.on("cart1", 1, 0).plain());
        assertThat(first.now()).isEqualTo(first.now().truncatedTo(ChronoUnit.MICROS));
        assertThat(second.now()).isAfterOrEqualTo(first.now());
        Instant read = bench().now();
        assertThat(read).isEqualTo(read.truncatedTo(ChronoUnit.MICROS)).isAfterOrEqualTo(second.now());
    }
}
