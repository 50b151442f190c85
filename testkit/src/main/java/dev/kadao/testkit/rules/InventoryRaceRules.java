package dev.kadao.testkit.rules;

import static dev.kadao.testkit.rules.InventoryBench.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.KeyInventory.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds while many use an inventory at the same time, and over long random histories. */
public interface InventoryRaceRules {
    /** How many threads come at the same time. */
    int BUYERS = 8;

    InventoryBench bench();

    @Test
    default void the_last_keys_go_to_exactly_as_many_orders_as_they_are_enough_for() {
        int round = 0;
        for (int quantity : List.of(1, 2, 3, 5)) {
            for (int keys : List.of(5, 7, 11)) {
                String sku = "sku" + round++;
                bench().fill(sku, keys);
                List<ReserveAnswer> answers = Together.run(
                        BUYERS,
                        number -> bench().handle(number).reserve(order("buyer_" + sku + "_" + number), sku, quantity));
                int enoughFor = Math.min(BUYERS, keys / quantity);
                assertThat(answers)
                        .as("%d keys, %d for each of %d", keys, quantity, BUYERS)
                        .filteredOn(ReserveAnswer.Reserved.class::isInstance)
                        .hasSize(enoughFor);
                assertThat(answers)
                        .filteredOn(ReserveAnswer.OutOfStock.class::isInstance)
                        .hasSize(BUYERS - enoughFor);
                bench().assertStock(sku, keys - (long) enoughFor * quantity, (long) enoughFor * quantity, 0, 0);
            }
        }
    }

    @Test
    default void one_order_reserved_from_many_threads_has_one_reservation() {
        for (int round = 0; round < 10; round++) {
            String sku = "sku" + round;
            OrderId order = order("cart" + round);
            bench().fill(sku, 2 * BUYERS);
            assertThat(Together.run(BUYERS, number -> bench().handle(number).reserve(order, sku, 2)))
                    .containsOnly(new ReserveAnswer.Reserved());
            bench().assertStock(sku, 2L * BUYERS - 2, 2, 0, 0);
        }
    }

    @Test
    default void one_replacement_from_many_threads_takes_one_set_of_keys() {
        for (int round = 0; round < 10; round++) {
            String sku = "sku" + round;
            OrderId order = order("cart" + round);
            bench().fill(sku, 2 * BUYERS + 2);
            bench().sell("cart" + round, sku, 2);
            assertThat(Together.run(BUYERS, number -> bench().handle(number).replace(order, 1)))
                    .containsOnly(new ReserveAnswer.Reserved());
            bench().assertStock(sku, 2L * BUYERS - 2, 0, 2, 2);
        }
    }

    @Test
    default void between_reveal_and_release_exactly_one_comes_first() {
        for (int round = 0; round < 40; round++) {
            String sku = "sku" + round;
            OrderId order = order("cart" + round);
            bench().fill(sku, 2);
            bench().sell("cart" + round, sku, 2);
            boolean revealStarts = round % 2 == 0;
            List<Object> answers = Together.run(
                    2,
                    number -> (number == 0) == revealStarts
                            ? bench().handle(number).reveal(order)
                            : bench().handle(number).release(order, "refunded"));
            Object reveal = answers.get(revealStarts ? 0 : 1);
            Object release = answers.get(revealStarts ? 1 : 0);
            if (reveal instanceof RevealAnswer.Revealed seen) {
                assertThat(seen.keys()).hasSize(2);
                assertThat(release).isEqualTo(new ReleaseAnswer.Voided(2));
            } else {
                assertThat(reveal).isEqualTo(new RevealAnswer.NothingToReveal());
                assertThat(release).isEqualTo(new ReleaseAnswer.Voided(0));
            }
            bench().assertStock(sku, 0, 0, 0, 2);
        }
    }

    @Test
    default void between_hand_over_and_release_exactly_one_comes_first() {
        for (int round = 0; round < 40; round++) {
            String sku = "sku" + round;
            OrderId order = order("cart" + round);
            bench().fill(sku, 2);
            bench().reserve("cart" + round, sku, 2);
            List<Object> answers = Together.run(
                    2,
                    number -> number == 0
                            ? bench().inventory().handOver(order)
                            : bench().other().release(order, "deadline"));
            if (answers.get(0) instanceof HandOverAnswer.HandedOver) {
                assertThat(answers.get(1)).isEqualTo(new ReleaseAnswer.Voided(0));
                bench().assertStock(sku, 0, 0, 0, 2);
            } else {
                assertThat(answers.get(1)).isEqualTo(new ReleaseAnswer.Released());
                bench().assertStock(sku, 2, 0, 0, 0);
            }
        }
    }

    @Test
    default void between_reserve_and_release_no_key_stays_bound() {
        for (int round = 0; round < 40; round++) {
            String sku = "sku" + round;
            OrderId order = order("cart" + round);
            bench().fill(sku, 2);
            List<Object> answers = Together.run(
                    2,
                    number -> number == 0
                            ? bench().inventory().reserve(order, sku, 2)
                            : bench().other().release(order, "deadline"));
            if (answers.get(0) instanceof ReserveAnswer.Reserved) {
                assertThat(answers.get(1)).isEqualTo(new ReleaseAnswer.Released());
            } else {
                assertThat(answers.get(0)).isEqualTo(new ReserveAnswer.Released());
                assertThat(answers.get(1)).isEqualTo(new ReleaseAnswer.NeverReserved());
            }
            bench().assertStock(sku, 2, 0, 0, 0);
        }
    }

    @Test
    default void in_a_storm_no_key_is_lost_and_none_has_two_owners() {
        int keys = 60;
        bench().fill("steam", keys);
        List<List<Secret>> seen = Together.run(BUYERS, number -> buyAndReturn(number, new Random(number)));
        StockLevel level = bench().inventory().stock("steam");
        assertThat(InventoryBench.imported(level)).isEqualTo(keys);
        assertThat(seen.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(keys);
        assertThat(level.reserved()).isZero();
    }

    /** Buys, looks, replaces and gives back in turn; every key that this buyer ever saw. */
    private List<Secret> buyAndReturn(int number, Random random) {
        List<Secret> seen = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            OrderId order = order("storm_" + number + "_" + i);
            if (bench().handle(i).reserve(order, "steam", 1 + random.nextInt(3)) instanceof ReserveAnswer.Reserved) {
                if (random.nextInt(3) == 0) {
                    bench().handle(number).release(order, "changed my mind");
                } else {
                    bench().handle(number).handOver(order);
                    look(order, seen);
                    boolean replaced = random.nextInt(4) == 0
                            && bench().handle(i).replace(order, 1) instanceof ReserveAnswer.Reserved;
                    if (replaced) {
                        look(order, seen);
                    }
                }
            }
        }
        return seen;
    }

    private void look(OrderId order, List<Secret> seen) {
        if (bench().inventory().reveal(order) instanceof RevealAnswer.Revealed revealed) {
            seen.addAll(revealed.keys());
        }
    }

    @Test
    default void random_histories_go_as_a_simple_model_says() {
        for (long seed = 1; seed <= 30; seed++) {
            new InventoryModel(bench(), "sku" + seed, "seed " + seed).play(InventoryModel.random(new Random(seed), 60));
        }
    }
}
