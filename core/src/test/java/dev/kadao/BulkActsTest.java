package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.BulkAct;
import dev.kadao.desk.BulkFilter;
import dev.kadao.desk.BulkResult;
import dev.kadao.desk.BulkResult.What;
import dev.kadao.desk.DeskAct.Action;
import dev.kadao.desk.ManualDelivery;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.policy.HandlingSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One act on many orders: filtered, listed first, page by page, never twice. */
class BulkActsTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ORDERS = 5;

    private Fulfillment shop = start(false);

    private Fulfillment start(boolean second) {
        Fulfillment started = Fulfillment.builder()
                .store(InMemoryCheckoutStore.sharing(new InMemoryKeyInventory()))
                .router(sku -> Optional.of(Route.topUp("staff")))
                .supplier("staff", ManualDelivery.within(Duration.ofHours(4)))
                .gateway("sandbox", new ScriptedGateway())
                .handling(HandlingSettings.defaults().withSecondPerson(second))
                .build();
        IntStream.rangeClosed(1, ORDERS).forEach(i -> buy(started, "cart" + i, i == 3 ? "other" : "skin"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(started.desk()
                                .cases(true, Optional.empty(), 100)
                                .items())
                        .hasSize(ORDERS));
        return started;
    }

    private static void buy(Fulfillment shop, String id, String sku) {
        shop.place(PlaceRequest.of("sandbox", new PlaceRequest.Line(sku, 1, "13800000000", PRICE))
                        .withId(id))
                .orThrow();
        shop.receive("sandbox", ScriptedGateway.paid(id + "_p1", "t-" + id, PRICE));
    }

    @AfterEach
    void the_audit_finds_nothing() {
        assertThat(shop.desk().audit().violations()).isEmpty();
        shop.close();
    }

    private Order order(String id) {
        return shop.checkout(new CheckoutId(id)).orElseThrow().checkout().order(1);
    }

    private static BulkAct refund(int most) {
        BulkFilter filter =
                BulkFilter.all().inStage(Stage.DISPATCHING).ofSku("skin").taken(false);
        return BulkAct.of("b1", Action.REFUND, "ann", "the game is shut down", filter, most);
    }

    @Test
    void a_dry_run_lists_exactly_what_the_filter_names_and_writes_nothing() {
        BulkResult listed = shop.desk().bulk(refund(200).dry());
        assertThat(listed.items())
                .extracting(BulkResult.Item::order)
                .containsExactly(
                        OrderId.parse("cart1.1"),
                        OrderId.parse("cart2.1"),
                        OrderId.parse("cart4.1"),
                        OrderId.parse("cart5.1"));
        assertThat(listed.count(What.LISTED)).isEqualTo(4);
        assertThat(listed.next()).isNull();
        assertThat(order("cart1").stage()).isEqualTo(Stage.DISPATCHING);
    }

    @Test
    void it_goes_page_by_page_and_from_the_start_again_after_a_stop_without_doing_anything_twice() {
        BulkResult first = shop.desk().bulk(refund(2));
        assertThat(first.count(What.DONE)).isEqualTo(2);
        assertThat(first.next()).isNotNull();
        assertThat(order("cart4").stage()).isEqualTo(Stage.DISPATCHING);

        BulkResult again = shop.desk().bulk(refund(200));
        assertThat(again.count(What.DONE)).isEqualTo(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(order("cart5").stage()).isEqualTo(Stage.REFUNDED));
        assertThat(order("cart3").stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(shop.desk().bulk(refund(200)).items()).isEmpty();
    }

    @Test
    void what_still_matches_when_it_is_run_again_is_done_before() {
        BulkAct take = BulkAct.of("b2", Action.TAKE, "ann", "we look at them", BulkFilter.all(), 200);
        assertThat(shop.desk().bulk(take).count(What.DONE)).isEqualTo(ORDERS);
        assertThat(shop.desk().bulk(take).count(What.DONE_BEFORE)).isEqualTo(ORDERS);
        assertThat(order("cart1").takenBy()).isEqualTo("ann");
    }

    @Test
    void one_that_is_refused_is_told_and_does_not_stop_the_rest() {
        BulkAct retry = BulkAct.of("b3", Action.RETRY, "ann", "try again", BulkFilter.all(), 200);
        BulkResult result = shop.desk().bulk(retry);
        assertThat(result.count(What.REFUSED)).isEqualTo(ORDERS);
        assertThat(result.items().get(0).sentence()).contains("cart1.1", "DISPATCHING");
    }

    @Test
    void where_two_persons_are_wanted_a_bulk_refund_proposes() {
        shop.close();
        shop = start(true);
        assertThat(shop.desk().bulk(refund(200)).count(What.PROPOSED)).isEqualTo(4);
        assertThat(order("cart1").stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(order("cart1").proposal()).isNotNull();
        assertThat(shop.desk().bulk(refund(200)).count(What.DONE_BEFORE)).isEqualTo(4);
    }

    @Test
    void orders_are_found_by_an_open_case() {
        BulkFilter filter = BulkFilter.all().withCase(Case.Kind.DELIVERY);
        BulkAct close = BulkAct.of("b4", Action.CLOSE_CASE, "ann", "tidying up", filter, 200);
        assertThat(shop.desk().bulk(close).count(What.REFUSED)).isEqualTo(ORDERS);
        assertThat(shop.desk()
                        .bulk(BulkAct.of(
                                "b5",
                                Action.TAKE,
                                "ann",
                                "mine",
                                BulkFilter.all().withCase(Case.Kind.PARKED),
                                200))
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"MARK_DELIVERED", "REPLACE", "REPLAY_NOTICE", "APPROVE"})
    void what_needs_a_look_of_its_own_is_not_done_in_bulk(Action action) {
        BulkAct bulk = BulkAct.of("b6", action, "ann", "all of them", BulkFilter.all(), 10);
        assertThatThrownBy(() -> shop.desk().bulk(bulk)).isInstanceOf(InvalidValueException.class);
    }
}
