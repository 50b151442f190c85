package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.NotToldException;
import dev.kadao.port.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How buyers are told, and for how long it is tried. */
class MessagesTest {
    private final ManualClockwork clockwork = new ManualClockwork(1);
    private final InMemoryKeyInventory stock =
            new InMemoryKeyInventory(() -> clockwork.wall().instant());
    private final List<Try> tries = new ArrayList<>();
    private Engine engine;

    private record Try(Instant at, String order, Message.Kind kind, Optional<String> recipient, String reference) {}

    private void start(Duration firstGap, Notifier notifier) {
        Terms plain = Rig.TERMS;
        Terms terms = new Terms(
                plain.paymentDeadline(),
                plain.paymentQueries(),
                plain.closeGrace(),
                plain.latePayment(),
                plain.stockWait(),
                plain.stockWaitOver(),
                firstGap,
                plain.retryMax(),
                plain.disputeWindow(),
                plain.sla(),
                true,
                null,
                null,
                null);
        Notifier noting = (order, kind, recipient, reference) -> {
            tries.add(new Try(clockwork.wall().instant(), order.toString(), kind, recipient, reference));
            notifier.tell(order, kind, recipient, reference);
        };
        engine = new Engine(
                new EngineParts(
                        InMemoryCheckoutStore.sharing(stock),
                        stock,
                        noting,
                        Map.of("sandbox", new ScriptedGateway()),
                        Map.of(),
                        terms,
                        EngineSettings.defaults(),
                        SweepSettings.defaults()),
                clockwork);
        engine.start();
        stock.importKeys(
                "sku",
                IntStream.range(0, 50).mapToObj(i -> Secret.of("key-" + i)).toList());
    }

    private void deliver(String id, String recipient) {
        Placement.Line line = new Placement.Line("sku", 1, recipient, Rig.PRICE, Route.keys());
        engine.place(new Placement(new CheckoutId(id), "sandbox", List.of(line), null, null));
        clockwork.settle();
        engine.receive("sandbox", ScriptedGateway.paid(id + "_p1", "trade-" + id, Rig.PRICE));
        clockwork.settle();
    }

    private Message.State stateOf(String id) {
        return engine.reads()
                .checkout(new CheckoutId(id))
                .orElseThrow()
                .checkout()
                .message(1)
                .state();
    }

    private void pass(Duration span) {
        Instant end = clockwork.wall().instant().plus(span);
        while (clockwork.wall().instant().isBefore(end)) {
            clockwork.pause(Duration.ofMinutes(10).minusSeconds(2));
            clockwork.advance(Duration.ofSeconds(2));
        }
    }

    private static NotToldException down() {
        return NotToldException.recipientFailed("status 503");
    }

    @Test
    void a_dead_recipient_is_tried_twenty_times_over_three_and_a_half_days_and_then_given_up() {
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            throw down();
        });
        deliver("cart1", "buyer@example.com");

        pass(Duration.ofDays(3));
        assertThat(stateOf("cart1")).isEqualTo(Message.State.DUE);
        pass(Duration.ofDays(2));

        assertThat(stateOf("cart1")).isEqualTo(Message.State.GIVEN_UP);
        assertThat(tries).hasSize(20).allSatisfy(one -> {
            assertThat(one.reference()).isEqualTo("cart1_m1");
            assertThat(one.order()).isEqualTo("cart1.1");
            assertThat(one.kind()).isEqualTo(Message.Kind.DELIVERED);
            assertThat(one.recipient()).contains("buyer@example.com");
        });
        assertThat(Duration.between(tries.get(0).at(), tries.get(19).at())).isGreaterThan(Duration.ofHours(84));
    }

    @Test
    void a_shop_with_a_short_back_off_tries_its_messages_as_long() {
        start(Duration.ofMillis(20), (order, kind, recipient, reference) -> {
            throw new IllegalStateException("whatever is thrown");
        });
        deliver("cart1", "buyer@example.com");

        pass(Duration.ofDays(3));

        assertThat(stateOf("cart1")).isEqualTo(Message.State.DUE);
    }

    @Test
    void a_recipient_that_is_back_within_the_day_is_told_once() {
        Instant back = ManualClockwork.START.plus(Duration.ofHours(20));
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            if (clockwork.wall().instant().isBefore(back)) {
                throw down();
            }
        });
        deliver("cart1", "buyer@example.com");

        pass(Duration.ofDays(5));

        assertThat(stateOf("cart1")).isEqualTo(Message.State.SENT);
        assertThat(tries.stream().filter(one -> !one.at().isBefore(back))).hasSize(1);
    }

    @Test
    void a_message_that_can_never_be_told_is_given_up_at_once() {
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            throw NotToldException.never("the recipient is no e-mail address");
        });
        deliver("cart1", "13800000000");

        assertThat(stateOf("cart1")).isEqualTo(Message.State.GIVEN_UP);
        pass(Duration.ofDays(1));
        assertThat(tries).hasSize(1);
    }

    @Test
    void messages_that_one_recipient_does_not_take_hold_up_no_message_to_another() {
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            if (recipient.equals(Optional.of("dead@example.com"))) {
                throw down();
            }
        });
        for (int i = 10; i < 40; i++) {
            deliver("dead" + i, "dead@example.com");
        }

        deliver("cart1", "buyer@example.com");

        assertThat(stateOf("cart1")).isEqualTo(Message.State.SENT);
    }

    @Test
    void a_notifier_that_is_broken_itself_is_left_alone_for_a_while() {
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            throw NotToldException.notifierFailed("connection refused");
        });
        for (int i = 10; i < 40; i++) {
            deliver("cart" + i, "buyer@example.com");
        }

        assertThat(tries).hasSizeLessThan(30);
        assertThat(stateOf("cart39")).isEqualTo(Message.State.DUE);
    }

    @Test
    void a_notifier_that_fails_keeps_no_order_from_its_buyer() {
        start(Duration.ofSeconds(1), (order, kind, recipient, reference) -> {
            throw new LinkageError("no such class");
        });
        deliver("cart1", "buyer@example.com");

        assertThat(engine.reveal(OrderId.parse("cart1.1"), null)).isInstanceOf(Revelation.Shown.class);
    }

    @Test
    void a_try_that_ends_beyond_its_limit_counts_once_and_is_told_if_it_was() {
        List<Runnable> ends = new ArrayList<>(List.of(
                () -> {
                    throw down();
                },
                () -> {}));
        start(Duration.ofMinutes(1), (order, kind, recipient, reference) -> {
            clockwork.advance(EngineSettings.defaults().callLimit().plusSeconds(1));
            if (!ends.isEmpty()) {
                ends.remove(0).run();
            }
        });
        deliver("cart1", "buyer@example.com");
        // The answers found the checkout's lane taken by the very step that made the call: all runs on one thread here.
        clockwork.advance(Duration.ofSeconds(5));
        assertThat(engine.reads()
                        .checkout(new CheckoutId("cart1"))
                        .orElseThrow()
                        .checkout()
                        .schedule()
                        .of("m1")
                        .count())
                .isEqualTo(1);

        pass(Duration.ofDays(1));

        assertThat(tries.stream().filter(one -> one.reference().equals("cart1_m1")))
                .hasSize(2);
        assertThat(stateOf("cart1")).isEqualTo(Message.State.SENT);
    }
}
