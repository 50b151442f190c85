package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.Answer;
import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.desk.Page;
import dev.kadao.desk.ReviewItem;
import dev.kadao.insight.Ratings.Rating;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.testkit.rules.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reviews of two shops on one database: taken once, listed the latest first, and counted exactly. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class ReviewRules {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    /** One begins as the other; one has what stands between the parts of an index value. */
    private static final List<String> SKUS = List.of("steam", "steam-50", "steam|9", "礼品卡");

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final List<Fulfillment> nodes = new ArrayList<>();

    /** The test's own database; the same one each time. */
    abstract DataSource database();

    @BeforeEach
    void open() {
        for (int i = 0; i < 2; i++) {
            JdbcKeyInventory inventory =
                    JdbcKeyInventory.over(database(), TestDatabases.cipher()).open();
            nodes.add(Fulfillment.builder()
                    .store(JdbcCheckoutStore.over(database()).open())
                    .inventory(inventory)
                    .router(sku -> Optional.of(Route.keys()))
                    .gateway("memory", gateway)
                    .build());
            if (i == 0) {
                SKUS.forEach(sku -> TestDatabases.importKeys(
                        inventory,
                        sku,
                        IntStream.range(0, 10)
                                .mapToObj(n -> Secret.of(sku + "-" + n))
                                .toList()));
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        nodes.forEach(Fulfillment::close);
    }

    private Fulfillment node() {
        return nodes.get(0);
    }

    /** One checkout with an order of each SKU, all of them completed. */
    private List<OrderId> completed(String id) {
        PlaceRequest.Line[] lines = SKUS.stream()
                .map(sku -> new PlaceRequest.Line(sku, 1, "a@example.com", PRICE))
                .toArray(PlaceRequest.Line[]::new);
        node().place(PlaceRequest.of("memory", lines).withId(id)).orThrow();
        node().receive("memory", gateway.pay(PaymentId.parse(id + "_p1")));
        List<OrderId> orders = IntStream.rangeClosed(1, SKUS.size())
                .mapToObj(line -> new OrderId(new CheckoutId(id), line))
                .toList();
        orders.forEach(order -> node().confirm(order).orThrow());
        return orders;
    }

    private List<String> listed(Optional<String> sku, int limit) {
        List<String> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<ReviewItem> page = nodes.get(1).desk().reviews(sku, after, limit);
            page.items()
                    .forEach(item -> all.add(
                            item.sku() + " " + item.stars() + " " + item.text().orElse("")));
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
        return all;
    }

    @Test
    void of_two_shops_that_take_reviews_of_one_order_at_once_one_wins_and_it_is_counted_once() {
        OrderId order = completed("cart1").get(0);

        List<Answer> answers =
                Together.run(10, i -> nodes.get(i % 2).review(order, i % 5 + 1, Optional.of("words " + i % 5)));

        int won = (int) answers.stream()
                .filter(answer -> answer instanceof Answer.Done done && !done.repeated())
                .count();
        assertThat(won).as(answers.toString()).isEqualTo(1);
        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(2);
        assertThat(node().desk().ratings().all().count()).isEqualTo(1);
        assertThat(listed(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void reviews_are_paged_by_sku_and_their_stars_counted() {
        List<String> expected = new ArrayList<>();
        List<String> ofOne = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            List<OrderId> orders = completed("cart" + i);
            for (int line = 0; line < SKUS.size(); line++) {
                int stars = (i + line) % 5 + 1;
                Optional<String> text = line == 3 ? Optional.of("好 " + i) : Optional.empty();
                node().review(orders.get(line), stars, text).orThrow();
                expected.add(SKUS.get(line) + " " + stars + " " + text.orElse(""));
                if (line == 0) {
                    ofOne.add(expected.get(expected.size() - 1));
                }
            }
        }

        for (int limit : List.of(1, 5, 12, 200)) {
            // Within a day they stand in no order that a stranger could read anything from, but always in the same one.
            assertThat(listed(Optional.empty(), limit))
                    .as("by " + limit)
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isEqualTo(listed(Optional.empty(), 200));
            assertThat(listed(Optional.of("steam"), limit)).containsExactlyInAnyOrderElementsOf(ofOne);
        }
        assertThat(listed(Optional.of("stea"), 10)).isEmpty();
        assertThat(listed(Optional.of("STEAM"), 10)).isEmpty();
        assertThat(node().desk().ratings().bySku().keySet()).containsExactlyInAnyOrderElementsOf(SKUS);
        assertThat(node().desk().ratings().bySku().get("steam")).isEqualTo(new Rating(List.of(0L, 1L, 1L, 1L, 0L)));
        assertThat(node().desk().ratings().all().count()).isEqualTo(12);

        node().erasePersonalData(new CheckoutId("cart2")).orThrow();
        assertThat(listed(Optional.of("礼品卡"), 10)).containsExactlyInAnyOrder("礼品卡 2 好 3", "礼品卡 1 ", "礼品卡 5 好 1");
        assertThat(node().desk().ratings().all().count()).isEqualTo(12);
    }
}
