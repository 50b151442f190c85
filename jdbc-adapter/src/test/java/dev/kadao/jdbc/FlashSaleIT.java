package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.desk.Desk.OrderQuery;
import dev.kadao.desk.OrderItem;
import dev.kadao.desk.Page;
import dev.kadao.jdbc.servers.TestServer;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.port.InboundNotice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More buyers than keys, all at once, on every database: each key is sold once, the rest of the orders wait for stock,
 * none ends in error. Small by default; {@code -Dkadao.flash.threads=64 -Dkadao.flash.keys=10000
 * -Dkadao.flash.orders=12000} is the full size.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class FlashSaleIT {
    private static final int THREADS = Integer.getInteger("kadao.flash.threads", 16);
    private static final int KEYS = Integer.getInteger("kadao.flash.keys", 500);
    private static final int ORDERS = Integer.getInteger("kadao.flash.orders", 600);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String SKU = "hot";
    private static final Money PRICE = Money.parse("1.00", Currency.CNY);

    private final InMemoryGateway gateway = new InMemoryGateway();

    @TempDir
    private Path folder;

    @Test
    void sells_out_on_a_file_of_h2() throws Exception {
        String url = "jdbc:h2:async:" + folder.resolve("sale") + ";WRITE_DELAY=0";
        try (HikariDataSource pool = TestServer.pool(url)) {
            sellsOut("H2 file", pool);
        }
    }

    @Test
    void sells_out_on_postgresql() throws Exception {
        try (HikariDataSource pool = TestServers.postgres().freshPool()) {
            sellsOut("PostgreSQL", pool);
        }
    }

    @Test
    void sells_out_on_mariadb() throws Exception {
        try (HikariDataSource pool = TestServers.mariadb().freshPool()) {
            sellsOut("MariaDB", pool);
        }
    }

    private void sellsOut(String database, HikariDataSource pool) throws Exception {
        JdbcKeyInventory stock =
                JdbcKeyInventory.over(pool, TestDatabases.cipher()).open();
        JdbcCheckoutStore store = JdbcCheckoutStore.over(pool).open();
        TestDatabases.importKeys(
                stock,
                SKU,
                IntStream.range(0, KEYS).mapToObj(i -> Secret.of("key-" + i)).toList());
        try (Fulfillment shop = Fulfillment.builder()
                .store(store)
                .inventory(stock)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("memory", gateway)
                .build()) {
            List<Order> placed = atOnce(ORDERS, i -> place(shop, i));
            List<InboundNotice> paid = placed.stream()
                    .map(each -> gateway.pay(payment(shop, each)))
                    .toList();
            long began = System.nanoTime();
            atOnce(ORDERS, i -> receive(shop, paid.get(i)));
            Awaitility.await("every key is sold")
                    .atMost(PATIENCE)
                    .until(() -> stock.stock(SKU).sold() == KEYS);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "flash sale on %s: %d threads, %d orders, %d keys: %.1f s, %.0f paid orders/s%n",
                    database,
                    THREADS,
                    ORDERS,
                    KEYS,
                    seconds,
                    ORDERS / seconds);
            everyKeyHasOneBuyer(shop);
        }
    }

    private void everyKeyHasOneBuyer(Fulfillment shop) throws Exception {
        Awaitility.await("every other order waits for stock")
                .atMost(PATIENCE)
                .until(() ->
                        stages(shop).equals(Map.of("DELIVERED", (long) KEYS, "PAID waiting", (long) ORDERS - KEYS)));
        List<Order> delivered = orders(shop).stream()
                .filter(order -> order.stage() == Stage.DELIVERED)
                .toList();
        List<String> shown = atOnce(
                        KEYS, i -> shop.reveal(delivered.get(i).id()).orThrow())
                .stream()
                .flatMap(List::stream)
                .map(Secret::expose)
                .toList();
        assertThat(shown).hasSize(KEYS).doesNotHaveDuplicates();
        assertThat(shop.desk().cases(true, Optional.empty(), 10).items()).isEmpty();
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    private static Map<String, Long> stages(Fulfillment shop) {
        return orders(shop).stream()
                .collect(Collectors.groupingBy(
                        order -> order.stage() + (order.keys().waitingSince() == null ? "" : " waiting"),
                        Collectors.counting()));
    }

    private static List<Order> orders(Fulfillment shop) {
        List<Order> orders = new ArrayList<>();
        String after = null;
        do {
            Page<OrderItem> page =
                    shop.desk().orders(new OrderQuery(Optional.empty(), false, Optional.ofNullable(after), 200));
            page.items().forEach(item -> orders.add(item.order()));
            after = page.next();
        } while (after != null);
        return orders;
    }

    private static PaymentId payment(Fulfillment shop, Order order) {
        return shop.checkout(order.id().checkout())
                .orElseThrow()
                .checkout()
                .payment(1)
                .id();
    }

    private static Order place(Fulfillment shop, int number) {
        PlaceRequest request = PlaceRequest.of(
                        "memory", new PlaceRequest.Line(SKU, 1, "buyer" + number + "@example.com", PRICE))
                .withId("sale" + number);
        return shop.place(request).orThrow().checkout().order(1);
    }

    /** As a gateway does: told again until it is acknowledged. */
    private static boolean receive(Fulfillment shop, InboundNotice notice) {
        Awaitility.await("the notice is acknowledged")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> shop.receive("memory", notice).status() == 200);
        return true;
    }

    /** Does it so many times on all threads; the results in order. */
    private static <T> List<T> atOnce(int times, IntFunction<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                all.add(threads.submit(() -> work.apply(number)));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> each : all) {
                done.add(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }
}
