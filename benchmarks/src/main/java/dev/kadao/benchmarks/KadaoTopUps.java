package dev.kadao.benchmarks;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.jdbc.JdbcCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.suppliers.HttpSupplier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The library with its reference dispatcher and its default settings, over a plain connection pool. */
final class KadaoTopUps implements TopUps {
    private static final String GATEWAY = "memory";
    private static final Money PRICE = Money.parse("99.50", Currency.CNY);

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final Fulfillment shop;

    KadaoTopUps(DataSource dataSource, TwoSuppliers suppliers, Duration callLimit, Deliveries deliveries) {
        WatchedStore store = new WatchedStore(
                JdbcCheckoutStore.over(dataSource).open(), id -> deliveries.delivered(number(id.toString())));
        PaymentSettings defaults = PaymentSettings.defaults();
        PaymentSettings patient = new PaymentSettings(
                Duration.ofHours(6), List.of(Duration.ofHours(5)), defaults.closeGrace(), defaults.latePayment());
        EngineSettings settings = EngineSettings.defaults();
        shop = Fulfillment.builder()
                .store(store)
                .router(sku -> Optional.of(Route.topUp(sku)))
                .gateway(GATEWAY, gateway)
                .supplier("a", supplier(suppliers.endpoint("a"), callLimit))
                .supplier("b", supplier(suppliers.endpoint("b"), callLimit))
                .payment(patient)
                .engine(settings.withSlots(SLOTS / 2, settings.waiting()))
                .build();
    }

    private static HttpSupplier supplier(String endpoint, Duration callLimit) {
        Guarantee.Asking asking = new Guarantee.Asking(
                Duration.ofSeconds(5),
                false,
                List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15)),
                Duration.ofMinutes(30),
                Duration.ofDays(3));
        SupplierTerms terms = new SupplierTerms(new Guarantee.Queryable(asking), callLimit, Duration.ofHours(2));
        return HttpSupplier.at(endpoint, Secret.of("benchmark"), terms).build();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring("order".length()));
    }

    @Override
    public void place(int from, int to) {
        for (int order = from; order < to; order++) {
            PlaceRequest.Line line = new PlaceRequest.Line(TopUps.supplierOf(order), 1, "13800000000", PRICE);
            shop.place(PlaceRequest.of(GATEWAY, line).withId(Orders.id(order))).orThrow();
        }
    }

    @Override
    public void pay(int order) {
        int status = shop.receive(GATEWAY, gateway.pay(new PaymentId(new CheckoutId(Orders.id(order)), 1)))
                .status();
        if (status != 200) {
            throw new IllegalStateException("the notice of order " + order + " was answered " + status);
        }
    }

    @Override
    public void close() {
        shop.close();
    }
}
