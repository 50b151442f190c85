package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.JoinedResult;
import dev.kadao.PlaceRequest;
import dev.kadao.PlaceResult;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.CheckoutStore;
import dev.kadao.testkit.FaultyStore;
import dev.kadao.testkit.rules.Together;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Placing under the risk rules through two shops on one database. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class RiskAtPlacingRules {
    private static final int CROWD = 30;
    private static final int PLACES = 20;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final String IP = "203.0.113.7";

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final List<Fulfillment> open = new ArrayList<>();

    /** The test's own database; the same one each time. */
    abstract DataSource database();

    @AfterEach
    void close() throws Exception {
        open.forEach(Fulfillment::close);
    }

    private Fulfillment node(CheckoutStore store, int most, PaymentSettings payment) {
        Fulfillment node = Fulfillment.builder()
                .store(store)
                .router(sku -> Optional.of(Route.topUp("a")))
                .gateway("memory", gateway)
                .supplier("a", new SilentSupplier())
                .payment(payment)
                .engine(EngineSettings.defaults().withWatchdogInterval(Duration.ofMillis(50)))
                .risk(
                        RiskRules.off().withMaxOpenOrdersPerIp(most),
                        JdbcRiskCounters.over(database()).open(),
                        Secret.of("the shop's digest key"))
                .build();
        open.add(node);
        return node;
    }

    private Fulfillment node(int most) {
        return node(store(), most, PaymentSettings.defaults());
    }

    private JdbcCheckoutStore store() {
        return JdbcCheckoutStore.over(database()).open();
    }

    private static PlaceRequest request(String id) {
        return PlaceRequest.of("memory", new PlaceRequest.Line("phone-100", 1, "13800138000", PRICE))
                .withId(id)
                .withBuyer(new PlaceRequest.Buyer("buyer of " + id, IP));
    }

    private static boolean isPlaced(PlaceResult result) {
        return result instanceof PlaceResult.Placed;
    }

    private static boolean isRefused(PlaceResult result) {
        return result instanceof PlaceResult.RefusedByRisk;
    }

    @Test
    void of_thirty_placings_at_once_at_two_shops_exactly_the_limit_is_placed() {
        List<Fulfillment> nodes = List.of(node(PLACES), node(PLACES));

        List<PlaceResult> results = Together.run(CROWD, i -> nodes.get(i % 2).place(request("cart" + i)));

        assertThat(results).filteredOn(RiskAtPlacingRules::isPlaced).hasSize(PLACES);
        assertThat(results).filteredOn(RiskAtPlacingRules::isRefused).hasSize(CROWD - PLACES);
        for (int i = 0; i < CROWD; i++) {
            boolean placed = isPlaced(results.get(i));
            assertThat(nodes.get(0).checkout(new CheckoutId("cart" + i)).isPresent())
                    .isEqualTo(placed);
            PlaceResult again = nodes.get((i + 1) % 2).place(request("cart" + i));
            assertThat(again)
                    .as("placed again at the limit, at the other shop")
                    .isInstanceOf(placed ? PlaceResult.Same.class : PlaceResult.RefusedByRisk.class);
        }
    }

    /** As a shop's front does: told to come again, it does. */
    private static PlaceResult placedInTheEnd(Fulfillment node, PlaceRequest request) {
        PlaceResult result = node.place(request);
        for (int i = 0; i < 50 && result instanceof PlaceResult.Busy; i++) {
            result = node.place(request);
        }
        return result;
    }

    @Test
    void of_two_hundred_placings_at_once_exactly_the_limit_is_placed_however_often_they_come_again() {
        List<Fulfillment> nodes = List.of(node(PLACES), node(PLACES));
        List<PlaceResult> results = Together.run(200, i -> placedInTheEnd(nodes.get(i % 2), request("cart" + i)));
        assertThat(results).filteredOn(RiskAtPlacingRules::isPlaced).hasSize(PLACES);
        assertThat(results).filteredOn(RiskAtPlacingRules::isRefused).hasSize(200 - PLACES);
        assertThat(TestDatabases.ask(database(), "SELECT SUM(weight) FROM kadao_risk_ticket"))
                .isEqualTo(Integer.toString(PLACES));
    }

    @Test
    void a_further_payment_keeps_the_place_while_the_order_is_open() {
        PaymentSettings brief = new PaymentSettings(
                Duration.ofSeconds(6), List.of(Duration.ofSeconds(1)), Duration.ofSeconds(1), LatePayment.DELIVER);
        Fulfillment node = node(store(), 1, brief);
        assertThat(node.place(request("cart1"))).matches(RiskAtPlacingRules::isPlaced);
        String until = "SELECT until_at FROM kadao_risk_ticket";
        long before = Long.parseLong(TestDatabases.ask(database(), until));

        node.openPayment(new CheckoutId("cart1"), "memory");

        await().atMost(LONG).until(() -> Long.parseLong(TestDatabases.ask(database(), until)) > before);
        assertThat(node.place(request("cart2"))).matches(RiskAtPlacingRules::isRefused);
    }

    @Test
    void paid_orders_give_their_places_back_one_for_one() {
        List<Fulfillment> nodes = List.of(node(2), node(2));
        assertThat(nodes.get(0).place(request("cart1"))).matches(RiskAtPlacingRules::isPlaced);
        assertThat(nodes.get(1).place(request("cart2"))).matches(RiskAtPlacingRules::isPlaced);
        assertThat(nodes.get(1).place(request("cart3"))).matches(RiskAtPlacingRules::isRefused);

        nodes.get(1).receive("memory", gateway.pay(new PaymentId(new CheckoutId("cart1"), 1)));

        await().atMost(LONG).until(() -> isPlaced(nodes.get(0).place(request("cart3"))));
        assertThat(nodes.get(1).place(request("cart4"))).matches(RiskAtPlacingRules::isRefused);
    }

    @Test
    void closed_orders_give_their_places_back() {
        PaymentSettings brief = new PaymentSettings(
                Duration.ofSeconds(1), List.of(Duration.ofSeconds(1)), Duration.ofMinutes(10), LatePayment.DELIVER);
        Fulfillment node = node(store(), 1, brief);
        assertThat(node.place(request("cart1"))).matches(RiskAtPlacingRules::isPlaced);
        assertThat(node.place(request("cart2"))).matches(RiskAtPlacingRules::isRefused);

        await().atMost(LONG)
                .until(() -> node.checkout(new CheckoutId("cart1"))
                                .orElseThrow()
                                .checkout()
                                .order(1)
                                .stage()
                        == Stage.CLOSED);
        // Long before its place would lapse by itself.
        await().atMost(LONG).until(() -> isPlaced(node.place(request("cart2"))));
    }

    /** Its place is taken, its commit never comes: as of a process that is killed in between. */
    private PlaceResult placeAndDie(PlaceRequest request, PaymentSettings payment) {
        FaultyStore dying = new FaultyStore(store());
        Fulfillment node = node(dying, 1, payment);
        for (int i = 0; i < 100; i++) {
            dying.loseNext(FaultyStore.Moment.BEFORE_COMMIT);
        }
        return node.place(request);
    }

    @Test
    void killed_between_counting_and_writing_the_same_checkout_is_placed_elsewhere_and_no_other_one() {
        PlaceResult result = placeAndDie(request("cart1"), PaymentSettings.defaults());
        assertThat(result).isInstanceOf(PlaceResult.Busy.class);
        Fulfillment other = node(1);
        assertThat(other.place(request("cart2"))).matches(RiskAtPlacingRules::isRefused);

        assertThat(other.place(request("cart1"))).matches(RiskAtPlacingRules::isPlaced);
    }

    @Test
    void killed_between_counting_and_writing_the_place_lapses_when_the_order_would_have_closed() {
        PaymentSettings brief = new PaymentSettings(
                Duration.ofSeconds(1), List.of(Duration.ofSeconds(1)), Duration.ofSeconds(1), LatePayment.DELIVER);
        placeAndDie(request("cart1"), brief);

        Fulfillment other = node(store(), 1, brief);
        await().atMost(LONG).until(() -> isPlaced(other.place(request("cart2"))));
        assertThat(other.checkout(new CheckoutId("cart1"))).isEmpty();
    }

    @Test
    void a_checkout_that_nobody_can_place_again_leaves_its_place_at_once() {
        PlaceRequest nameless = request("unused").withId(null);
        assertThat(placeAndDie(nameless, PaymentSettings.defaults())).isInstanceOf(PlaceResult.Busy.class);

        Fulfillment other = node(1);
        await().atMost(LONG).until(() -> isPlaced(other.place(request("cart2"))));
    }

    @Test
    void placing_within_the_callers_transaction_is_counted_before_it_is_committed() throws Exception {
        JdbcCheckoutStore store = store();
        Fulfillment node = node(store, 1, PaymentSettings.defaults());
        try (Connection connection = database().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(node.placeWithin(request("cart1"), store.join(connection)))
                    .isInstanceOf(JoinedResult.Written.class);
            assertThat(node.place(request("cart2"))).matches(RiskAtPlacingRules::isRefused);
            assertThat(node.placeWithin(request("cart1"), store.join(connection)))
                    .isInstanceOf(JoinedResult.Same.class);
            assertThat(node.placeWithin(request("cart3"), store.join(connection)))
                    .isInstanceOf(JoinedResult.RefusedByRisk.class);
            connection.commit();
        }
        assertThat(node.place(request("cart1"))).isInstanceOf(PlaceResult.Same.class);
    }
}
