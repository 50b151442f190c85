package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.AskingRecipientCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recipient check that asks outside: believed when it answers, never waited for longer than one call. */
class RecipientCheckTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SLOTS = 2;

    /** Knows one account; a question about it may hang or fail. */
    private static final class Accounts implements AskingRecipientCheck {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Optional<String> complaint(String sku, String recipient) {
            return recipient.startsWith("u") ? Optional.empty() : Optional.of("an account begins with u.");
        }

        @Override
        public Optional<String> ask(String sku, String recipient) {
            asked.add(recipient);
            if (recipient.equals("u-hangs")) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    // As an adapter does that does not listen.
                    await().atMost(LONG).until(() -> released.getCount() == 0);
                }
            }
            if (recipient.equals("u-throws")) {
                throw new IllegalStateException("no route to host");
            }
            return recipient.equals("u-nobody") ? Optional.of("there is no such account.") : Optional.empty();
        }
    }

    private final Accounts accounts = new Accounts();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(new InMemoryKeyInventory());
    private final Fulfillment shop = Fulfillment.builder()
            .store(store)
            .inventory(new InMemoryKeyInventory())
            .router(sku -> Optional.of(Route.keys()))
            .gateway("sandbox", new ScriptedGateway())
            .recipientCheck(accounts)
            .engine(settings())
            .build();

    private static EngineSettings settings() {
        EngineSettings usual = EngineSettings.defaults();
        return new EngineSettings(
                usual.watchdogInterval(),
                usual.claimLease(),
                Duration.ofMillis(300),
                usual.sendWindow(),
                usual.margin(),
                SLOTS,
                usual.waiting(),
                usual.intake(),
                usual.busyAfter(),
                usual.batch(),
                Duration.ofMillis(300),
                usual.questionsPerSecond());
    }

    @AfterEach
    void close() {
        accounts.released.countDown();
        shop.close();
    }

    private PlaceResult place(String id, String... recipients) {
        List<PlaceRequest.Line> lines = java.util.Arrays.stream(recipients)
                .map(recipient -> new PlaceRequest.Line("steam-50", 1, recipient, PRICE))
                .toList();
        return shop.place(new PlaceRequest(id, "sandbox", lines, null, null));
    }

    @Test
    void an_account_that_does_not_exist_is_refused_before_anything_is_written() {
        assertThat(place("cart1", "u1", "u-nobody"))
                .isEqualTo(new PlaceResult.Invalid(List.of("the recipient of order 2: there is no such account.")));
        assertThat(shop.checkout(new CheckoutId("cart1"))).isEmpty();
        assertThat(place("cart1", "u1", "u2")).isInstanceOf(PlaceResult.Placed.class);
    }

    @Test
    void each_recipient_is_asked_about_once_and_nobody_when_the_form_is_wrong_or_it_was_placed_before() {
        assertThat(place("cart1", "x1", "u1")).isInstanceOf(PlaceResult.Invalid.class);
        assertThat(accounts.asked).isEmpty();

        assertThat(place("cart1", "u1", "u1", "u1")).isInstanceOf(PlaceResult.Placed.class);
        assertThat(accounts.asked).containsExactly("u1");
        assertThat(place("cart1", "u1", "u1", "u1")).isInstanceOf(PlaceResult.Same.class);
        assertThat(accounts.asked).containsExactly("u1");
    }

    @Test
    void a_check_that_throws_accepts() {
        assertThat(place("cart1", "u-throws")).isInstanceOf(PlaceResult.Placed.class);
    }

    @Test
    void a_check_that_hangs_accepts_stops_nobody_and_is_named_as_paused() {
        for (int i = 0; i < SLOTS; i++) {
            assertThat(place("cart" + i, "u-hangs")).isInstanceOf(PlaceResult.Placed.class);
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(shop.health().paused()).contains("recipient check"));
        int asked = accounts.asked.size();
        assertThat(place("cart9", "u-nobody")).as("paused: not asked").isInstanceOf(PlaceResult.Placed.class);
        assertThat(accounts.asked).hasSize(asked);
    }

    @Test
    void a_correction_is_checked_like_a_placing_and_not_asked_about_when_it_comes_too_late() {
        place("cart1", "u1");
        OrderId order = OrderId.parse("cart1.1");
        assertRefused(shop.correctRecipient(order, "x1"), Answer.Why.BAD_INPUT, "begins with u");
        assertRefused(shop.correctRecipient(order, "u-nobody"), Answer.Why.BAD_INPUT, "no such account");
        assertRefused(shop.correctRecipient(order, "u\n1"), Answer.Why.BAD_INPUT, "printable");
        assertThat(shop.correctRecipient(order, "u2")
                        .orThrow()
                        .recipient(shop.checkout(new CheckoutId("cart1"))
                                .orElseThrow()
                                .checkout()
                                .order(1)))
                .contains("u2");
        assertThat(shop.confirmRecipient(order, "u2")).isInstanceOf(Answer.Done.class);
        assertRefused(shop.confirmRecipient(order, "u1"), Answer.Why.BAD_INPUT, "not the recipient");
        assertThat(shop.correctRecipient(OrderId.parse("cart1.2"), "u2")).isInstanceOf(Answer.NotFound.class);

        int asked = accounts.asked.size();
        assertThat(shop.correctRecipient(order, "u2")).isInstanceOf(Answer.Done.class);
        assertThat(accounts.asked).as("known already").hasSize(asked);
    }

    private static void assertRefused(Answer answer, Answer.Why why, String part) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(why);
            assertThat(refused.sentence()).contains(part);
        });
    }
}
