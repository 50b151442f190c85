package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.memory.InMemoryRiskCounters;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.RiskLimit;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.RiskCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of placing at its limit, one beyond it, and at the two ends of its time; and what becomes of places. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RiskBoundsTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Secret KEY = Secret.of("sixteen characters at least");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofNanos(1_000);
    private static final RiskLimit TWO_AN_HOUR = RiskLimit.of(2, Duration.ofHours(1));

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryRiskCounters counters = new InMemoryRiskCounters(time::get);
    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final List<Fulfillment> open = new ArrayList<>();
    private final AtomicInteger carts = new AtomicInteger();

    private Fulfillment shop(RiskRules rules, RiskCounters counts, EngineSettings settings) {
        Fulfillment shop = Fulfillment.builder()
                .store(InMemoryCheckoutStore.sharing(inventory))
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("sandbox", new ScriptedGateway())
                .engine(settings)
                .risk(rules, counts, KEY)
                .build();
        open.add(shop);
        return shop;
    }

    private Fulfillment shop(RiskRules rules) {
        return shop(rules, counters, EngineSettings.defaults());
    }

    @AfterEach
    void close() {
        open.forEach(Fulfillment::close);
    }

    /** Who buys: what the rule goes by is the same each time, everything else is another one. */
    private record Buyer(
            @Nullable String account,
            @Nullable String ip,
            @Nullable String device,
            String recipient) {}

    /** A rule of two places, and for how long they are taken. */
    enum Counted {
        ACCOUNT(RiskRules.off().withOrdersPerAccount(TWO_AN_HOUR), Duration.ofHours(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("same", ip(number), "phone" + number, number + "@example.com");
            }
        },
        DEVICE(RiskRules.off().withOrdersPerDevice(TWO_AN_HOUR), Duration.ofHours(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("u" + number, ip(number), "same", number + "@example.com");
            }
        },
        RECIPIENT(RiskRules.off().withOrdersPerRecipient(TWO_AN_HOUR), Duration.ofHours(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("u" + number, ip(number), "phone" + number, "same@example.com");
            }
        },
        IP(RiskRules.off().withOrdersPerIp(TWO_AN_HOUR), Duration.ofHours(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("u" + number, "203.0.113.7", "phone" + number, number + "@example.com");
            }
        },
        MINUTE_OF_ACCOUNT(RiskRules.off().withCheckoutsPerMinutePerBuyer(2), Duration.ofMinutes(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("same", ip(number), "phone" + number, number + "@example.com");
            }
        },
        MINUTE_OF_IP(RiskRules.off().withCheckoutsPerMinutePerBuyer(2), Duration.ofMinutes(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer(null, "203.0.113.7", "phone" + number, number + "@example.com");
            }
        },
        OPEN_OF_IP(RiskRules.off().withMaxOpenOrdersPerIp(2), Duration.ofMinutes(25)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("u" + number, "203.0.113.7", "phone" + number, number + "@example.com");
            }
        },
        ACCOUNTS_OF_IP(RiskRules.off().withAccountsPerIp(TWO_AN_HOUR), Duration.ofHours(1)) {
            @Override
            Buyer buyer(int number) {
                return new Buyer("u" + number, "203.0.113.7", "phone" + number, number + "@example.com");
            }
        };

        private final RiskRules rules;
        private final Duration within;

        Counted(RiskRules rules, Duration within) {
            this.rules = rules;
            this.within = within;
        }

        abstract Buyer buyer(int number);

        private static String ip(int number) {
            return "198.51.100." + number;
        }
    }

    private PlaceResult place(Fulfillment shop, Buyer buyer) {
        List<PlaceRequest.Line> lines = List.of(new PlaceRequest.Line("steam-50", 1, buyer.recipient(), PRICE));
        PlaceRequest.Buyer who = new PlaceRequest.Buyer(buyer.account(), buyer.ip(), buyer.device());
        return shop.place(new PlaceRequest("cart" + carts.incrementAndGet(), "sandbox", lines, who, null));
    }

    /** Whether it is placed, and not to be held. */
    private boolean passes(Fulfillment shop, Buyer buyer) {
        return place(shop, buyer) instanceof PlaceResult.Placed placed
                && placed.snapshot().checkout().riskHold() == null;
    }

    @ParameterizedTest
    @EnumSource
    void the_limit_passes_and_one_beyond_it_does_not_until_the_first_place_is_over(Counted rule) {
        Fulfillment shop = shop(rule.rules);
        assertThat(passes(shop, rule.buyer(1))).isTrue();
        time.updateAndGet(now -> now.plusSeconds(1));
        assertThat(passes(shop, rule.buyer(2))).as("at the limit").isTrue();
        assertThat(passes(shop, rule.buyer(3))).as("one beyond").isFalse();

        time.updateAndGet(now -> now.minusSeconds(1).plus(rule.within).minus(TICK));
        assertThat(passes(shop, rule.buyer(4))).as("the last moment").isFalse();
        time.updateAndGet(now -> now.plus(TICK));
        assertThat(passes(shop, rule.buyer(5))).as("the first place is over").isTrue();
        assertThat(passes(shop, rule.buyer(6))).as("and the second is not").isFalse();
    }

    @Test
    void an_amount_is_held_from_the_first_cent_above() {
        Fulfillment at = shop(RiskRules.off().withHoldAbove(PRICE));
        assertThat(passes(at, Counted.ACCOUNT.buyer(1))).isTrue();
        Fulfillment below = shop(RiskRules.off().withHoldAbove(Money.parse("48.99", Currency.CNY)));
        assertThat(passes(below, Counted.ACCOUNT.buyer(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13800138000", " 138 0013 8000", "+8613800138000", "0086-138-0013-8000", "8613800138000"})
    void one_telephone_is_one_recipient_however_it_is_written(String spelling) {
        Fulfillment shop = shop(RiskRules.off().withOrdersPerRecipient(RiskLimit.of(1, Duration.ofHours(1))));
        assertThat(passes(shop, new Buyer("u1", null, null, "１３８００１３８０００"))).isTrue();
        assertThat(passes(shop, new Buyer("u2", null, null, spelling))).isFalse();
        assertThat(passes(shop, new Buyer("u3", null, null, "13800138001"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@example.com", "A@Example.COM", "a+x@example.com", "a\u200b@example.com", "ａ＠example.com"})
    void one_mailbox_is_one_recipient_however_it_is_written(String spelling) {
        Fulfillment shop = shop(RiskRules.off().withOrdersPerRecipient(RiskLimit.of(1, Duration.ofHours(1))));
        assertThat(passes(shop, new Buyer("u1", null, null, "a@example.com"))).isTrue();
        PlaceResult second = place(shop, new Buyer("u2", null, null, spelling));
        assertThat(second).isNotInstanceOf(PlaceResult.Placed.class);
        assertThat(passes(shop, new Buyer("u3", null, null, "b@example.com"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "203.0.113.7:4711",
                " 203.0.113.7 ",
                "::ffff:203.0.113.7",
                "[::ffff:203.0.113.7]:1"
            })
    void one_address_is_one_however_a_proxy_writes_it(String spelling) {
        Fulfillment shop = shop(RiskRules.off().withMaxOpenOrdersPerIp(1));
        assertThat(passes(shop, new Buyer("u1", "203.0.113.7", null, "a@example.com")))
                .isTrue();
        assertThat(passes(shop, new Buyer("u2", spelling, null, "b@example.com")))
                .isFalse();
    }

    @Test
    void a_further_payment_keeps_the_place_as_long_as_the_order_is_open() {
        Watched watched = new Watched();
        Fulfillment shop = shop(RiskRules.off().withMaxOpenOrdersPerIp(1), watched, EngineSettings.defaults());
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(1))).isTrue();
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(14)));
        assertThat(shop.openPayment(new CheckoutId("cart1"), "sandbox")).isInstanceOf(PaymentResult.Opened.class);
        await().atMost(LONG).until(() -> watched.prolonged.get() == 1);
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(24)));
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(2)))
                .as("38 minutes after placing")
                .isFalse();
        time.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(3))).isTrue();
    }

    @Test
    void a_place_that_could_not_be_given_back_since_all_calls_hang_is_given_back_afterwards() {
        Watched watched = new Watched();
        // One call at a time and one that waits: a third one finds no room.
        Fulfillment shop = shop(
                RiskRules.off().withMaxOpenOrdersPerIp(1),
                watched,
                EngineSettings.defaults().withSlots(1, 1));
        placeAndHang(shop, watched);
        payFirst(shop);
        assertThat(watched.released.get()).isZero();

        watched.hang.countDown();

        await().atMost(LONG).until(() -> passes(shop, Counted.OPEN_OF_IP.buyer(7)));
    }

    private void placeAndHang(Fulfillment shop, Watched watched) {
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(1))).isTrue();
        watched.hangs = true;
        for (int i = 2; i < 4; i++) {
            Buyer other = new Buyer("u" + i, "198.51.100." + i, null, i + "@example.com");
            Thread thread = new Thread(() -> place(shop, other));
            thread.setDaemon(true);
            thread.start();
            await().atMost(LONG).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        assertThat(place(shop, Counted.OPEN_OF_IP.buyer(6))).isInstanceOf(PlaceResult.Busy.class);
    }

    @Test
    void a_place_that_could_not_be_given_back_since_the_counters_failed_is_given_back_afterwards() {
        Watched watched = new Watched();
        watched.failures.set(2);
        Fulfillment shop = shop(RiskRules.off().withMaxOpenOrdersPerIp(1), watched, EngineSettings.defaults());
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(1))).isTrue();

        payFirst(shop);

        await().atMost(LONG).until(() -> passes(shop, Counted.OPEN_OF_IP.buyer(2)));
        assertThat(watched.failures.get()).isNegative();
    }

    private void payFirst(Fulfillment shop) {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t-1", PRICE));
        await().atMost(LONG)
                .until(() -> shop.checkout(new CheckoutId("cart1"))
                                .orElseThrow()
                                .checkout()
                                .order(1)
                                .stage()
                        == Stage.DELIVERED);
    }

    @Test
    void a_checkout_that_is_placed_again_with_more_orders_is_counted_with_all_of_them() {
        Fulfillment shop = shop(RiskRules.off().withMaxOpenOrdersPerIp(3));
        // As a placing left it that was counted and never written.
        Buyer one = Counted.OPEN_OF_IP.buyer(1);
        String key = watchedKey(one);
        counters.take(List.of(new RiskCounters.Ticket(key, "cart1", 1, 3, Duration.ofMinutes(25), true)));
        List<PlaceRequest.Line> three = List.of(
                new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE),
                new PlaceRequest.Line("steam-50", 1, "b@example.com", PRICE),
                new PlaceRequest.Line("steam-50", 1, "c@example.com", PRICE));
        PlaceRequest.Buyer who = new PlaceRequest.Buyer(one.account(), one.ip(), null);
        assertThat(shop.place(new PlaceRequest("cart1", "sandbox", three, who, null)))
                .isInstanceOf(PlaceResult.Placed.class);
        carts.incrementAndGet();
        assertThat(passes(shop, Counted.OPEN_OF_IP.buyer(2))).isFalse();
    }

    /** Under which the open orders of a buyer's address are counted. */
    private String watchedKey(Buyer buyer) {
        AtomicReference<String> key = new AtomicReference<>();
        Watched watched = new Watched() {
            @Override
            public TakeAnswer take(List<Ticket> tickets) {
                key.set(tickets.get(0).key());
                return TakeAnswer.full(tickets.get(0).key());
            }
        };
        place(shop(RiskRules.off().withMaxOpenOrdersPerIp(1), watched, EngineSettings.defaults()), buyer);
        carts.set(0);
        return key.get();
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Counters of which a test sees what is changed, and that can be made to hang or to fail. */
    private class Watched implements RiskCounters {
        private final AtomicInteger prolonged = new AtomicInteger();
        private final AtomicInteger released = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final CountDownLatch hang = new CountDownLatch(1);
        private volatile boolean hangs;

        @Override
        public TakeAnswer take(List<Ticket> tickets) {
            if (hangs) {
                awaitOn(hang);
            }
            return counters.take(tickets);
        }

        @Override
        public void prolong(String holder, Duration lasting) {
            counters.prolong(holder, lasting);
            prolonged.incrementAndGet();
        }

        @Override
        public void release(String holder) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is gone");
            }
            released.incrementAndGet();
            counters.release(holder);
        }

        @Override
        public void cancel(String holder) {
            counters.cancel(holder);
        }
    }
}
