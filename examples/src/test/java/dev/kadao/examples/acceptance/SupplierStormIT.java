package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Top-ups at suppliers that lose orders and replies, stall, answer 500 and "not found", and repeat and reorder their
 * notices, while one shop is killed and another paused past its claims and its rights to send: the suppliers' own record
 * shows each order supplied at most once, and every order ends delivered, refunded or with a person.
 *
 * <p>Small by default; the full size is {@code -Dkadao.storm.orders=5000 -Dkadao.storm.kills=10}.
 * With {@code -Dkadao.storm.refuse=false} the suppliers take requests that are older than the margin: the one window
 * that the library names, and only what came through it may then be supplied twice.
 */
@Acceptance
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SupplierStormIT {
    private static final int ORDERS = Integer.getInteger("kadao.storm.orders", 300);
    private static final int KILLS = Integer.getInteger("kadao.storm.kills", 2);
    private static final int PAUSES = Integer.getInteger("kadao.storm.pauses", Math.max(1, KILLS / 2));
    private static final int CLIENTS = Integer.getInteger("kadao.storm.clients", 16);
    private static final long SEED = Long.getLong("kadao.storm.seed", 1);
    private static final boolean REFUSE = Boolean.parseBoolean(System.getProperty("kadao.storm.refuse", "true"));

    /** Longer than a claim (2 s) and than a right to send with its call and its margin (6.3 s). */
    private static final Duration PAUSE = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String ADMIN = "admin-token-of-the-storm";
    private static final String PRICE = "10.00";
    private static final List<String> UNDER_WAY =
            List.of("AWAITING_PAYMENT", "ON_HOLD", "PAID", "DISPATCHING", "UNCERTAIN", "REFUNDING");
    private static final Map<String, String> CHAINS = new TreeMap<>(Map.of(
            "abc", "a,b,c",
            "bca", "b,c,a",
            "dab", "d,a,b",
            "ad", "a,d",
            "cb", "c,b",
            "only-a", "a",
            "only-b", "b",
            "only-d", "d"));

    private final TestServer server = TestServers.postgres();
    private final String url = server.freshUrl();
    private final FakeGateway gateway = new FakeGateway();
    private final AtomicInteger paid = new AtomicInteger();

    @Test
    void every_order_is_supplied_at_most_once_and_comes_to_an_end() throws Exception {
        Path home = ShopWorld.freshHome("SupplierStormIT");
        try (HeldPort first = new HeldPort(0);
                HeldPort second = new HeldPort(0)) {
            List<Integer> ports = List.of(first.number(), second.number());
            List<URI> shops = ports.stream()
                    .map(port -> URI.create("http://127.0.0.1:" + port))
                    .toList();
            try (StormProcess suppliers = StormProcess.start(home, SEED, REFUSE, shops)) {
                Path config = home.resolve("shop.properties");
                config(suppliers).writeTo(config);
                try (Fleet fleet = new Fleet(
                        home, ports.size(), ADMIN, Duration.ofSeconds(3), shop -> options(ports.get(shop), config))) {
                    storm(fleet, suppliers);
                }
            }
        } finally {
            gateway.close();
        }
        assertThat(gateway.violations()).isEmpty();
    }

    private void storm(Fleet fleet, StormProcess suppliers) throws Exception {
        long began = System.nanoTime();
        sellInTrouble(fleet);
        awaitEnded(fleet);
        suppliers.awaitQuiet();
        awaitEnded(fleet);
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(suppliers.isAlive()).isTrue();
        assertThat(fleet.failures()).isEmpty();
        StormOutcome outcome =
                new StormOutcome(stages(fleet), suppliers.record(), gateway.refunds(), StartedActs.read(url));
        System.out.printf(
                "storm of seed %d, late requests %s: %d orders: %s, %d kills, %d pauses, %.1f s%n",
                SEED, REFUSE ? "refused" : "taken", ORDERS, outcome, fleet.kills(), fleet.pauses(), seconds);
        assertThat(outcome.stages()).hasSize(ORDERS);
        assertThat(outcome.wrongs(REFUSE)).isEmpty();
        assertThat(parkedWithoutCase(fleet, outcome)).isEmpty();
        new Desk(fleet.client()).assertAuditIsClean();
    }

    private ShopConfig config(StormProcess suppliers) {
        ShopConfig config = suppliers.addTo(ShopConfig.quick().gateway(gateway));
        CHAINS.forEach((sku, chain) -> config.with("sku." + sku + ".price", "CNY " + PRICE)
                .with("sku." + sku + ".kind", "top-up")
                .with("sku." + sku + ".suppliers", chain));
        return config.with("jdbc-url", url)
                .with("keys.master", Base64.getEncoder().encodeToString(new byte[32]));
    }

    private static List<String> options(int port, Path config) {
        return List.of("--port", Integer.toString(port), "--admin-token", ADMIN, "--config", config.toString());
    }

    /** Sells everything; kills and pauses are spread over the sale, whatever its speed. */
    private void sellInTrouble(Fleet fleet) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        ExecutorService trouble = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> all = new ArrayList<>();
            all.add(trouble.submit(() -> spread(KILLS, 0.5, fleet::killOne)));
            all.add(trouble.submit(() -> spread(PAUSES, 0.4, () -> fleet.pauseOne(PAUSE))));
            for (int i = 0; i < ORDERS; i++) {
                int number = i;
                all.add(clients.submit(() -> buy(fleet, number)));
            }
            for (Future<?> each : all) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
            trouble.shutdownNow();
        }
    }

    private void spread(int times, double offset, Runnable trouble) {
        for (int i = 0; i < times; i++) {
            int after = (int) ((i + offset) / times * ORDERS);
            Waiting.within(PATIENCE, after + " orders are paid").until(() -> paid.get() >= after);
            trouble.run();
        }
    }

    /** Placed at one shop, paid at the next, told twice. */
    private void buy(Fleet fleet, int number) {
        String id = "storm" + number;
        String sku = List.copyOf(CHAINS.keySet()).get(number % CHAINS.size());
        Cart cart = new Cart(
                        id,
                        "sandbox",
                        List.of(),
                        "buyer" + number,
                        "203.0.113.7",
                        "pick-up-token-of-" + id + "-Qm9yZGVy")
                .add(sku, 1, Long.toString(13_800_000_000L + number));
        Reply answer = fleet.insist(number, shop -> shop.place(cart), reply -> reply.status() / 100 == 2);
        Placed placed = Placed.read(answer.json());
        String body = gateway.pay(placed.payment(), placed.amount(), placed.currency())
                .json()
                .toString();
        for (int times = 1; times <= 2; times++) {
            fleet.insist(
                    number + times,
                    shop -> shop.notice("sandbox", body, SignedHeaders.of(gateway.secret(), body)),
                    reply -> reply.status() == 200);
        }
        paid.incrementAndGet();
    }

    private static void awaitEnded(Fleet fleet) {
        Desk desk = new Desk(fleet.client());
        Waiting.within(PATIENCE, "every order is delivered, refunded or with a person")
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(NoAnswerException.class)
                .untilAsserted(() -> assertThat(UNDER_WAY.stream()
                                .flatMap(stage -> desk.all("orders?limit=200&stage=" + stage).stream())
                                .map(order -> order.path("id").asText() + " "
                                        + order.path("stage").asText()))
                        .isEmpty());
    }

    private static Map<String, String> stages(Fleet fleet) {
        return new Desk(fleet.client())
                .all("orders?limit=200").stream()
                        .collect(Collectors.toMap(
                                order -> order.path("id").asText(),
                                order -> order.path("stage").asText(),
                                (one, other) -> other,
                                TreeMap::new));
    }

    private static List<String> parkedWithoutCase(Fleet fleet, StormOutcome outcome) {
        List<String> told = new Desk(fleet.client())
                .all("cases?limit=200").stream()
                        .filter(open -> open.path("kind").asText().equals("parked"))
                        .map((JsonNode open) -> open.path("order").asText())
                        .toList();
        return outcome.in("PARKED").stream()
                .filter(order -> !told.contains(order))
                .toList();
    }
}
