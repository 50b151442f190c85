package dev.kadao.examples.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The adapter in a shop: what becomes of an order when the supplier is slow, or its reply is lost. */
@Timeout(120)
class MagpieInAShopTest {
    private static final CheckoutId CART = new CheckoutId("cart42");
    private static final String REFERENCE = "cart42_1_1";
    private final MagpieServer supplier = new MagpieServer();
    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryKeyInventory stock =
            new InMemoryKeyInventory(() -> Instant.now().plus(passed.get()));
    private final Fulfillment shop = Fulfillment.builder()
            .store(InMemoryCheckoutStore.sharing(stock))
            .inventory(stock)
            .router(sku -> Optional.of(sku.equals("game-30") ? Route.sourced("magpie") : Route.topUp("magpie")))
            .gateway("memory", gateway)
            .supplier("magpie", new MagpieTopUp(supplier.account(), Duration.ofSeconds(5)))
            .build();

    @AfterEach
    void stop() {
        shop.close();
        supplier.close();
    }

    private void letPass(Duration time) {
        passed.updateAndGet(time::plus);
    }

    private void sellTopUp() {
        sell(new PlaceRequest.Line("phone-100", 1, MagpieOrders.RECIPIENT, Money.parse("99.50", Currency.CNY)));
    }

    private void sellCards() {
        sell(new PlaceRequest.Line("game-30", 2, "buyer@example.com", Money.parse("60.00", Currency.CNY)));
    }

    private void sell(PlaceRequest.Line line) {
        shop.place(PlaceRequest.of("memory", line).withId(CART.toString())).orThrow();
        assertThat(shop.receive("memory", gateway.pay(new PaymentId(CART, 1))).status())
                .isEqualTo(200);
    }

    private void awaitStage(Stage stage) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        shop.checkout(CART).orElseThrow().checkout().order(1).stage() == stage);
    }

    @Test
    void a_paid_top_up_is_delivered_by_one_request() {
        sellTopUp();
        awaitStage(Stage.DELIVERED);

        assertThat(supplier.executions(REFERENCE)).isEqualTo(1);
        assertThat(supplier.arrived()).isEqualTo(1);
    }

    @Test
    void a_lost_reply_is_asked_about_from_settle_on_and_the_order_is_never_sent_again() {
        supplier.next(MagpieServer.Twist.LOSE_REPLY);
        sellTopUp();
        awaitStage(Stage.UNCERTAIN);
        assertThat(supplier.arrived()).isEqualTo(1);

        letPass(Duration.ofMinutes(2));
        awaitStage(Stage.DELIVERED);

        assertThat(supplier.executions(REFERENCE)).isEqualTo(1);
        assertThat(supplier.arrived()).isEqualTo(2);
    }

    @Test
    void a_lost_order_is_not_found_for_half_an_hour_and_ends_with_a_person_unsent() {
        supplier.next(MagpieServer.Twist.LOSE_ORDER);
        sellTopUp();
        awaitStage(Stage.UNCERTAIN);

        for (int i = 0; i < 10; i++) {
            int asked = supplier.arrived();
            letPass(Duration.ofMinutes(10));
            await().atMost(Duration.ofSeconds(60)).until(() -> supplier.arrived() > asked || isParked());
        }

        awaitStage(Stage.PARKED);
        assertThat(supplier.executions(REFERENCE)).isZero();
    }

    private boolean isParked() {
        return shop.checkout(CART).orElseThrow().checkout().order(1).stage() == Stage.PARKED;
    }

    @Test
    void a_busy_system_that_delivered_all_the_same_is_asked_about_and_not_refunded() {
        supplier.next(MagpieServer.Twist.SAY_BUSY);
        sellTopUp();
        awaitStage(Stage.UNCERTAIN);

        letPass(Duration.ofMinutes(2));
        awaitStage(Stage.DELIVERED);

        assertThat(supplier.executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    void a_notice_ends_what_takes_time_and_a_forged_one_ends_nothing() {
        supplier.next(MagpieServer.Twist.TAKE_TIME);
        sellTopUp();
        await().atMost(Duration.ofSeconds(60)).until(() -> supplier.arrived() == 1);
        InboundNotice notice = supplier.end(REFERENCE);
        InboundNotice forged = new InboundNotice("POST", "", Map.of(), notice.body(), notice.receivedAt());

        assertThat(shop.receiveFromSupplier("magpie", forged).status()).isEqualTo(401);
        assertThat(shop.checkout(CART).orElseThrow().checkout().order(1).stage())
                .isNotEqualTo(Stage.DELIVERED);

        assertThat(shop.receiveFromSupplier("magpie", notice)).isEqualTo(NoticeReply.text(200, "ok"));
        assertThat(shop.receiveFromSupplier("magpie", notice)).isEqualTo(NoticeReply.text(200, "ok"));
        awaitStage(Stage.DELIVERED);
    }

    @Test
    void cards_are_the_buyers_as_soon_as_they_came_and_a_lost_reply_loses_none() {
        supplier.next(MagpieServer.Twist.LOSE_REPLY);
        sellCards();
        awaitStage(Stage.UNCERTAIN);
        letPass(Duration.ofMinutes(2));
        awaitStage(Stage.DELIVERED);

        assertThat(shop.reveal(OrderId.parse("cart42.1")).orThrow())
                .extracting(Secret::expose)
                .containsExactlyInAnyOrder("CARD-cart42_1_1-1", "CARD-cart42_1_1-2");
        assertThat(supplier.executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    void a_notice_of_cards_that_does_not_hold_them_has_the_supplier_asked() {
        supplier.next(MagpieServer.Twist.TAKE_TIME);
        sellCards();
        await().atMost(Duration.ofSeconds(60)).until(() -> supplier.arrived() == 1);

        assertThat(shop.receiveFromSupplier("magpie", supplier.end(REFERENCE)).status())
                .isEqualTo(200);

        awaitStage(Stage.DELIVERED);
        assertThat(supplier.executions(REFERENCE)).isEqualTo(1);
    }
}
