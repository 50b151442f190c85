package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.Claimed;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Step.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may work on what is due, and what a step does to that. */
public interface ClaimRules {
    /** A lease that a test lets run out. */
    Duration SHORT = Duration.ofMillis(200);

    StoreBench bench();

    /** Inserts a checkout that is due since a second. */
    private void insertDue(String id) {
        bench().done(StepDraft.insert(id).due(bench().now().minusSeconds(1)).plain());
    }

    @Test
    default void what_is_due_is_claimed_with_the_same_version_and_content() {
        StepDraft draft = StepDraft.insert("cart1").document("document").journal("one");
        bench().done(draft.due(bench().now()).plain());
        StoredCheckout before = bench().stored("cart1");
        Claimed claimed = bench().store().claim("worker", LONG, 10);
        assertThat(claimed.now()).isEqualTo(claimed.now().truncatedTo(ChronoUnit.MICROS));
        StoredCheckout expected =
                new StoredCheckout(before.id(), 1, 1, draft.stepId(), before.document(), before.personal(), "worker");
        assertThat(claimed.checkouts()).containsExactly(expected);
        assertThat(bench().stored("cart1")).isEqualTo(expected);
    }

    @Test
    default void what_is_due_later_or_never_is_not_claimed() {
        bench().done(StepDraft.insert("later").due(bench().now().plus(LONG)).plain());
        bench().done(StepDraft.insert("never").due(null).plain());
        assertThat(bench().claim("worker", 10)).isEmpty();
    }

    @Test
    default void a_step_moves_the_due_time_both_ways() {
        insertDue("cart1");
        bench().done(StepDraft.on("cart1", 1, 0).due(bench().now().plus(LONG)).plain());
        assertThat(bench().claim("worker", 10)).isEmpty();
        bench().done(StepDraft.on("cart1", 2, 0).due(bench().now()).plain());
        assertThat(bench().claim("worker", 10)).containsExactly("cart1");
    }

    @Test
    default void the_longest_due_come_first_and_no_more_than_asked_for() {
        Instant now = bench().now();
        bench().done(StepDraft.insert("third").due(now.minusSeconds(10)).plain());
        bench().done(StepDraft.insert("first").due(now.minusSeconds(30)).plain());
        bench().done(StepDraft.insert("fourth").due(now.minusNanos(1_000)).plain());
        bench().done(StepDraft.insert("second").due(now.minusSeconds(20)).plain());
        assertThat(bench().claim("worker", 1)).containsExactly("first");
        assertThat(bench().claim("worker", 2)).containsExactly("second", "third");
        assertThat(bench().claim("worker", 2)).containsExactly("fourth");
    }

    @Test
    default void a_live_claim_keeps_everybody_from_claiming_until_it_runs_out() {
        insertDue("cart1");
        assertThat(bench().store().claim("one", SHORT, 10).checkouts()).hasSize(1);
        bench().letPass(SHORT);
        assertThat(bench().claim("two", 10)).containsExactly("cart1");
        assertThat(bench().claim("one", 10)).isEmpty();
        assertThat(bench().claim("two", 10)).isEmpty();
        assertThat(bench().stored("cart1").claimant()).isEqualTo("two");
    }

    @Test
    default void keep_leaves_the_claim_and_its_end_delays_the_due_time() {
        insertDue("cart1");
        assertThat(bench().store().claim("one", SHORT, 10).checkouts()).hasSize(1);
        assertThat(bench().done(StepDraft.on("cart1", 1, 0).due(bench().now()).plain())
                        .claimed())
                .isFalse();
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
        bench().letPass(SHORT);
        assertThat(bench().claim("two", 10)).containsExactly("cart1");
    }

    @Test
    default void keep_within_a_long_claim_hides_what_is_due() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        bench().done(StepDraft.on("cart1", 1, 0).due(bench().now()).plain());
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void take_claims_for_the_writer_and_hides_what_is_due() {
        assertThat(bench().done(StepDraft.insert("cart1")
                                .due(bench().now())
                                .claim(new Claim.Take("one", LONG))
                                .plain())
                        .claimed())
                .isTrue();
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void take_of_what_somebody_else_holds_is_written_without_the_claim() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        assertThat(bench().done(StepDraft.on("cart1", 1, 0)
                                .document("written")
                                .due(bench().now())
                                .claim(new Claim.Take("two", LONG))
                                .plain())
                        .claimed())
                .isFalse();
        StoredCheckout stored = bench().stored("cart1");
        assertThat(stored.version()).isEqualTo(2);
        assertThat(stored.document().asUtf8()).isEqualTo("written");
        assertThat(stored.claimant()).isEqualTo("one");
        assertThat(bench().claim("two", 10)).isEmpty();
        assertThat(bench().done(StepDraft.on("cart1", 2, 0)
                                .claim(new Claim.Hold("one", LONG))
                                .plain())
                        .claimed())
                .isTrue();
    }

