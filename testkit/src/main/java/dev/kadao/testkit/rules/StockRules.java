package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that are finished with the answers of the stock, inside the commit. Skipped where the stock is elsewhere. */
public interface StockRules {
    /** When the orders of a test were paid, unless it says otherwise. */
    Instant PAID_AT = Instant.parse("2026-11-01T08:00:00.000001Z");

    StoreBench bench();

    private static StockRequest take(String checkout, String sku, int quantity) {
        return take(checkout, sku, quantity, PAID_AT);
    }

    private static StockRequest take(String checkout, String sku, int quantity, Instant paidAt) {
        return new StockRequest.Take(order(checkout), sku, quantity, paidAt);
    }

    private static StockRequest release(String checkout) {
        return new StockRequest.Release(order(checkout), "money moved back");
    }

    private static StockRequest replace(String checkout, String sku, int quantity, int number) {
        return new StockRequest.Replace(order(checkout), sku, quantity, number);
    }

    private List<StockAnswer> ask(String checkout, StockRequest... requests) {
        return bench().ask(checkout, requests);
    }

    private void assertStock(String sku, long free, long reserved, long sold, long voided) {
        assertThat(bench().stock().stock(sku)).isEqualTo(new StockLevel(sku, free, reserved, sold, voided));
    }

    private List<Secret> revealed(String checkout) {
        return bench().revealed(checkout);
    }

    @Test
    default void the_store_says_that_it_shares_its_commit_with_its_stock() {
        assertThat(bench().store().sharesCommitWith(bench().stock())).isTrue();
    }

    @Test
    default void a_take_hands_keys_over_in_the_same_commit() {
        bench().fill("steam", 3);
        assertThat(ask("cart1", take("cart1", "steam", 2))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 1, 0, 2, 0);
        assertThat(revealed("cart1")).hasSize(2).doesNotHaveDuplicates();
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
    }

    @Test
    default void the_continuation_writes_everything_that_a_plain_step_writes() {
        bench().fill("steam", 1);
        StepDraft draft = StepDraft.insert("cart1").claim(new Step.Claim.Take("one", StoreBench.LONG));
        StepResult.Done done = bench().done(draft.withStock(
                List.of(take("cart1", "steam", 1)),
                answers -> draft.journal("one")
                        .due(bench().now())
                        .index(new IndexRow("stage", "DELIVERED", 1))
                        .write()));
        assertThat(done.claimed()).isTrue();
        assertThat(bench().stored("cart1").stepId()).isEqualTo(draft.stepId());
        assertThat(bench().journal("cart1")).hasSize(1);
        assertThat(bench().find("stage", "DELIVERED")).hasSize(1);
        assertThat(bench().claim("two", 10)).isEmpty();
    }

    @Test
    default void a_stale_step_takes_no_key_and_runs_no_continuation_to_the_end() {
        bench().fill("steam", 3);
        bench().done(StepDraft.insert("cart1").plain());
        bench().stale(StepDraft.insert("cart1").withStock(take("cart1", "steam", 1)));
        bench().stale(StepDraft.on("cart1", 2, 0).withStock(take("cart1", "steam", 1)));
        bench().stale(StepDraft.on("cart1", 1, 0)
                .claim(new Step.Claim.Hold("one", StoreBench.LONG))
                .withStock(take("cart1", "steam", 1)));
        assertStock("steam", 3, 0, 0, 0);
        assertThat(bench().stored("cart1").version()).isEqualTo(1);
    }

