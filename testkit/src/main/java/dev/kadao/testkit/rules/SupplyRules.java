package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.StoreBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that a supplier sold for an order, inside the commit of the step. Skipped where the stock is elsewhere. */
public interface SupplyRules {
    /** What a Supply or SetAside that was served is answered. */
    StockAnswer TAKEN = new StockAnswer.Taken();

    StoreBench bench();

    private static List<Secret> secrets(String... texts) {
        return Arrays.stream(texts).map(Secret::of).toList();
    }

    private static StockRequest supply(String checkout, int dispatch, int replacement, String... keys) {
        return new StockRequest.Supply(order(checkout), "game", dispatch, replacement, secrets(keys));
    }

    private static StockRequest aside(String checkout, int dispatch, String... keys) {
        return new StockRequest.SetAside(order(checkout), "game", dispatch, secrets(keys), "one of three came");
    }

    private static StockRequest release(String checkout) {
        return new StockRequest.Release(order(checkout), "money moved back");
    }

    private StockAnswer ask(String checkout, StockRequest request) {
        bench().stock();
        List<StockAnswer> answers = bench().ask(checkout, request);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private void assertUnfit(StockAnswer answer, String part) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        StockAnswer.Unfit.class,
                        unfit -> assertThat(unfit.reason()).contains(part));
    }

    private void assertStock(long free, long sold, long voided) {
        assertThat(bench().stock().stock("game")).isEqualTo(new StockLevel("game", free, 0, sold, voided));
        assertThat(bench().slots()).hasSize((int) (free + sold + voided));
    }

    private void assertNothingToSee(String checkout) {
        assertThat(bench().stock().reveal(order(checkout))).isEqualTo(new RevealAnswer.NothingToReveal());
    }

    /** How many keys lie aside that a dispatch brought for a checkout. */
    private long keptAside(String checkout, int dispatch) {
        return bench().slots().stream()
                .filter(slot -> slot.state() == KeySlot.State.VOID
                        && order(checkout).equals(slot.order())
                        && slot.replacement() == -1 - dispatch)
                .count();
    }

    @Test
    default void supplied_keys_are_shown_to_their_order_in_their_order_and_to_nobody_else() {
        assertThat(ask("cart1", supply("cart1", 1, 0, "c", "a", "b"))).isEqualTo(TAKEN);
        assertThat(ask("cart2", supply("cart2", 1, 0, "d"))).isEqualTo(TAKEN);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("c", "a", "b"));
        assertThat(bench().revealed("cart2")).isEqualTo(secrets("d"));
        assertNothingToSee("cart3");
        assertStock(0, 4, 0);
        assertThat(ask("cart3", new StockRequest.Take(order("cart3"), "game", 1, StockRules.PAID_AT)))
                .as("nothing of it is for sale")
                .isEqualTo(new StockAnswer.OutOfStock());
    }

    @Test
    default void a_repeated_supply_adds_nothing_in_whatever_order_its_keys_come() {
        ask("cart1", supply("cart1", 1, 0, "a", "b"));
        assertThat(ask("cart1", supply("cart1", 1, 0, "a", "b"))).isEqualTo(TAKEN);
        assertThat(ask("cart1", supply("cart1", 1, 0, " b\n", "a"))).isEqualTo(TAKEN);
        assertStock(0, 2, 0);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("a", "b"));
    }

    @Test
    default void a_replacement_voids_the_keys_of_before_which_stay_the_orders_and_count() {
        ask("cart1", supply("cart1", 1, 0, "a", "b"));
        assertThat(ask("cart1", supply("cart1", 2, 1, "c", "d"))).isEqualTo(TAKEN);
        assertStock(0, 2, 2);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("c", "d"));
        assertThat(bench().slots())
                .filteredOn(slot -> slot.state() == KeySlot.State.VOID)
                .allMatch(slot -> order("cart1").equals(slot.order()) && slot.replacement() == 0)
                .hasSize(2);
        assertThat(ask("cart1", supply("cart1", 2, 1, "c", "d"))).isEqualTo(TAKEN);
        assertThat(ask("cart1", supply("cart1", 1, 0, "a", "b")))
                .as("an old step, repeated")
                .isEqualTo(TAKEN);
        assertStock(0, 2, 2);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("c", "d"));
    }

    @Test
    default void a_replacement_is_not_made_of_keys_that_the_order_had_before() {
        ask("cart1", supply("cart1", 1, 0, "a"));
        assertUnfit(ask("cart1", supply("cart1", 2, 1, "a")), "is in the stock already");
        assertUnfit(ask("cart1", supply("cart1", 2, 1, "b", "c")), "in their place");
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("a"));
        assertStock(0, 1, 2);
        assertThat(keptAside("cart1", 2)).isEqualTo(2);
    }

    @Test
    default void a_supplied_order_is_replaced_from_the_stock_and_the_other_way_round() {
        bench().fill("game", 2);
        ask("cart1", supply("cart1", 1, 0, "a"));
        assertThat(ask("cart1", new StockRequest.Replace(order("cart1"), "game", 1, 1)))
                .isEqualTo(TAKEN);
        assertThat(ask("cart1", supply("cart1", 2, 2, "b"))).isEqualTo(TAKEN);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("b"));
        assertStock(1, 1, 2);
    }

    @Test
    default void a_key_that_is_free_in_the_stock_makes_all_unfit_and_the_rest_is_set_aside() {
        bench().fill("game", 1);
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", "game-key-1", "b")), "key 2 of 3 is in the stock already");
        assertNothingToSee("cart1");
        assertStock(1, 0, 2);
        assertThat(keptAside("cart1", 1)).isEqualTo(2);
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", "game-key-1", "b")), "key 2 of 3 is in the stock already");
        assertStock(1, 0, 2);
    }

    @Test
    default void a_key_of_another_order_makes_all_unfit_whether_it_is_sold_void_or_aside() {
        ask("sold", supply("sold", 1, 0, "a"));
        ask("back", supply("back", 1, 0, "b"));
        ask("back", release("back"));
        ask("aside", aside("aside", 1, "c"));
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", "x")), "of order sold.1");
        assertUnfit(ask("cart2", supply("cart2", 1, 0, "b")), "of order back.1");
        assertUnfit(ask("cart3", supply("cart3", 1, 0, "c")), "of order aside.1");
        assertStock(0, 1, 3);
        assertThat(bench().revealed("sold")).isEqualTo(secrets("a"));
        assertNothingToSee("cart1");
    }

    @Test
    default void keys_of_another_sku_are_other_keys() {
        bench().fill("other", 1);
        assertThat(ask("cart1", supply("cart1", 1, 0, "other-key-1"))).isEqualTo(TAKEN);
        assertThat(bench().stock().stock("other")).isEqualTo(new StockLevel("other", 1, 0, 0, 0));
    }

    @Test
    default void an_order_with_other_keys_keeps_them_and_what_came_is_set_aside() {
        ask("cart1", supply("cart1", 1, 0, "a", "b"));
        assertUnfit(ask("cart1", supply("cart1", 2, 0, "c", "d")), "other keys");
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", "e")), "other keys");
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a")), "other keys");
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("a", "b"));
        assertStock(0, 2, 3);
        assertThat(keptAside("cart1", 2)).isEqualTo(2);
        assertThat(keptAside("cart1", 1)).isEqualTo(1);
        bench().fill("game", 1);
        bench().stock().reserve(order("cart2"), "game", 1);
        assertUnfit(ask("cart2", supply("cart2", 1, 0, "f")), "other keys");
    }

    @Test
    default void a_later_answer_of_the_same_dispatch_hands_over_what_was_set_aside() {
        assertThat(ask("cart1", aside("cart1", 1, "a", "b"))).isEqualTo(TAKEN);
        assertNothingToSee("cart1");
        assertStock(0, 0, 2);
        assertThat(ask("cart1", supply("cart1", 1, 0, "c", "b", "a"))).isEqualTo(TAKEN);
        assertThat(bench().revealed("cart1")).isEqualTo(secrets("c", "b", "a"));
        assertStock(0, 3, 0);
        assertThat(ask("cart1", supply("cart1", 1, 0, "c", "b", "a"))).isEqualTo(TAKEN);
        assertThat(ask("cart1", aside("cart1", 1, "a", "b")))
                .as("an old step, repeated")
                .isEqualTo(TAKEN);
        assertStock(0, 3, 0);
        assertThat(ask("cart1", release("cart1"))).isEqualTo(new StockAnswer.Returned(new ReleaseAnswer.Voided(3)));
    }

    @Test
    default void what_another_dispatch_brought_and_was_set_aside_is_not_handed_over() {
        ask("cart1", aside("cart1", 1, "a"));
        assertUnfit(ask("cart1", supply("cart1", 2, 0, "a", "b")), "is in the stock already");
        assertNothingToSee("cart1");
        assertStock(0, 0, 2);
    }

    @Test
    default void setting_aside_again_changes_nothing_and_leaves_alone_what_is_known() {
        bench().fill("game", 1);
        assertThat(ask("cart1", aside("cart1", 1, "a", "game-key-1", "a"))).isEqualTo(TAKEN);
        assertStock(1, 0, 1);
        List<KeySlot> before = bench().slots();
        assertThat(ask("cart1", aside("cart1", 1, "a"))).isEqualTo(TAKEN);
        assertThat(ask("cart1", aside("cart1", 2, "a"))).isEqualTo(TAKEN);
        assertThat(ask("cart2", aside("cart2", 1, "a"))).isEqualTo(TAKEN);
        assertThat(bench().slots()).isEqualTo(before);
        assertThat(ask("cart1", aside("cart1", 1))).isEqualTo(TAKEN);
        assertThat(bench().slots()).isEqualTo(before);
    }

    @Test
    default void an_order_whose_keys_were_taken_back_gets_none_and_what_came_is_set_aside() {
        ask("cart1", release("cart1"));
        StockAnswer never = new StockAnswer.Returned(new ReleaseAnswer.NeverReserved());
        assertThat(ask("cart1", supply("cart1", 1, 0, "a", "b"))).isEqualTo(never);
        assertThat(ask("cart1", supply("cart1", 1, 0, "a", "b"))).isEqualTo(never);
        assertNothingToSee("cart1");
        assertStock(0, 0, 2);
        assertThat(keptAside("cart1", 1)).isEqualTo(2);
    }

    @Test
    default void a_release_of_supplied_keys_voids_them_for_ever() {
        ask("seen", supply("seen", 1, 0, "a", "b"));
        bench().revealed("seen");
        ask("unseen", supply("unseen", 1, 0, "c"));
        StockAnswer seen = new StockAnswer.Returned(new ReleaseAnswer.Voided(2));
        assertThat(ask("seen", release("seen"))).isEqualTo(seen);
        assertThat(ask("unseen", release("unseen"))).isEqualTo(new StockAnswer.Returned(new ReleaseAnswer.Voided(0)));
        assertThat(ask("seen", supply("seen", 1, 0, "a", "b"))).isEqualTo(seen);
        assertThat(ask("seen", supply("seen", 2, 1, "d", "e"))).isEqualTo(seen);
        assertNothingToSee("seen");
        assertStock(0, 0, 5);
    }

    @Test
    default void the_same_key_twice_is_unfit_and_set_aside_once() {
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", "b", " a")), "keys 1 and 3 of 3 are the same");
        assertNothingToSee("cart1");
        assertStock(0, 0, 2);
    }

    @Test
    default void what_is_no_key_is_unfit_and_not_kept() {
        assertUnfit(ask("cart1", supply("cart1", 1, 0, "a", " \t")), "key 2 of 2 is blank");
        assertUnfit(ask("cart2", supply("cart2", 1, 0, "b", "x".repeat(513))), "513");
        assertUnfit(ask("cart3", supply("cart3", 1, 0, "c\u0000d")), "control");
        assertUnfit(ask("cart4", supply("cart4", 1, 0, "\uD83C")), "surrogate");
        assertUnfit(ask("cart5", supply("cart5", 1, 0)), "no key came");
        assertThat(ask("cart6", aside("cart6", 1, "", "x".repeat(513), "c\u0085d", "\uDFAE")))
                .isEqualTo(TAKEN);
        assertStock(0, 0, 2);
    }

    @Test
    default void every_character_comes_back_as_it_came() {
        String longest = "\uD83C\uDFAE".repeat(512);
        ask("cart1", supply("cart1", 1, 0, Texts.everyPlane(), longest, "a", "A", "ä", "a\u0308"));
        assertThat(bench().revealed("cart1")).isEqualTo(secrets(Texts.everyPlane(), longest, "a", "A", "ä", "a\u0308"));
        assertStock(0, 6, 0);
    }

    @Test
    default void of_two_orders_with_the_same_key_in_one_commit_exactly_one_gets_it() {
        bench().stock();
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(supply("aaa", 1, 0, "a", "x")),
                        StepDraft.insert("bbb").withStock(supply("bbb", 1, 0, "x", "b")),
                        StepDraft.insert("ccc").withStock(supply("ccc", 1, 0, "c"))));
        assertThat(results).hasSize(3).allMatch(StepResult.Done.class::isInstance);
        assertThat(List.of("aaa", "bbb"))
                .filteredOn(id -> bench().stored(id).document().asUtf8().equals("[Taken[]]"))
                .hasSize(1);
        assertThat(bench().revealed("ccc")).isEqualTo(secrets("c"));
        assertStock(0, 3, 1);
    }

    @Test
    default void requests_of_all_kinds_share_a_commit() {
        bench().fill("game", 1);
        ask("back", supply("back", 1, 0, "z"));
        OrderId second = new OrderId(order("mixed").checkout(), 2);
        assertThat(bench().ask(
                                "mixed",
                                supply("mixed", 1, 0, "a"),
                                new StockRequest.Take(second, "game", 1, StockRules.PAID_AT),
                                aside("mixed", 2, "b")))
                .containsExactly(TAKEN, TAKEN, TAKEN);
        assertThat(bench().ask("back", aside("back", 2, "y"), release("back")))
                .containsExactly(TAKEN, new StockAnswer.Returned(new ReleaseAnswer.Voided(0)));
        assertThat(bench().ask("both", supply("both", 1, 0, "p"), release("both")))
                .as("what came is there before it is taken back")
                .containsExactly(TAKEN, new StockAnswer.Returned(new ReleaseAnswer.Voided(0)));
        assertThat(bench().ask("twice", supply("twice", 1, 0, "q"), supply("twice", 2, 1, "r")))
                .containsExactly(TAKEN, TAKEN);
        assertThat(bench().revealed("twice")).isEqualTo(secrets("r"));
        assertStock(0, 3, 5);
    }

    @Test
    default void a_stale_step_leaves_no_key() {
        bench().stock();
        bench().done(StepDraft.insert("cart1").plain());
        bench().stale(StepDraft.insert("cart1").withStock(supply("cart1", 1, 0, "a")));
        bench().stale(StepDraft.on("cart1", 2, 0).withStock(aside("cart1", 1, "b")));
        assertStock(0, 0, 0);
        assertThat(ask("cart2", supply("cart2", 1, 0, "a", "b"))).isEqualTo(TAKEN);
    }

    @Test
    default void a_continuation_that_throws_leaves_no_key_and_spoils_no_neighbour() {
        bench().stock();
        StepDraft draft = StepDraft.insert("bad");
        Step.WithStock bad = draft.withStock(List.of(supply("bad", 1, 0, "a"), aside("bad", 2, "b")), answers -> {
            if (!(answers.get(0) instanceof StockAnswer.NotTried)) {
                throw new IllegalStateException("thrown on purpose by the contract suite");
            }
            return draft.document("not tried: " + answers.size()).write();
        });
        List<StepResult> results = bench().store()
                .commit(List.of(
                        StepDraft.insert("aaa").withStock(supply("aaa", 1, 0, "x")),
                        bad,
                        StepDraft.insert("ccc").withStock(supply("ccc", 1, 0, "y"))));
        assertThat(results).hasSize(3).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().stored("bad").document().asUtf8()).isEqualTo("not tried: 2");
        assertThat(bench().revealed("aaa")).isEqualTo(secrets("x"));
        assertThat(bench().revealed("ccc")).isEqualTo(secrets("y"));
        assertNothingToSee("bad");
        assertStock(0, 2, 0);
        assertThat(ask("cart2", supply("cart2", 1, 0, "a", "b"))).isEqualTo(TAKEN);
    }

    @Test
    default void two_hundred_supplies_in_one_commit_are_each_the_buyers() {
        bench().stock();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String id = "bulk%03d".formatted(i);
            steps.add(StepDraft.insert(id).withStock(supply(id, 1, 0, "one-" + i, "two-" + i)));
        }
        assertThat(bench().store().commit(steps)).hasSize(200).allMatch(StepResult.Done.class::isInstance);
        assertThat(bench().revealed("bulk123")).isEqualTo(secrets("one-123", "two-123"));
        assertStock(0, 400, 0);
    }

    @Test
    default void a_key_that_came_for_several_orders_at_the_same_moment_is_one_orders() {
        bench().stock();
        int writers = 6;
        List<StockAnswer> answers = Together.run(writers, number -> {
            String id = "race%02d".formatted(number);
            StockRequest request = supply(id, 1, 0, "own-" + number, "shared");
            for (int tries = 0; tries < 50; tries++) {
                StockAnswer answer = bench().ask(number % 2 == 0 ? bench().store() : bench().other(), id, request)
                        .get(0);
                if (!(answer instanceof StockAnswer.NotTried)) {
                    return answer;
                }
            }
            throw new AssertionError("the stock was never asked for " + id + " in 50 tries");
        });
        assertThat(answers).filteredOn(TAKEN::equals).hasSize(1);
        assertThat(answers).filteredOn(answer -> !answer.equals(TAKEN)).allMatch(StockAnswer.Unfit.class::isInstance);
        assertStock(0, 2, writers - 1);
    }
}