    @Test
    default void take_follows_a_claim_that_ran_out() {
        insertDue("cart1");
        assertThat(bench().store().claim("one", SHORT, 10).checkouts()).hasSize(1);
        bench().letPass(SHORT);
        assertThat(bench().done(StepDraft.on("cart1", 1, 0)
                                .claim(new Claim.Take("two", LONG))
                                .plain())
                        .claimed())
                .isTrue();
        assertThat(bench().stored("cart1").claimant()).isEqualTo("two");
    }

    @Test
    default void take_of_ones_own_claim_prolongs_it() {
        bench().done(StepDraft.insert("cart1")
                .claim(new Claim.Take("one", SHORT))
                .plain());
        assertThat(bench().done(StepDraft.on("cart1", 1, 0)
                                .due(bench().now())
                                .claim(new Claim.Take("one", LONG))
                                .plain())
                        .claimed())
                .isTrue();
        bench().letPass(SHORT);
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void hold_prolongs_ones_own_claim() {
        insertDue("cart1");
        assertThat(bench().store().claim("one", LONG, 10).checkouts()).hasSize(1);
        assertThat(bench().done(StepDraft.on("cart1", 1, 0)
                                .due(bench().now())
                                .claim(new Claim.Hold("one", LONG))
                                .plain())
                        .claimed())
                .isTrue();
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void hold_of_what_nobody_holds_is_stale() {
        insertDue("cart1");
        bench().stale(StepDraft.on("cart1", 1, 0)
                .claim(new Claim.Hold("one", LONG))
                .plain());
        bench().stale(StepDraft.insert("cart2")
                .claim(new Claim.Hold("one", LONG))
                .plain());
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
        assertThat(bench().store().read(new CheckoutId("cart2")).checkout()).isEmpty();
    }

    @Test
    default void hold_of_what_somebody_else_holds_is_stale() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        bench().stale(StepDraft.on("cart1", 1, 0)
                .claim(new Claim.Hold("two", LONG))
                .plain());
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
    }

    @Test
    default void hold_of_ones_own_claim_that_ran_out_is_stale() {
        insertDue("cart1");
        assertThat(bench().store().claim("one", SHORT, 10).checkouts()).hasSize(1);
        bench().letPass(SHORT);
        bench().stale(StepDraft.on("cart1", 1, 0)
                .claim(new Claim.Hold("one", LONG))
                .plain());
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
    }

    @Test
    default void release_gives_ones_own_claim_back() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        assertThat(bench().done(StepDraft.on("cart1", 1, 0)
                                .due(bench().now())
                                .claim(new Claim.Release("one"))
                                .plain())
                        .claimed())
                .isFalse();
        assertThat(bench().stored("cart1").claimant()).isNull();
        assertThat(bench().claim("two", 10)).containsExactly("cart1");
    }

    @Test
    default void release_leaves_somebody_elses_claim() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        bench().done(StepDraft.on("cart1", 1, 0)
                .due(bench().now())
                .claim(new Claim.Release("two"))
                .plain());
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void a_stale_step_changes_no_claim() {
        insertDue("cart1");
        assertThat(bench().claim("one", 10)).containsExactly("cart1");
        bench().stale(StepDraft.on("cart1", 7, 0)
                .claim(new Claim.Release("one"))
                .plain());
        assertThat(bench().stored("cart1").claimant()).isEqualTo("one");
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void what_is_never_due_stays_so_after_its_claim_ran_out() {
        bench().done(StepDraft.insert("cart1")
                .due(null)
                .claim(new Claim.Take("one", SHORT))
                .plain());
        bench().letPass(SHORT);
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void claimers_at_the_same_time_never_share_and_leave_nothing_over() {
        int checkouts = 60;
        for (int i = 0; i < checkouts; i++) {
            insertDue("many%02d".formatted(i));
        }
        List<List<String>> claimed = Together.run(6, number -> {
            List<String> mine = new ArrayList<>();
            List<String> more;
            do {
                more = (number % 2 == 0 ? bench().store() : bench().other())
                        .claim("worker" + number, LONG, 7).checkouts().stream()
                                .map(checkout -> checkout.id().value())
                                .toList();
                mine.addAll(more);
            } while (!more.isEmpty());
            return mine;
        });
        List<String> all = claimed.stream().flatMap(List::stream).toList();
        assertThat(all).doesNotHaveDuplicates();
        List<String> left = bench().claim("last", 100);
        assertThat(all.size() + left.size()).isEqualTo(checkouts);
    }
}