    @Test
    default void out_of_stock_takes_nothing_and_lets_others_have_theirs() {
        bench().fill("steam", 3);
        bench().fill("xbox", 1);
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(take("aaa", "steam", 4)),
                        StepDraft.insert("bbb").withStock(take("bbb", "steam", 3)),
                        StepDraft.insert("ccc").withStock(take("ccc", "xbox", 1)),
                        StepDraft.insert("ddd").withStock(take("ddd", "unknown", 1))));
        assertThat(results).hasSize(4).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().stored("aaa").document().asUtf8()).isEqualTo("[OutOfStock[]]");
        assertThat(bench().stored("bbb").document().asUtf8()).isEqualTo("[Taken[]]");
        assertThat(bench().stored("ccc").document().asUtf8()).isEqualTo("[Taken[]]");
        assertThat(bench().stored("ddd").document().asUtf8()).isEqualTo("[OutOfStock[]]");
        assertStock("steam", 0, 0, 3, 0);
    }

    @Test
    default void each_order_of_a_checkout_gets_all_or_nothing_and_its_own_answer() {
        bench().fill("steam", 2);
        bench().fill("xbox", 2);
        OrderId second = new OrderId(order("cart1").checkout(), 2);
        OrderId third = new OrderId(order("cart1").checkout(), 3);
        assertThat(ask(
                        "cart1",
                        take("cart1", "steam", 1),
                        new StockRequest.Take(second, "xbox", 3, PAID_AT),
                        new StockRequest.Take(third, "steam", 1, PAID_AT)))
                .containsExactly(new StockAnswer.Taken(), new StockAnswer.OutOfStock(), new StockAnswer.Taken());
        assertStock("steam", 0, 0, 2, 0);
        assertStock("xbox", 2, 0, 0, 0);
    }

    @Test
    default void a_repeated_take_takes_no_second_key() {
        bench().fill("steam", 5);
        ask("cart1", take("cart1", "steam", 2));
        List<Secret> first = revealed("cart1");
        assertThat(ask("cart1", take("cart1", "steam", 2))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 3, 0, 2, 0);
        assertThat(revealed("cart1")).isEqualTo(first);
    }

    @Test
    default void a_take_hands_over_what_was_reserved_before() {
        bench().fill("steam", 2);
        assertThat(bench().stock().reserve(order("cart1"), "steam", 2)).isEqualTo(new ReserveAnswer.Reserved());
        assertThat(ask("cart1", take("cart1", "steam", 2))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 0, 0, 2, 0);
    }

    @Test
    default void a_continuation_that_throws_is_written_as_not_tried_and_takes_no_key() {
        bench().fill("steam", 3);
        StepDraft draft = StepDraft.insert("bad");
        Step.WithStock bad = draft.withStock(List.of(take("bad", "steam", 1), release("bad")), answers -> {
            if (!(answers.get(0) instanceof StockAnswer.NotTried)) {
                throw new IllegalStateException("thrown on purpose by the contract suite");
            }
            return draft.document("not tried: " + answers.size()).journal("one").write();
        });
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(take("aaa", "steam", 1)),
                        bad,
                        StepDraft.insert("ccc").withStock(take("ccc", "steam", 1))));
        assertThat(results).hasSize(3).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().stored("bad").document().asUtf8()).isEqualTo("not tried: 2");
        assertThat(bench().journal("bad")).hasSize(1);
        assertThat(bench().stored("aaa").document().asUtf8()).isEqualTo("[Taken[]]");
        assertThat(bench().stored("ccc").document().asUtf8()).isEqualTo("[Taken[]]");
        assertStock("steam", 1, 0, 2, 0);
        assertThat(ask("bad", take("bad", "steam", 1))).containsExactly(new StockAnswer.Taken());
    }

    @Test
    default void a_continuation_that_always_throws_writes_nothing_and_takes_no_other_with_it() {
        bench().fill("steam", 3);
        Step.WithStock bad = StepDraft.insert("bad").withStock(List.of(take("bad", "steam", 1)), answers -> {
            throw new IllegalStateException("thrown on purpose by the contract suite");
        });
        List<StepResult> results =
                bench().store().commit(List.of(bad, StepDraft.insert("good").withStock(take("good", "steam", 1))));
        assertThat(results.get(0)).isNotInstanceOf(StepResult.Done.class);
        assertThat(results.get(1)).isInstanceOf(StepResult.Done.class);
        assertThat(bench().store().read(order("bad").checkout()).checkout()).isEmpty();
        assertStock("steam", 2, 0, 1, 0);
    }

    private static IndexRow waiting(String sku, Instant since) {
        DateTimeFormatter micros =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
        return new IndexRow("waiting", sku + " " + micros.format(since), 1);
    }

    @Test
    default void who_paid_later_gets_nothing_while_another_waits() {
        bench().done(StepDraft.insert("early").index(waiting("steam", PAID_AT)).plain());
        bench().fill("steam", 5);
        bench().fill("steam2", 5);
        Instant later = PAID_AT.plusNanos(1_000);
        assertThat(ask("late", take("late", "steam", 1, later))).containsExactly(new StockAnswer.OutOfStock());
        assertThat(ask("other", take("other", "steam2", 1, later))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 5, 0, 0, 0);
        assertThat(ask("early", take("early", "steam", 1, PAID_AT))).containsExactly(new StockAnswer.Taken());
        assertThat(ask("late", take("late", "steam", 1, later))).containsExactly(new StockAnswer.Taken());
    }

    @Test
    default void who_paid_first_does_not_stand_behind_later_ones() {
        bench().done(StepDraft.insert("late")
                .index(waiting("steam", PAID_AT.plusSeconds(1)))
                .plain());
        bench().fill("steam", 1);
        assertThat(ask("early", take("early", "steam", 1, PAID_AT))).containsExactly(new StockAnswer.Taken());
    }

    @Test
    default void who_waits_since_the_same_moment_holds_nobody_up() {
        bench().done(StepDraft.insert("twin").index(waiting("steam", PAID_AT)).plain());
        bench().fill("steam", 1);
        assertThat(ask("cart1", take("cart1", "steam", 1, PAID_AT))).containsExactly(new StockAnswer.Taken());
    }

    @Test
    default void who_has_keys_already_is_answered_whoever_waits() {
        bench().fill("steam", 2);
        ask("late", take("late", "steam", 1, PAID_AT.plusSeconds(1)));
        bench().done(StepDraft.insert("early").index(waiting("steam", PAID_AT)).plain());
        assertThat(ask("late", take("late", "steam", 1, PAID_AT.plusSeconds(1))))
                .containsExactly(new StockAnswer.Taken());
        assertStock("steam", 1, 0, 1, 0);
    }

    @Test
    default void a_replacement_voids_the_old_keys_and_is_idempotent_by_number() {
        bench().fill("steam", 5);
        ask("cart1", take("cart1", "steam", 2));
        List<Secret> old = revealed("cart1");
        assertThat(ask("cart1", replace("cart1", "steam", 2, 1))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 1, 0, 2, 2);
        List<Secret> fresh = revealed("cart1");
        assertThat(fresh).hasSize(2).doesNotContainAnyElementsOf(old);
        assertThat(ask("cart1", replace("cart1", "steam", 2, 1))).containsExactly(new StockAnswer.Taken());
        assertStock("steam", 1, 0, 2, 2);
        assertThat(ask("cart1", replace("cart1", "steam", 2, 2))).containsExactly(new StockAnswer.OutOfStock());
        assertStock("steam", 1, 0, 2, 2);
        assertThat(revealed("cart1")).isEqualTo(fresh);
    }

    @Test
    default void a_replaced_key_stays_void_and_names_its_order_and_number_for_ever() {
        bench().fill("steam", 3);
        ask("cart1", take("cart1", "steam", 1));
        revealed("cart1");
        ask("cart1", replace("cart1", "steam", 1, 1));
        ask("cart1", replace("cart1", "steam", 1, 2));
        List<KeySlot> slots = bench().store().view(view -> view.keySlots("", 10));
        assertThat(slots)
                .allMatch(slot -> order("cart1").equals(slot.order()))
                .filteredOn(slot -> slot.state() == KeySlot.State.VOID)
                .extracting(KeySlot::replacement)
                .containsExactlyInAnyOrder(0, 1);
        assertThat(slots)
                .filteredOn(slot -> slot.replacement() == 0)
                .allMatch(slot -> slot.revealed() && slot.state() == KeySlot.State.VOID);
        assertThat(slots)
                .filteredOn(slot -> slot.state() == KeySlot.State.SOLD)
                .extracting(KeySlot::replacement)
                .containsExactly(2);
    }

    @Test
    default void a_release_before_hand_over_frees_the_keys_and_refuses_a_late_take() {
        bench().fill("steam", 2);
        bench().stock().reserve(order("cart1"), "steam", 2);
        StockAnswer freed = new StockAnswer.Returned(new ReleaseAnswer.Released());
        assertThat(ask("cart1", release("cart1"))).containsExactly(freed);
        assertThat(ask("cart1", release("cart1"))).containsExactly(freed);
        assertThat(ask("cart1", take("cart1", "steam", 2))).containsExactly(freed);
        assertStock("steam", 2, 0, 0, 0);
    }

    @Test
    default void a_release_after_hand_over_voids_the_keys_and_says_how_many_were_seen() {
        bench().fill("steam", 4);
        ask("seen", take("seen", "steam", 2));
        revealed("seen");
        ask("unseen", take("unseen", "steam", 1));
        StockAnswer seen = new StockAnswer.Returned(new ReleaseAnswer.Voided(2));
        StockAnswer unseen = new StockAnswer.Returned(new ReleaseAnswer.Voided(0));
        assertThat(ask("seen", release("seen"))).containsExactly(seen);
        assertThat(ask("unseen", release("unseen"))).containsExactly(unseen);
        assertThat(ask("seen", release("seen"))).containsExactly(seen);
        assertThat(ask("seen", take("seen", "steam", 1))).containsExactly(seen);
        assertThat(ask("seen", replace("seen", "steam", 1, 1))).containsExactly(seen);
        assertStock("steam", 1, 0, 0, 3);
        assertThat(bench().stock().reveal(order("seen"))).isEqualTo(new RevealAnswer.NothingToReveal());
    }

    @Test
    default void a_release_of_nothing_refuses_a_take_that_comes_late() {
        bench().fill("steam", 1);
        StockAnswer never = new StockAnswer.Returned(new ReleaseAnswer.NeverReserved());
        assertThat(ask("cart1", release("cart1"))).containsExactly(never);
        assertThat(ask("cart1", take("cart1", "steam", 1))).containsExactly(never);
        assertStock("steam", 1, 0, 0, 0);
    }

    @Test
    default void two_hundred_takes_of_one_sku_in_one_commit_share_the_stock() {
        bench().fill("steam", 150);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String id = "bulk%03d".formatted(i);
            steps.add(StepDraft.insert(id).withStock(take(id, "steam", 1)));
        }
        assertThat(bench().store().commit(steps)).hasSize(200).allMatch(StepResult.Done.class::isInstance);
        assertStock("steam", 0, 0, 150, 0);
        long taken = steps.stream()
                .map(step -> ((Step.OfCheckout) step).id().value())
                .filter(id -> bench().stored(id).document().asUtf8().equals("[Taken[]]"))
                .count();
        assertThat(taken).isEqualTo(150);
    }

    @Test
    default void the_view_shows_key_slots_by_id_and_whose_they_are() {
        bench().fill("steam", 5);
        ask("cart1", take("cart1", "steam", 2));
        revealed("cart1");
        bench().stock().reserve(order("cart2"), "steam", 1);
        List<KeySlot> slots = new ArrayList<>();
        List<KeySlot> page;
        do {
            String after = slots.isEmpty() ? "" : slots.get(slots.size() - 1).id();
            page = bench().store().view(view -> view.keySlots(after, 2));
            slots.addAll(page);
        } while (!page.isEmpty() && slots.size() <= 100);
        assertThat(slots).hasSize(5).extracting(KeySlot::id).doesNotHaveDuplicates();
        assertThat(slots)
                .filteredOn(slot -> slot.state() == KeySlot.State.SOLD)
                .hasSize(2)
                .allMatch(slot -> slot.revealed() && order("cart1").equals(slot.order()));
        assertThat(slots)
                .filteredOn(slot -> slot.state() == KeySlot.State.RESERVED)
                .hasSize(1)
                .allMatch(slot -> !slot.revealed() && order("cart2").equals(slot.order()));
        assertThat(slots)
                .filteredOn(slot -> slot.state() == KeySlot.State.FREE)
                .hasSize(2)
                .allMatch(slot -> slot.order() == null);
    }
}
