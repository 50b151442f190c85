package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Ladder;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Message;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.Sla;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.testkit.FakeGateway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three shops on one database, their due loops running at once and one after the other started anew: each rung once. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ThreeNodesLadderTest {
    private static final int CHECKOUTS = 90;
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    private final DataSource database = TestDatabases.inMemory();
    private final FakeGateway gateway = FakeGateway.capable(InstantSource.system());
    private final Fulfillment[] nodes = new Fulfillment[3];
    /** The references under which each order was told that it is late. */
    private final Map<String, Set<String>> late = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        for (Fulfillment node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }

    private Fulfillment node() {
        return Fulfillment.builder()
                .store(JdbcCheckoutStore.over(database).open())
                .router(sku -> Optional.of(Route.topUp("a")))
                .gateway("fake", gateway)
                .supplier("a", new Slow())
                .notifier((order, kind, recipient, reference) -> {
                    if (kind == Message.Kind.LATE) {
                        late.computeIfAbsent(order.toString(), one -> ConcurrentHashMap.newKeySet())
                                .add(reference);
                    }
                })
                .sla(new Sla(Duration.ofSeconds(1), Duration.ofMillis(1500), Duration.ofSeconds(2)))
                .engine(EngineSettings.defaults()
                        .withWatchdogInterval(Duration.ofMillis(20))
                        .withClaimLease(Duration.ofSeconds(1)))
                .build();
    }

    private Checkout checkout(String id) {
        return nodes[0].checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    @Test
    void each_rung_is_reached_once_though_three_due_loops_look_at_once() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = node();
        }
        for (int i = 0; i < CHECKOUTS; i++) {
            String id = "cart" + i;
            PlaceRequest.Line line = new PlaceRequest.Line("phone-100", 1, "13800000000", PRICE);
            nodes[i % 3].place(PlaceRequest.of("fake", line).withId(id)).orThrow();
            nodes[(i + 1) % 3].receive("fake", gateway.pay(PaymentId.parse(id + "_p1"), PRICE));
            ids.add(id);
            if (i % 15 == 14) {
                nodes[(i / 15) % 3].close();
                nodes[(i / 15) % 3] = node();
            }
        }

        for (String id : ids) {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                Ladder ladder = checkout(id).order(1).ladder();
                return ladder != null && ladder.has(Rung.ESCALATE) && late.containsKey(id + ".1");
            });
        }

        assertThat(ids).allSatisfy(id -> {
            Checkout checkout = checkout(id);
            assertThat(checkout.order(1).ladder().reached()).containsExactly(Rung.LATE, Rung.REDISPATCH, Rung.ESCALATE);
            assertThat(checkout.cases())
                    .singleElement()
                    .satisfies(one -> assertThat(one.kind()).isEqualTo(Case.Kind.LATE));
            assertThat(checkout.messages().stream().filter(one -> one.kind() == Message.Kind.LATE))
                    .hasSize(1);
            assertThat(late.get(id + ".1")).hasSize(1);
        });
    }

    /** It says that it works on it, can be asked, and says nothing else. */
    private static final class Slow implements dev.kadao.port.QueryableDispatcher {
        @Override
        public SupplierTerms terms() {
            Guarantee.Asking asking = new Guarantee.Asking(
                    Duration.ofSeconds(1),
                    false,
                    List.of(Duration.ofMinutes(1)),
                    Duration.ofHours(1),
                    Duration.ofDays(1));
            return new SupplierTerms(new Guarantee.Queryable(asking), Duration.ofSeconds(1), Duration.ofHours(1));
        }

        @Override
        public Dispatcher.Answer dispatch(Request request, Deadline deadline) {
            return new Answer.Accepted("s1", null);
        }

        @Override
        public Answer query(dev.kadao.order.DispatchId reference) {
            return new Answer.Accepted("s1", null);
        }
    }
}
