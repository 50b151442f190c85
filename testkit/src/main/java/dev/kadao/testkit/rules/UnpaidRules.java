package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.InventoryBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import dev.kadao.port.ReservingInventory;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an inventory does that reserves for orders which are not paid yet. */
public interface UnpaidRules {
    UnpaidAnswer RESERVED = new UnpaidAnswer.Reserved();
    UnpaidAnswer OUT = new UnpaidAnswer.OutOfStock();
    UnpaidAnswer CAP = new UnpaidAnswer.CapReached();

    InventoryBench bench();

    private static ReservingInventory able(KeyInventory inventory) {
        return (ReservingInventory) inventory;
    }

    private UnpaidAnswer unpaid(String checkout, int quantity, int cap) {
        return able(bench().inventory()).reserveUnpaid(order(checkout), "steam", quantity, cap);
    }

    private void letGo(String checkout) {
        able(bench().inventory()).letGo(order(checkout));
    }

    @Test
    default void what_is_reserved_unpaid_is_a_reservation_and_repeating_it_takes_no_second_key() {
        bench().fill("steam", 5);
        assertThat(unpaid("cart1", 2, 3)).isEqualTo(RESERVED);
        assertThat(unpaid("cart1", 2, 3)).isEqualTo(RESERVED);
        bench().assertStock("steam", 3, 2, 0, 0);
        bench().reserve("cart1", "steam", 2);
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.HandedOver());
        bench().assertStock("steam", 3, 0, 2, 0);
        assertThat(unpaid("cart1", 2, 3)).isEqualTo(RESERVED);
        assertThat(bench().revealed("cart1")).hasSize(2);
    }

    @Test
    default void no_more_than_the_cap_is_reserved_and_what_is_sold_does_not_count() {
        bench().fill("steam", 9);
        assertThat(unpaid("cart1", 2, 3)).isEqualTo(RESERVED);
        assertThat(unpaid("cart2", 2, 3)).isEqualTo(CAP);
        assertThat(unpaid("cart3", 4, 3)).isEqualTo(CAP);
        bench().assertStock("steam", 7, 2, 0, 0);
        assertThat(unpaid("cart4", 1, 3)).isEqualTo(RESERVED);
        assertThat(unpaid("cart5", 1, 3)).isEqualTo(CAP);
        bench().inventory().handOver(order("cart1"));
        assertThat(unpaid("cart2", 2, 3)).isEqualTo(RESERVED);
        bench().assertStock("steam", 4, 3, 2, 0);
    }

    @Test
    default void the_cap_of_one_sku_says_nothing_of_another() {
        bench().fill("steam", 2);
        bench().fill("xbox", 2);
        assertThat(unpaid("cart1", 1, 1)).isEqualTo(RESERVED);
        assertThat(able(bench().inventory()).reserveUnpaid(order("cart2"), "xbox", 1, 1))
                .isEqualTo(RESERVED);
    }

    @Test
    default void too_few_keys_are_out_of_stock_and_stay_untouched() {
        bench().fill("steam", 2);
        assertThat(unpaid("cart1", 3, 9)).isEqualTo(OUT);
        assertThat(unpaid("cart2", 1, 9)).isEqualTo(RESERVED);
        assertThat(able(bench().inventory()).reserveUnpaid(order("cart3"), "never seen", 1, 9))
                .isEqualTo(OUT);
        bench().assertStock("steam", 1, 1, 0, 0);
    }

    @Test
    default void what_is_let_go_is_free_again_and_the_order_may_reserve_once_more() {
        bench().fill("steam", 2);
        assertThat(unpaid("cart1", 2, 2)).isEqualTo(RESERVED);
        letGo("cart1");
        letGo("cart1");
        bench().assertStock("steam", 2, 0, 0, 0);
        assertThat(bench().inventory().handOver(order("cart1"))).isEqualTo(new HandOverAnswer.NotReserved());
        assertThat(unpaid("cart2", 1, 2)).isEqualTo(RESERVED);
        assertThat(bench().inventory().reserve(order("cart1"), "steam", 1)).isEqualTo(new ReserveAnswer.Reserved());
        bench().assertStock("steam", 0, 2, 0, 0);
    }

    @Test
    default void letting_go_leaves_alone_what_was_sold_or_taken_back() {
        bench().fill("steam", 3);
        letGo("nobody");
        bench().sell("cart1", "steam", 1);
        letGo("cart1");
        assertThat(bench().revealed("cart1")).hasSize(1);
        bench().assertStock("steam", 2, 0, 1, 0);
        bench().inventory().release(order("cart1"), "money went back");
        letGo("cart1");
        assertThat(bench().inventory().release(order("cart1"), "money went back"))
                .isEqualTo(new ReleaseAnswer.Voided(1));
        assertThat(unpaid("cart1", 1, 3)).isEqualTo(OUT);
        assertThat(bench().inventory().reveal(order("cart1"))).isEqualTo(new RevealAnswer.NothingToReveal());
        bench().assertStock("steam", 2, 0, 0, 1);
    }

    @Test
    default void the_sweep_is_told_of_what_is_reserved_unpaid() {
        bench().fill("steam", 1);
        assertThat(unpaid("cart1", 1, 1)).isEqualTo(RESERVED);
        bench().letPass(Duration.ofMillis(20));
        assertThat(bench().inventory().reservationsOlderThan(Duration.ofMillis(10), 10))
                .containsExactly(order("cart1"));
        letGo("cart1");
        assertThat(bench().inventory().reservationsOlderThan(Duration.ZERO, 10)).isEmpty();
    }

    /** The race that the guard is for: each round is a SKU of its own, so that its first reservations race too. */
    @Test
    default void of_many_at_once_no_more_reserve_than_the_cap_allows_nor_than_there_is() {
        int buyers = 8;
        for (int round = 0; round < 12; round++) {
            String sku = "sku" + round;
            int keys = 3 + round % 4 * 2;
            int cap = 4;
            bench().fill(sku, keys);
            int turn = round;
            List<UnpaidAnswer> answers = Together.run(
                    buyers,
                    number -> able(bench().handle(number))
                            .reserveUnpaid(order("buyer_" + turn + "_" + number), sku, 1, cap));
            int most = Math.min(cap, keys);
            assertThat(answers)
                    .as("%d keys under a cap of %d", keys, cap)
                    .filteredOn(RESERVED::equals)
                    .hasSize(most);
            assertThat(answers)
                    .filteredOn(keys < cap ? OUT::equals : CAP::equals)
                    .hasSize(buyers - most);
            bench().assertStock(sku, keys - (long) most, most, 0, 0);
        }
    }

    @Test
    default void reserving_letting_go_and_selling_at_once_lose_no_key_and_keep_the_cap() {
        int keys = 6;
        int cap = 3;
        bench().fill("steam", keys);
        Together.run(8, number -> {
            for (int turn = 0; turn < 12; turn++) {
                ReservingInventory stock = able(bench().handle(number));
                String cart = "cart_" + number + "_" + turn;
                boolean mine = stock.reserveUnpaid(order(cart), "steam", 1, cap).equals(RESERVED);
                assertThat(stock.stock("steam").reserved()).isLessThanOrEqualTo(cap);
                if (mine && number == 0 && turn % 4 == 0) {
                    stock.handOver(order(cart));
                } else {
                    stock.letGo(order(cart));
                }
            }
            return true;
        });
        StockLevel level = bench().inventory().stock("steam");
        assertThat(level.reserved()).isZero();
        assertThat(InventoryBench.imported(level)).isEqualTo(keys);
        assertThat(level.sold()).isLessThanOrEqualTo(3);
    }
}
