package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.Desk.OrderQuery;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.PaymentItem;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.Timeline;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.policy.CompensationRules;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Compensator;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole way through the front door, on real threads and the store in memory. */
class FulfillmentTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(inventory);
    private final ScriptedGateway gateway = new ScriptedGateway();
    private final Fulfillment shop = builder().build();

    private FulfillmentBuilder builder() {
        return Fulfillment.builder()
                .store(store)
                .inventory(inventory)
                .router(sku -> sku.startsWith("steam") ? Optional.of(Route.keys()) : Optional.empty())
                .gateway("sandbox", gateway);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static PlaceRequest request(String id) {
        return PlaceRequest.of("sandbox", new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE))
                .withId(id);
    }

    private Stage stage(String id) {
        return shop.checkout(new CheckoutId(id))
                .orElseThrow()
                .checkout()
                .order(1)
                .stage();
    }

    @Test
    void a_paid_order_is_delivered_in_the_commit_of_its_notice_and_shows_its_key() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.place(request("cart1")).orThrow();

        assertThat(shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE)))
                .isEqualTo(ScriptedGateway.STORED);

        assertThat(stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(shop.reveal(OrderId.parse("cart1.1")).orThrow()).containsExactly(Secret.of("KEY-1"));
        assertThat(shop.confirm(OrderId.parse("cart1.1"))
                        .orThrow()
                        .checkout()
                        .order(1)
                        .stage())
                .isEqualTo(Stage.COMPLETED);
    }

    @Test
    void rules_that_promise_credits_need_somebody_who_grants_them() {
        CompensationRules rules = CompensationRules.of(
                CompensationRules.Rule.from(Duration.ZERO, PRICE, new CompensationRules.Remedy.Coupon("sorry")));

        assertThatThrownBy(() -> builder().compensation(rules).build())
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("compensator(..)");

        Compensator compensator = grant -> new Compensator.Answer.Granted();
        try (Fulfillment whole =
                builder().compensation(rules).compensator(compensator).build()) {
            Checkout placed = whole.place(request("cart9")).orThrow().checkout();
            assertThat(placed.terms().remedies()).isNotNull();
        }
    }

    @Test
    void the_timeline_tells_an_orders_way_and_is_empty_for_an_order_there_is_not() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.place(request("cart1")).orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));

        assertThat(shop.timeline(OrderId.parse("cart1.1")).orElseThrow().nodes())
                .extracting(Timeline.Node::kind)
                .containsExactly(Timeline.Kind.PLACED, Timeline.Kind.PAID, Timeline.Kind.DELIVERED);
        assertThat(shop.timeline(OrderId.parse("cart1.2"))).isEmpty();
        assertThat(shop.timeline(OrderId.parse("cart2.1"))).isEmpty();
    }

    @Test
    void a_store_in_memory_joins_no_transaction_and_says_so() {
        JoinedCommit stranger = new JoinedCommit() {
            @Override
            public StepResult commit(Step.Plain placing) {
                throw new AssertionError("written into a transaction that is not the store's");
            }

            @Override
            public Optional<StoredCheckout> read(CheckoutId id) {
                return Optional.empty();
            }
        };

        assertThatThrownBy(() -> shop.placeWithin(request("cart1"), stranger))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("not joined at the store of this Fulfillment");
        assertThat(shop.checkout(new CheckoutId("cart1"))).isEmpty();
    }

    @Test
    void personal_data_is_erased_once_nothing_needs_it_and_not_before() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        CheckoutId id = shop.place(request("cart1")).orThrow().checkout().id();
        assertThatThrownBy(() -> shop.erasePersonalData(id).orThrow())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cart1.1 is AWAITING_PAYMENT");
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        shop.confirm(OrderId.parse("cart1.1")).orThrow();

        Snapshot erased = shop.erasePersonalData(id).orThrow();

        assertThat(erased.recipient(erased.checkout().order(1))).isEmpty();
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void a_repeated_notice_is_acknowledged_and_changes_nothing() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1"), Secret.of("KEY-2")));
        shop.place(request("cart1")).orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        Snapshot before = shop.checkout(new CheckoutId("cart1")).orElseThrow();

        assertThat(shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE)))
                .isEqualTo(ScriptedGateway.STORED);

        assertThat(shop.checkout(new CheckoutId("cart1")).orElseThrow().checkout())
                .isEqualTo(before.checkout());
        assertThat(inventory.stock("steam-50").free()).isOne();
    }

    @Test
    void stock_that_arrives_goes_to_the_order_that_waits_for_it() {
        shop.place(request("cart1")).orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        assertThat(stage("cart1")).isEqualTo(Stage.PAID);

        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.stockArrived("steam-50");

        await().atMost(LONG).untilAsserted(() -> assertThat(stage("cart1")).isEqualTo(Stage.DELIVERED));
    }

    @Test
    void the_surplus_of_a_second_payment_is_refunded_exactly_once() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.place(request("cart1")).orThrow();
        shop.openPayment(new CheckoutId("cart1"), "sandbox").orThrow();

        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p2", "t2", PRICE));

        await().atMost(LONG).untilAsserted(() -> assertThat(gateway.refunds).hasSize(1));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(shop.checkout(new CheckoutId("cart1"))
                                .orElseThrow()
                                .checkout()
                                .refund(1)
                                .isOpen())
                        .isFalse());
        assertThat(gateway.refunds).hasSize(1);
    }

    @Test
    void placing_again_answers_the_same_checkout_and_other_content_conflicts() {
        PlaceResult first = shop.place(request("cart1"));
        assertThat(first).isInstanceOf(PlaceResult.Placed.class);
        assertThat(((PlaceResult.Placed) first).pickupToken()).isNotNull();

        assertThat(shop.place(request("cart1"))).isInstanceOf(PlaceResult.Same.class);
        PlaceRequest other = PlaceRequest.of("sandbox", new PlaceRequest.Line("steam-50", 2, "a@example.com", PRICE))
                .withId("cart1");
        assertThat(shop.place(other)).isInstanceOf(PlaceResult.Conflict.class);
        PlaceRequest dearer = PlaceRequest.of(
                        null, new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE.plus(PRICE)))
                .withId("cart1");
        assertThat(shop.place(dearer)).isInstanceOf(PlaceResult.Same.class);
        assertThat(shop.place(request("cart1").withPickupToken(Secret.of("x".repeat(22)))))
                .isInstanceOf(PlaceResult.Conflict.class);
    }

    @Test
    void all_that_is_wrong_with_a_request_is_named_at_once() {
        PlaceRequest bad = PlaceRequest.of("nowhere", new PlaceRequest.Line("other", 0, "", PRICE.minus(PRICE)))
                .withId("a b");
        assertThat(shop.place(bad))
                .isInstanceOfSatisfying(
                        PlaceResult.Invalid.class,
                        invalid -> assertThat(invalid.sentences()).hasSize(6));
    }

    @Test
    void a_genuine_notice_for_an_unknown_payment_is_an_orphan_at_the_desk() {
        assertThat(shop.receive("sandbox", ScriptedGateway.paid("nobody_p1", "t1", PRICE)))
                .isEqualTo(ScriptedGateway.STORED);

        List<PaymentItem> orphans = shop.desk()
                .payments(Optional.of(PaymentStatus.ORPHAN), Optional.empty(), 50)
                .items();
        assertThat(orphans).singleElement().satisfies(orphan -> {
            assertThat(orphan.received()).containsExactly(PRICE);
            assertThat(orphan.tradeNumber()).isEqualTo("t1");
        });
        DeskAct close = new DeskAct("act-1", DeskAct.Action.CLOSE_CASE, 0, "ann", "paid back by hand", null);
        String key = orphans.get(0).id().substring("orphan_".length());
        assertThat(shop.desk().closeOrphan(key, close)).isEqualTo(new DeskAnswer.Done(null, false));
        assertThat(shop.desk().payments(Optional.empty(), Optional.empty(), 50).items())
                .isEmpty();
    }

    @Test
    void a_forged_notice_and_one_that_breaks_the_reader_change_nothing() {
        shop.place(request("cart1")).orThrow();
        assertThat(shop.receive("sandbox", ScriptedGateway.notice("forged"))).isEqualTo(ScriptedGateway.FORGED);
        assertThat(shop.receive("sandbox", ScriptedGateway.notice("explode")).status())
                .isEqualTo(500);
        assertThat(shop.receive("elsewhere", ScriptedGateway.notice("forged")).status())
                .isEqualTo(404);
        assertThat(stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
    }

    @Test
    void pages_of_orders_follow_each_other_by_id() {
        for (int i = 1; i <= 5; i++) {
            shop.place(request("cart" + i)).orThrow();
        }
        OrderQuery first = new OrderQuery(Optional.of(Stage.AWAITING_PAYMENT), false, Optional.empty(), 2);
        var page = shop.desk().orders(first);
        assertThat(page.items())
                .extracting(item -> item.order().id().toString())
                .containsExactly("cart1.1", "cart2.1");
        var second = shop.desk()
                .orders(new OrderQuery(
                        Optional.of(Stage.AWAITING_PAYMENT), false, Optional.ofNullable(page.next()), 3));
        assertThat(second.items())
                .extracting(item -> item.order().id().toString())
                .containsExactly("cart3.1", "cart4.1", "cart5.1");
        assertThat(second.next()).isNull();
    }

    @Test
    void a_closed_shop_answers_busy_and_says_so() {
        shop.close();
        shop.close();
        assertThat(shop.place(request("cart1"))).isInstanceOf(PlaceResult.Busy.class);
    }

    @Test
    void all_misconfigurations_are_named_together() {
        assertThatThrownBy(() -> Fulfillment.builder()
                        .gateway("Bad Name", gateway)
                        .gateway("Bad Name", gateway)
                        .build())
                .isInstanceOfSatisfying(
                        MisconfiguredException.class,
                        e -> assertThat(e.problems()).hasSize(4));
    }

    @Test
    void open_orders_that_name_a_gateway_that_is_gone_stop_the_build_unless_it_is_retired() {
        shop.place(request("cart1")).orThrow();
        FulfillmentBuilder without = Fulfillment.builder().store(store).router(sku -> Optional.of(Route.keys()));
        assertThatThrownBy(without::build)
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("sandbox")
                .hasMessageContaining("cart1");
        without.retired("sandbox").build().close();
    }

    @Test
    void health_is_good_once_the_due_loop_has_run() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(shop.health().healthy()).isTrue());
    }

    @Test
    void two_payments_and_their_repetitions_at_once_deliver_once_and_refund_once() throws InterruptedException {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1"), Secret.of("KEY-2")));
        shop.place(request("cart1")).orThrow();
        shop.openPayment(new CheckoutId("cart1"), "sandbox").orThrow();

        ExecutorService callers = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<NoticeReply> replies = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 24; i++) {
            int payment = i % 2 + 1;
            callers.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                replies.add(shop.receive("sandbox", ScriptedGateway.paid("cart1_p" + payment, "t" + payment, PRICE)));
            });
        }
        start.countDown();
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(replies).hasSize(24).containsOnly(ScriptedGateway.STORED);
        await().atMost(LONG).untilAsserted(() -> assertThat(gateway.refunds).hasSize(1));
        assertThat(stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(inventory.stock("steam-50").free()).isOne();
        assertThat(shop.checkout(new CheckoutId("cart1"))
                        .orElseThrow()
                        .checkout()
                        .refunds())
                .hasSize(1);
    }

    @Test
    void an_order_is_diagnosed_before_and_after_its_payment() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.place(request("cart1")).orThrow();
        OrderId order = OrderId.parse("cart1.1");
        assertThat(shop.diagnose(order).orElseThrow().verdict()).isEqualTo(Diagnosis.Verdict.NOT_PAID);
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        assertThat(shop.diagnose(order).orElseThrow().verdict()).isEqualTo(Diagnosis.Verdict.DELIVERED);
        assertThat(shop.diagnose(OrderId.parse("cart1.2"))).isEmpty();
    }
}
