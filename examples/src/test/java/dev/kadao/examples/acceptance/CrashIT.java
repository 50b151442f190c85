package dev.kadao.examples.acceptance;

import static dev.kadao.examples.acceptance.Behaviour.Transport.DROP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that was acknowledged is lost, and nothing is delivered twice, when the shop is killed in full flight. */
@Acceptance
class CrashIT {
    private static final int CLIENTS = 16;
    private static final Duration DRAINED = Duration.ofSeconds(180);

    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(2);

    private final Desk desk = new Desk(WORLD.client());

    @Test
    void two_hundred_checkouts_survive_a_kill_in_the_middle() throws Exception {
        Goods goods = new Goods(200, 20261122);
        try (Rush rush = new Rush(WORLD, CLIENTS, 200, goods.seed, goods::cart)) {
            rush.begin();
            rush.awaitAcknowledged(60 + goods.random.nextInt(20));
            WORLD.kill();
            WORLD.startAgain();
            desk.assertAuditIsClean();
            rush.awaitClients();
            goods.assertEverythingArrivedOnce(rush);
        }
    }

    @Test
    void eighty_checkouts_survive_three_kills_in_a_row() throws Exception {
        Goods goods = new Goods(80, 3);
        try (Rush rush = new Rush(WORLD, CLIENTS, 80, goods.seed, goods::cart)) {
            rush.begin();
            for (int kill = 1; kill <= 3; kill++) {
                rush.awaitAcknowledged(kill * 16 + goods.random.nextInt(8));
                WORLD.kill();
                WORLD.startElsewhere();
            }
            rush.awaitClients();
            goods.assertEverythingArrivedOnce(rush);
        }
    }

    /** What is for sale in one test, and how to tell that all of it arrived. */
    private final class Goods {
        private final long seed;
        private final Random random;
        private final String sku = WORLD.sku();
        private final ShopWorld.Line idempotent = WORLD.line(ShopConfig.Guarantee.IDEMPOTENT);
        private final ShopWorld.Line queryable = WORLD.line(ShopConfig.Guarantee.QUERYABLE_FINAL);
        private final Set<String> imported;

        /** Enough keys for {@code carts} carts; one call in ten at a supplier loses its reply, done or not. */
        Goods(int carts, long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.imported = new HashSet<>(WORLD.stock(sku, 2 * carts));
            idempotent.supplier().otherwise(request -> sometimesLost(request, Behaviour.doneBut(DROP)));
            queryable.supplier().otherwise(request -> sometimesLost(request, Behaviour.lost(DROP)));
        }

        private Behaviour sometimesLost(FakeSupplier.Request request, Behaviour loss) {
            boolean lost =
                    request.recipient().endsWith("7") && request.reference().endsWith("1");
            return lost ? loss : Behaviour.succeed();
        }

        Cart cart(int number) {
            Cart cart = Cart.fresh();
            return switch (number % 5) {
                case 0, 1 -> cart.keys(sku, 1);
                case 2 -> cart.topUp(idempotent.sku(), Cart.freshNumber());
                case 3 -> cart.topUp(queryable.sku(), Cart.freshNumber());
                default -> cart.keys(sku, 2).topUp(queryable.sku(), Cart.freshNumber());
            };
        }

        void assertEverythingArrivedOnce(Rush rush) {
            Waiting.within(DRAINED, "every paid order is delivered")
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(notDelivered(rush)).isEmpty());
            assertEachBuyerHasKeysOfHisOwn(rush);
            assertEachTopUpWasDoneOnce(rush);
            assertThat(WORLD.gateway().refunds()).isEmpty();
            desk.assertAuditIsClean();
        }

        private Map<String, String> notDelivered(Rush rush) {
            Set<String> mine = new HashSet<>();
            rush.placed().forEach(each -> mine.addAll(each.orders()));
            Map<String, String> stages = new TreeMap<>();
            mine.forEach(order -> stages.put(order, "not listed at the desk"));
            for (JsonNode order : desk.all("orders?limit=200")) {
                stages.computeIfPresent(
                        order.path("id").asText(),
                        (id, old) -> order.path("stage").asText());
            }
            stages.values().removeIf("DELIVERED"::equals);
            return counted(stages);
        }

        /** How many orders hang in each stage, with one of them to look at. */
        private Map<String, String> counted(Map<String, String> stages) {
            Map<String, List<String>> orders = new TreeMap<>();
            stages.forEach((order, stage) ->
                    orders.computeIfAbsent(stage, key -> new ArrayList<>()).add(order));
            Map<String, String> counts = new TreeMap<>();
            orders.forEach((stage, ids) -> counts.put(stage, ids.size() + " orders, such as " + ids.get(0)));
            return counts;
        }

        private void assertEachBuyerHasKeysOfHisOwn(Rush rush) {
            List<String> revealed = new ArrayList<>();
            int wanted = 0;
            for (int i = 0; i < rush.carts().size(); i++) {
                Cart cart = rush.carts().get(i);
                Cart.Line first = cart.lines().get(0);
                if (first.sku().equals(sku)) {
                    List<String> keys = keys(cart, rush.placed().get(i).order());
                    assertThat(keys).as("keys of %s", cart.id()).hasSize(first.quantity());
                    revealed.addAll(keys);
                    wanted += first.quantity();
                }
            }
            assertThat(revealed).doesNotHaveDuplicates().hasSize(wanted).isSubsetOf(imported);
            desk.assertStock(sku, imported.size() - wanted, wanted);
        }

        private List<String> keys(Cart cart, String order) {
            List<String> keys = new ArrayList<>();
            Reply reply = WORLD.client().reveal(order, cart.pickupToken()).expect(200);
            reply.json().path("keys").forEach(key -> keys.add(key.asText()));
            return keys;
        }

        private void assertEachTopUpWasDoneOnce(Rush rush) {
            Map<String, Integer> wrong = new TreeMap<>();
            for (Cart cart : rush.carts()) {
                for (Cart.Line line : cart.lines()) {
                    if (!line.sku().equals(sku)) {
                        wrong.put(line.recipient(), executions(line));
                    }
                }
            }
            wrong.values().removeIf(times -> times == 1);
            assertThat(wrong).as("top-ups that were not done exactly once").isEmpty();
        }

        private int executions(Cart.Line line) {
            ShopWorld.Line to = line.sku().equals(idempotent.sku()) ? idempotent : queryable;
            return to.supplier().executions(line.recipient());
        }
    }
}
