package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several shops on one database, of which every few seconds one is killed and one paused past its claims: every paid
 * order arrives once. Small by default; the full size is {@code -Dkadao.shops=4 -Dkadao.shops.orders=20000}, on MariaDB
 * with {@code -Dkadao.shops.database=mariadb}. Prints how soon the work of the killed and paused ones went on.
 */
@Acceptance
@Timeout(value = 90, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyShopsIT {
    private static final int SHOPS = Integer.getInteger("kadao.shops", 2);
    private static final int ORDERS = Integer.getInteger("kadao.shops.orders", 500);
    private static final int CLIENTS = Integer.getInteger("kadao.shops.clients", 16);
    private static final Duration BEAT = Duration.ofSeconds(Integer.getInteger("kadao.shops.beat", 8));
    /** Longer than a claim (2 s) and than a right to send (4 s). */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(60);
    private static final int KEYS_AN_IMPORT = 20_000;
    private static final String ADMIN = "admin-token-of-many-shops";

    private final TestServer server =
            System.getProperty("kadao.shops.database", "postgresql").equals("mariadb")
                    ? TestServers.mariadb()
                    : TestServers.postgres();
    private final String url = server.freshUrl();
    private final FakeGateway gateway = new FakeGateway();
    private final FakeSupplier idempotent = new FakeSupplier("idempotent");
    private final FakeSupplier queryable = new FakeSupplier("queryable", true);
    private final Map<Integer, Placed> placed = new ConcurrentHashMap<>();

    @Test
    void every_paid_order_arrives_once_whoever_dies_or_sleeps() throws Exception {
        Path home = ShopWorld.freshHome("ManyShopsIT");
        List<String> options = options(home);
        try (Fleet fleet = new Fleet(home, SHOPS, ADMIN, number -> options)) {
            importKeys(fleet);
            long began = System.nanoTime();
            fleet.trouble(BEAT, PAUSE);
            buyAll(fleet);
            fleet.calm();
            awaitDelivered(fleet);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(fleet.failures()).isEmpty();
            assertEachKeyHasOneBuyer(fleet);
            assertEachTopUpWasDoneOnce();
            new Desk(fleet.client()).assertAuditIsClean();
            report(fleet, seconds);
        } finally {
            gateway.close();
            idempotent.close();
            queryable.close();
        }
        assertThat(gateway.refunds()).isEmpty();
        assertThat(gateway.violations()).isEmpty();
        assertThat(idempotent.violations()).isEmpty();
        assertThat(queryable.violations()).isEmpty();
    }

    private List<String> options(Path home) {
        Path file = home.resolve("shop.properties");
        ShopConfig.quick()
                .gateway(gateway)
                .keys("card", "49.00")
                .topUp("safe", "10.00", idempotent, ShopConfig.Guarantee.IDEMPOTENT)
                .topUp("asked", "10.00", queryable, ShopConfig.Guarantee.QUERYABLE_FINAL)
                .with("jdbc-url", url)
                .with("keys.master", Base64.getEncoder().encodeToString(new byte[32]))
                .writeTo(file);
        return List.of("--port", "0", "--admin-token", ADMIN, "--config", file.toString());
    }

    private static String sku(int number) {
        return switch (number % 4) {
            case 0, 1 -> "card";
            case 2 -> "safe";
            default -> "asked";
        };
    }

    private static String recipient(int number) {
        return Long.toString(13_800_000_000L + number);
    }

    private static Cart cart(int number) {
        String id = "many" + number;
        Cart empty = new Cart(
                id, "sandbox", List.of(), "buyer" + number, "203.0.113.7", "pick-up-token-of-" + id + "-Qm9yZGVy");
        return empty.add(sku(number), 1, recipient(number));
    }

    private static void importKeys(Fleet fleet) {
        for (int from = 0; from < ORDERS; from += KEYS_AN_IMPORT) {
            String keys = IntStream.range(from, Math.min(from + KEYS_AN_IMPORT, ORDERS))
                    .mapToObj(i -> "KEY-" + i)
                    .collect(Collectors.joining("\n"));
            fleet.client().importKeys("card", keys).expect(200);
        }
    }

    private void buyAll(Fleet fleet) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                int number = i;
                all.add(clients.submit(() -> buy(fleet, number)));
            }
            for (Future<?> each : all) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Placed at one shop, paid at the next, told twice: once by the gateway, once more by its repetition. */
    private void buy(Fleet fleet, int number) {
        Cart cart = cart(number);
        Reply answer = fleet.insist(number, shop -> shop.place(cart), reply -> reply.status() / 100 == 2);
        Placed confirmed = Placed.read(answer.json());
        placed.put(number, confirmed);
        String body = gateway.pay(confirmed.payment(), confirmed.amount(), confirmed.currency())
                .json()
                .toString();
        for (int times = 1; times <= 2; times++) {
            fleet.insist(
                    number + times,
                    shop -> shop.notice("sandbox", body, SignedHeaders.of(gateway.secret(), body)),
                    reply -> reply.status() == 200);
        }
    }

    private static void awaitDelivered(Fleet fleet) {
        Waiting.within(PATIENCE, "every paid order is delivered")
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(stages(fleet)).isEqualTo(Map.of("DELIVERED", (long) ORDERS)));
    }

    private static Map<String, Long> stages(Fleet fleet) {
        return new Desk(fleet.client())
                .all("orders?limit=200").stream()
                        .collect(Collectors.groupingBy(
                                order -> order.path("stage").asText(), TreeMap::new, Collectors.counting()));
    }

    private void assertEachKeyHasOneBuyer(Fleet fleet) {
        List<String> shown = new ArrayList<>();
        placed.forEach((number, each) -> {
            if (sku(number).equals("card")) {
                fleet.client()
                        .reveal(each.order(), cart(number).pickupToken())
                        .expect(200)
                        .json()
                        .path("keys")
                        .forEach(key -> shown.add(key.asText()));
            }
        });
        assertThat(shown).doesNotHaveDuplicates().hasSize(ORDERS / 2);
    }

    private void assertEachTopUpWasDoneOnce() {
        Map<String, Integer> done = new TreeMap<>(idempotent.executionsByRecipient());
        queryable.executionsByRecipient().forEach((recipient, times) -> done.merge(recipient, times, Integer::sum));
        Set<String> wanted = new HashSet<>();
        IntStream.range(0, ORDERS).filter(i -> !sku(i).equals("card")).forEach(i -> wanted.add(recipient(i)));
        assertThat(done.keySet()).isEqualTo(wanted);
        done.values().removeIf(times -> times == 1);
        assertThat(done).as("top-ups that were not done exactly once").isEmpty();
    }

    private void report(Fleet fleet, double seconds) throws Exception {
        StartedActs acts = StartedActs.read(url);
        assertThat(acts.withoutRight(idempotent.signedTimes())).isEmpty();
        assertThat(acts.withoutRight(queryable.signedTimes())).isEmpty();
        List<Duration> recoveries = acts.recoveries();
        System.out.printf(
                "%d shops, %d orders, %d kills, %d pauses: %.1f s. Of the sends that another process took over, %d, the"
                        + " first step came %s (median), %s (longest) after send deadline + call limit + margin.%n",
                SHOPS,
                ORDERS,
                fleet.kills(),
                fleet.pauses(),
                seconds,
                recoveries.size(),
                recoveries.isEmpty() ? "-" : recoveries.get(recoveries.size() / 2),
                recoveries.isEmpty() ? "-" : recoveries.get(recoveries.size() - 1));
    }
}
