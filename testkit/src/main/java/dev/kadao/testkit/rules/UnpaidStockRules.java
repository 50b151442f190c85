package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.ReservingInventory;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Keys that are reserved before they are paid, inside the commit. Skipped where the stock is elsewhere or cannot do it. */
public interface UnpaidStockRules {
    StockAnswer GOT = new StockAnswer.ForUnpaid(new UnpaidAnswer.Reserved());
    StockAnswer SHORT = new StockAnswer.ForUnpaid(new UnpaidAnswer.OutOfStock());
    StockAnswer CAPPED = new StockAnswer.ForUnpaid(new UnpaidAnswer.CapReached());

    StoreBench bench();

    private StoreBench able() {
        Assumptions.assumeTrue(bench().stock() instanceof ReservingInventory);
        return bench();
    }

    private static StockRequest unpaid(String checkout, String sku, int quantity, int cap) {
        return new StockRequest.ReserveUnpaid(order(checkout), sku, quantity, cap, false);
    }

    private void assertStock(long free, long reserved, long sold) {
        assertThat(bench().stock().stock("steam")).isEqualTo(new StockLevel("steam", free, reserved, sold, 0));
    }

    @Test
    default void reserving_with_the_placing_is_one_commit_and_a_take_later_sells_just_these() {
        able().fill("steam", 3);
        assertThat(bench().ask("cart1", unpaid("cart1", "steam", 2, 9))).containsExactly(GOT);
        assertStock(1, 2, 0);
        Instant paidAt = Instant.parse("2026-11-01T08:00:00Z");
        assertThat(bench().ask("cart1", new StockRequest.Take(order("cart1"), "steam", 2, paidAt)))
                .containsExactly(new StockAnswer.Taken());
        assertStock(1, 0, 2);
        assertThat(bench().revealed("cart1")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    default void a_stale_placing_reserves_nothing() {
        able().fill("steam", 3);
        bench().done(StepDraft.insert("cart1").plain());
        bench().stale(StepDraft.insert("cart1").withStock(unpaid("cart1", "steam", 1, 9)));
        assertStock(3, 0, 0);
    }

    @Test
    default void steps_of_one_commit_count_each_other_against_the_cap() {
        able().fill("steam", 9);
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(unpaid("aaa", "steam", 2, 3)),
                        StepDraft.insert("bbb").withStock(unpaid("bbb", "steam", 2, 3)),
                        StepDraft.insert("ccc").withStock(unpaid("ccc", "steam", 1, 3))));
        assertThat(results).allMatch(StepResult.Done.class::isInstance);
        assertThat(List.of("aaa", "bbb", "ccc"))
                .extracting(id -> bench().stored(id).document().asUtf8())
                .containsExactly("[" + GOT + "]", "[" + CAPPED + "]", "[" + GOT + "]");
        assertStock(6, 3, 0);
    }

    @Test
    default void who_pays_in_the_same_commit_comes_first() {
        able().fill("steam", 1);
        StockRequest take = new StockRequest.Take(order("bbb"), "steam", 1, Instant.parse("2026-11-01T08:00:00Z"));
        bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(unpaid("aaa", "steam", 1, 9)),
                        StepDraft.insert("bbb").withStock(take)));
        assertThat(bench().stored("aaa").document().asUtf8()).isEqualTo("[" + SHORT + "]");
        assertThat(bench().stored("bbb").document().asUtf8()).isEqualTo("[Taken[]]");
    }

    @Test
    default void nothing_is_reserved_for_who_has_not_paid_while_who_has_paid_waits() {
        able().fill("steam", 1);
        bench().done(StepDraft.insert("waiting")
                .index(new IndexRow("waiting", "steam 2026-11-01T08:00:00.000000Z", 1))
                .plain());
        assertThat(bench().ask("cart1", unpaid("cart1", "steam", 1, 9))).containsExactly(SHORT);
        assertStock(1, 0, 0);
    }

    @Test
    default void letting_go_in_the_commit_frees_the_keys_and_leaves_no_tombstone() {
        able().fill("steam", 1);
        assertThat(bench().ask("cart1", unpaid("cart1", "steam", 1, 1))).containsExactly(GOT);
        assertThat(bench().ask("cart1", new StockRequest.LetGo(order("cart1"))))
                .containsExactly(new StockAnswer.Gone());
        assertStock(1, 0, 0);
        Instant paidAt = Instant.parse("2026-11-01T08:00:00Z");
        assertThat(bench().ask("cart1", new StockRequest.Take(order("cart1"), "steam", 1, paidAt)))
                .containsExactly(new StockAnswer.Taken());
        assertThat(bench().ask("cart1", new StockRequest.LetGo(order("cart1"))))
                .containsExactly(new StockAnswer.Gone());
        assertStock(0, 0, 1);
    }

    @Test
    default void a_step_that_is_nothing_without_its_keys_is_not_written_and_keeps_none() {
        able().fill("steam", 3);
        StockRequest first = new StockRequest.ReserveUnpaid(order("bbb"), "steam", 2, 9, true);
        StockRequest second = new StockRequest.ReserveUnpaid(new OrderId(new CheckoutId("bbb"), 2), "xbox", 1, 9, true);
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(unpaid("aaa", "steam", 1, 9)),
                        StepDraft.insert("bbb").withStock(first, second),
                        StepDraft.insert("ccc").plain()));
        assertThat(results.get(0)).isInstanceOf(StepResult.Done.class);
        assertThat(results.get(1)).isEqualTo(new StepResult.NotServed(SHORT));
        assertThat(results.get(2)).isInstanceOf(StepResult.Done.class);
        assertThat(bench().store().read(new CheckoutId("bbb")).checkout()).isEmpty();
        assertStock(2, 1, 0);
        bench().fill("xbox", 1);
        assertThat(bench().ask("bbb", first, second)).containsExactly(GOT, GOT);
        assertStock(0, 3, 0);
    }

    @Test
    default void alone_too_it_is_answered_what_it_lacks() {
        able().fill("steam", 3);
        StockRequest tooMany = new StockRequest.ReserveUnpaid(order("aaa"), "steam", 2, 1, true);
        assertThat(bench().store()
                        .commit(List.of(StepDraft.insert("aaa").withStock(tooMany)))
                        .get(0))
                .isEqualTo(new StepResult.NotServed(CAPPED));
        assertThat(bench().store().read(new CheckoutId("aaa")).checkout()).isEmpty();
        assertStock(3, 0, 0);
    }
}
