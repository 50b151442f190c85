package dev.kadao.benchmarks;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.jdbc.JdbcCheckoutStore;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.jdbc.MasterKeyCipher;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.policy.Sla;
import dev.kadao.port.InboundNotice;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The library as a shop uses it: placed by {@code place}, paid by {@code receive}, keys from the same database. */
final class Kadao implements Contender {
    private static final String GATEWAY = "memory";
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    private final String title;
    private final Orders orders;
    private final InMemoryGateway gateway = new InMemoryGateway();
    private final JdbcKeyInventory stock;
    private final Fulfillment shop;
    private final Map<Integer, InboundNotice> notices = new ConcurrentHashMap<>();
    private final StoreSteps steps;

    Kadao(DataSource dataSource, boolean groupCommit, Orders orders, @Nullable Template template) {
        this(dataSource, groupCommit, orders, template, EngineSettings.defaults());
    }

    Kadao(
            DataSource dataSource,
            boolean groupCommit,
            Orders orders,
            @Nullable Template template,
            EngineSettings settings) {
        this.title = groupCommit ? Kind.KADAO.title : Kind.KADAO_ALONE.title;
        this.orders = orders;
        JdbcCheckoutStore store =
                JdbcCheckoutStore.over(dataSource).groupCommit(groupCommit).open();
        this.stock = JdbcKeyInventory.over(dataSource, MasterKeyCipher.of(new byte[32]))
                .open();
        this.steps = new StoreSteps(store, orders, template);
        PaymentSettings defaults = PaymentSettings.defaults();
        // Nobody asks a gateway about payments while a run lasts: that is another question than this one.
        PaymentSettings patient = new PaymentSettings(
                Duration.ofHours(6), List.of(Duration.ofHours(5)), defaults.closeGrace(), defaults.latePayment());
        this.shop = Fulfillment.builder()
                .store(store)
                .inventory(stock)
                .router(sku -> Optional.of(Route.keys()))
                .gateway(GATEWAY, gateway)
                .payment(patient)
                .sla(Sla.defaults())
                .engine(settings)
                .build();
    }

    /** Fills the stock of every SKU; for the other contenders too. */
    void importKeys() {
        for (int sku = 0; sku < orders.skus(); sku++) {
            String name = Orders.skuName(sku);
            String text = IntStream.range(0, orders.keysOfEach())
                    .mapToObj(number -> "%s-ABCD-%08d-EFGH".formatted(name, number))
                    .collect(Collectors.joining("\n"));
            stock.importKeys(
                    name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "benchmark", "benchmark");
        }
    }

    String sku(int order) {
        return orders.sku(order);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void preparePlacing(int from, int to) {}

    @Override
    public void place(int from, int to) {
        for (int order = from; order < to; order++) {
            PlaceRequest.Line line = new PlaceRequest.Line(orders.sku(order), 1, "buyer@example.com", PRICE);
            shop.place(PlaceRequest.of(GATEWAY, line).withId(Orders.id(order))).orThrow();
        }
    }

    @Override
    public void prepareDelivery(int from, int to) {
        for (int order = from; order < to; order++) {
            notices.put(order, gateway.pay(new PaymentId(new CheckoutId(Orders.id(order)), 1)));
        }
    }

    @Override
    public void deliver(int from, int to) {
        for (int order = from; order < to; order++) {
            InboundNotice notice = notices.get(order);
            if (notice == null) {
                throw new IllegalStateException("the notice of order " + order + " was not prepared");
            }
            int status = shop.receive(GATEWAY, notice).status();
            if (status != 200) {
                throw new IllegalStateException("the notice of order " + order + " was answered " + status);
            }
        }
    }

    @Override
    public void placeForSteps(int from, int to) {
        steps.place(from, to);
    }

    @Override
    public void step(int from, int to) {
        steps.step(from, to);
    }

    @Override
    public void close() {
        shop.close();
    }
}
