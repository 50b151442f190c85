package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.InventoryBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an inventory answers, one caller at a time. */
public interface InventoryRules {
    InventoryBench bench();

    @Test
    default void an_unknown_sku_has_no_keys_at_all() {
        bench().assertStock("steam", 0, 0, 0, 0);
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 1)).isEqualTo(new ReserveAnswer.OutOfStock());
    }

    @Test
    default void imported_keys_are_free() {
        bench().fill("steam", 3);
        bench().assertStock("steam", 3, 0, 0, 0);
        bench().fill("xbox", 2);
        bench().assertStock("steam", 3, 0, 0, 0);
        bench().assertStock("xbox", 2, 0, 0, 0);
    }

    @Test
    default void a_reservation_binds_as_many_keys_as_asked_for() {
        bench().fill("steam", 3);
        bench().reserve("cart1", "steam", 2);
        bench().assertStock("steam", 1, 2, 0, 0);
    }

    @Test
    default void a_repeated_reservation_takes_no_second_key() {
        bench().fill("steam", 5);
        bench().reserve("cart1", "steam", 2);
        bench().reserve("cart1", "steam", 2);
        bench().assertStock("steam", 3, 2, 0, 0);
        bench().inventory().handOver(order("cart1"));
        bench().reserve("cart1", "steam", 2);
        bench().assertStock("steam", 3, 0, 2, 0);
        assertThat(bench().revealed("cart1")).hasSize(2);
    }

    @Test
    default void what_is_too_little_stays_untouched_until_more_comes() {
        bench().fill("steam", 2);
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 3)).isEqualTo(new ReserveAnswer.OutOfStock());
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.NotReserved());
        bench().assertStock("steam", 2, 0, 0, 0);
        bench().fill("steam", List.of(Secret.of("one more")));
        bench().reserve("cart1", "steam", 3);
        bench().assertStock("steam", 0, 3, 0, 0);
    }

    @Test
    default void a_hand_over_sells_and_may_be_repeated() {
        bench().fill("steam", 3);
        bench().reserve("cart1", "steam", 2);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.HandedOver());
            bench().assertStock("steam", 1, 0, 2, 0);
        }
    }

    @Test
    default void nothing_reserved_is_not_handed_over() {
        bench().fill("steam", 3);
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.NotReserved());
        bench().assertStock("steam", 3, 0, 0, 0);
    }

    @Test
    default void only_what_was_handed_over_is_revealed() {
        bench().fill("steam", 3);
        assertThat(bench().inventory().reveal(order("cart1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        bench().reserve("cart1", "steam", 2);
        assertThat(bench().inventory().reveal(order("cart1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        bench().inventory().handOver(order("cart1"));
        assertThat(bench().revealed("cart1")).hasSize(2);
    }

    @Test
    default void revealing_again_shows_the_same_keys_in_the_same_order() {
        bench().fill("steam", 40);
        bench().sell("cart1", "steam", 20);
        List<Secret> keys = bench().revealed("cart1");
        bench().sell("cart2", "steam", 20);
        assertThat(bench().revealed("cart1")).isEqualTo(keys);
        assertThat(bench().other().reveal(order("cart1"))).isEqualTo(new RevealAnswer.Revealed(keys));
        assertThat(bench().revealed("cart2")).hasSize(20).doesNotContainAnyElementsOf(keys);
    }

    @Test
    default void keys_come_out_as_they_went_in() {
        List<Secret> keys = List.of(
                Secret.of(Texts.everyPlane()),
                Secret.of("卡密-1234"),
                Secret.of("x".repeat(512)),
                Secret.of("A' or 1=1 --"),
                Secret.of("a"),
                Secret.of("A"));
        bench().fill("steam", keys);
        bench().sell("cart1", "steam", keys.size());
        assertThat(bench().revealed("cart1")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void no_answer_prints_a_key() {
        bench().fill("steam", List.of(Secret.of("marker-key-8d1f")));
        bench().sell("cart1", "steam", 1);
        assertThat(bench().inventory().reveal(order("cart1")).toString()).doesNotContain("8d1f");
        assertThat(bench().inventory().toString()).doesNotContain("8d1f");
        assertThat(bench().inventory().stock("steam").toString()).doesNotContain("8d1f");
    }

    @Test
    default void a_release_before_hand_over_frees_the_keys_for_others() {
        bench().fill("steam", 2);
        bench().reserve("cart1", "steam", 2);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().inventory().release(order("cart1"), "deadline")).isEqualTo(new ReleaseAnswer.Released());
            bench().assertStock("steam", 2, 0, 0, 0);
        }
        bench().sell("cart2", "steam", 2);
        assertThat(bench().revealed("cart2")).hasSize(2);
        assertThat(bench().inventory().release(order("cart1"), "deadline")).isEqualTo(new ReleaseAnswer.Released());
        bench().assertStock("steam", 0, 0, 2, 0);
    }

    @Test
    default void what_was_released_is_bound_never_again() {
        bench().fill("steam", 2);
        bench().reserve("cart1", "steam", 1);
        bench().inventory().release(order("cart1"), "deadline");
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 1)).isEqualTo(new ReserveAnswer.Released());
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.NotReserved());
        assertThat(bench().inventory().reveal(order("cart1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        assertThat(bench().inventory().replace(order("cart1"), 1)).isEqualTo(new ReserveAnswer.Released());
        bench().assertStock("steam", 2, 0, 0, 0);
    }

    @Test
    default void a_release_that_comes_before_its_reserve_refuses_it() {
        bench().fill("steam", 2);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().inventory().release(order("cart1"), "money moved back"))
                    .isEqualTo(new ReleaseAnswer.NeverReserved());
        }
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 1)).isEqualTo(new ReserveAnswer.Released());
        assertThat(bench().inventory().release(order("cart1"), "money moved back"))
                .isEqualTo(new ReleaseAnswer.NeverReserved());
        bench().assertStock("steam", 2, 0, 0, 0);
    }

    @Test
    default void a_release_after_hand_over_voids_unseen_keys() {
        bench().fill("steam", 3);
        bench().sell("cart1", "steam", 2);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().inventory().release(order("cart1"), "refunded")).isEqualTo(new ReleaseAnswer.Voided(0));
            bench().assertStock("steam", 1, 0, 0, 2);
        }
        assertThat(bench().inventory().reveal(order("cart1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.NotReserved());
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 1)).isEqualTo(new ReserveAnswer.Released());
        assertThat(bench().inventory().reserve(order("cart2"), "steam", 2)).isEqualTo(new ReserveAnswer.OutOfStock());
        bench().assertStock("steam", 1, 0, 0, 2);
    }

    @Test
    default void a_release_says_how_many_keys_the_buyer_saw() {
        bench().fill("steam", 3);
        bench().sell("cart1", "steam", 3);
        bench().revealed("cart1");
        assertThat(bench().inventory().release(order("cart1"), "refunded")).isEqualTo(new ReleaseAnswer.Voided(3));
        assertThat(bench().inventory().release(order("cart1"), "again")).isEqualTo(new ReleaseAnswer.Voided(3));
        bench().assertStock("steam", 0, 0, 0, 3);
    }

    @Test
    default void a_replacement_hands_over_as_many_new_keys_and_voids_the_old() {
        bench().fill("steam", 5);
        bench().sell("cart1", "steam", 2);
        List<Secret> old = bench().revealed("cart1");
        assertThat(bench().inventory().replace(order("cart1"), 1)).isEqualTo(new ReserveAnswer.Reserved());
        bench().assertStock("steam", 1, 0, 2, 2);
        assertThat(bench().revealed("cart1")).hasSize(2).doesNotContainAnyElementsOf(old);
    }

    @Test
    default void a_replacement_is_idempotent_by_its_number() {
        bench().fill("steam", 5);
        bench().sell("cart1", "steam", 1);
        for (int number : List.of(1, 1, 2, 2, 1, 2)) {
            assertThat(bench().inventory().replace(order("cart1"), number)).isEqualTo(new ReserveAnswer.Reserved());
        }
        bench().assertStock("steam", 2, 0, 1, 2);
    }

    @Test
    default void a_replacement_without_stock_leaves_the_old_keys() {
        bench().fill("steam", 3);
        bench().sell("cart1", "steam", 2);
        List<Secret> old = bench().revealed("cart1");
        assertThat(bench().inventory().replace(order("cart1"), 1)).isEqualTo(new ReserveAnswer.OutOfStock());
        bench().assertStock("steam", 1, 0, 2, 0);
        assertThat(bench().revealed("cart1")).isEqualTo(old);
        bench().fill("steam", List.of(Secret.of("one more")));
        assertThat(bench().inventory().replace(order("cart1"), 1)).isEqualTo(new ReserveAnswer.Reserved());
        bench().assertStock("steam", 0, 0, 2, 2);
    }

    @Test
    default void a_release_after_a_replacement_speaks_of_the_current_keys() {
        bench().fill("steam", 4);
        bench().sell("cart1", "steam", 2);
        bench().revealed("cart1");
        bench().inventory().replace(order("cart1"), 1);
        assertThat(bench().inventory().release(order("cart1"), "refunded")).isEqualTo(new ReleaseAnswer.Voided(0));
        assertThat(bench().inventory().replace(order("cart1"), 2)).isEqualTo(new ReserveAnswer.Released());
        bench().assertStock("steam", 0, 0, 0, 4);
    }

    @Test
    default void skus_and_orders_that_look_alike_are_kept_apart() {
        List<String> skus = List.of("steam", "Steam", "steam ", "ste%", "ste_m", "卡", "卡到");
        for (String sku : skus) {
            bench().fill(sku, 1);
        }
        for (String sku : skus) {
            bench().assertStock(sku, 1, 0, 0, 0);
        }
        bench().sell("Cart_1", "steam", 1);
        bench().assertStock("steam", 0, 0, 1, 0);
        bench().assertStock("Steam", 1, 0, 0, 0);
        assertThat(bench().inventory().reveal(order("cart_1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        assertThat(bench().inventory().reveal(order("CartX1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        assertThat(bench().inventory().reveal(new OrderId(order("Cart_1").checkout(), 2)))
                .isEqualTo(new RevealAnswer.NothingToReveal());
    }

    @Test
    default void one_order_may_take_a_thousand_keys() {
        List<Secret> keys = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(Secret.of("key " + i));
        }
        bench().fill("steam", keys);
        bench().sell("cart1", "steam", 1_000);
        assertThat(bench().revealed("cart1")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(bench().inventory().release(order("cart1"), "refunded")).isEqualTo(new ReleaseAnswer.Voided(1_000));
    }

    @Test
    default void old_reservations_are_found_oldest_first_and_no_more_than_asked_for() {
        Duration gap = Duration.ofMillis(50);
        bench().fill("steam", 10);
        for (String id : List.of("third", "first", "second", "sold", "freed")) {
            bench().reserve(id, "steam", 1);
            bench().letPass(gap);
        }
        bench().inventory().handOver(order("sold"));
        bench().inventory().release(order("freed"), "deadline");
        bench().reserve("young", "steam", 1);
        assertThat(bench().inventory().reservationsOlderThan(Duration.ofHours(1), 10))
                .isEmpty();
        bench().letPass(Duration.ofMillis(1));
        assertThat(bench().inventory().reservationsOlderThan(Duration.ZERO, 10))
                .containsExactly(order("third"), order("first"), order("second"), order("young"));
        assertThat(bench().inventory().reservationsOlderThan(Duration.ZERO, 2))
                .containsExactly(order("third"), order("first"));
    }
}
