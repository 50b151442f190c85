package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shop and a gateway whose notices got lost: its statement of the day brings both books together. */
class ReconciliationTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Instant start = Instant.now();
    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final FakeGateway gateway = FakeGateway.capable(InstantSource.system());
    private final Fulfillment shop = Fulfillment.builder()
            .store(InMemoryCheckoutStore.sharing(inventory))
            .inventory(inventory)
            .router(sku -> Optional.of(Route.keys()))
            .gateway("fake", gateway)
            .build();

    @AfterEach
    void close() {
        shop.close();
    }

    private PaymentId place(String id) {
        PlaceRequest request = PlaceRequest.of("fake", new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE))
                .withId(id);
        return shop.place(request).orThrow().checkout().payment(1).id();
    }

    private Checkout checkout(String id) {
        return shop.checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    private ListedStatement today() {
        return gateway.statement(start.minusSeconds(60), start.plus(Duration.ofHours(1)));
    }

    @Test
    void a_hundred_lost_notices_are_made_up_for_and_a_second_run_finds_nothing() {
        inventory.importKeys(
                "steam-50",
                IntStream.range(0, 300).mapToObj(i -> Secret.of("KEY-" + i)).toList());
        for (int i = 100; i < 300; i++) {
            PaymentId payment = place("cart" + i);
            var notice = gateway.pay(payment, PRICE);
            if (i % 2 == 0) {
                shop.receive("fake", notice);
            }
        }

        Reconciliation first = shop.desk().reconcile("fake", today());

        assertThat(first.stopped()).isNull();
        assertThat(first.count(What.MATCHED) + first.count(What.REPAIRED)).isEqualTo(200);
        assertThat(first.count(What.REPAIRED)).isEqualTo(100);
        for (int i = 100; i < 300; i++) {
            assertThat(checkout("cart" + i).order(1).stage()).isEqualTo(Stage.DELIVERED);
        }
        Reconciliation second = shop.desk().reconcile("fake", today());
        assertThat(second.count(What.MATCHED)).isEqualTo(200);
        assertThat(second.findings()).isEmpty();
        assertThat(second.asked()).isZero();
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void a_lost_refund_reply_and_a_refund_at_the_console_are_both_found() {
        inventory.importKeys("steam-50", java.util.List.of(Secret.of("KEY-1"), Secret.of("KEY-2")));
        PaymentId first = place("cart1");
        shop.receive("fake", gateway.pay(first, PRICE));
        PaymentId second = place("cart2");
        shop.receive("fake", gateway.pay(second, PRICE));
        gateway.fail(FakeGateway.Call.REFUND, Fault.LOSE_ANSWER);
        gateway.fail(
                FakeGateway.Call.QUERY_REFUND,
                Fault.LOSE_ANSWER,
                Fault.LOSE_ANSWER,
                Fault.LOSE_ANSWER,
                Fault.LOSE_ANSWER);
        shop.receive("fake", gateway.pay(first, PRICE));
        await().atMost(LONG)
                .until(() -> !checkout("cart1").refunds().isEmpty()
                        && gateway.refunded(first) == PRICE.minorUnits()
                        && checkout("cart1").refund(1).state() != Refund.State.STARTED);
        gateway.moveBack(second, Money.parse("9.00", Currency.CNY));

        Reconciliation report = shop.desk().reconcile("fake", today());

        assertThat(report.isSettled()).isTrue();
        assertThat(checkout("cart1").refund(1).state()).isEqualTo(Refund.State.DONE);
        assertThat(checkout("cart2").payment(1).receipts().get(0).movedBack())
                .isEqualTo(Money.parse("9.00", Currency.CNY));
        assertThat(gateway.refunded(first)).isEqualTo(PRICE.minorUnits());
        assertThat(shop.desk().reconcile("fake", today()).findings()).isEmpty();
    }

    @Test
    void a_notice_is_read_again_at_the_desk_alone() {
        PaymentId payment = place("cart1");
        shop.receive(
                "fake",
                gateway.notice(payment.toString(), new PaymentWord.Paid("t1", Money.parse("4.90", Currency.CNY))));
        String key = shop.desk().noticeOf(payment, "t1").orElseThrow().key();

        assertThat(shop.desk().replayNotice(key, act(DeskAct.Action.CLOSE_CASE)))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(DeskAnswer.Why.BAD_INPUT));
        assertThat(shop.desk().act(checkout("cart1").order(1).id(), act(DeskAct.Action.REPLAY_NOTICE)))
                .isInstanceOf(DeskAnswer.Refused.class);
        assertThat(shop.desk().replayNotice(key, act(DeskAct.Action.REPLAY_NOTICE)))
                .isInstanceOfSatisfying(
                        DeskAnswer.Done.class,
                        done -> assertThat(done.repeated()).isTrue());
        assertThat(shop.desk().replayNotice("no such key", act(DeskAct.Action.REPLAY_NOTICE)))
                .isInstanceOf(DeskAnswer.NotFound.class);
    }

    private static DeskAct act(DeskAct.Action action) {
        return new DeskAct("act-1", action, 0, "ann", "the reader was wrong", null);
    }
}
