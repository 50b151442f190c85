package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.insight.Diagnosis;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.memory.InMemoryRiskCounters;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.RiskLimit;
import dev.kadao.policy.RiskList;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskPolicy;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import dev.kadao.port.RiskPolicy.RiskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may place what: the built-in rules, a policy of the shop's own, and what becomes of a checkout that is held. */
class RiskTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Secret KEY = Secret.of("sixteen characters at least");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String IP = "203.0.113.7";

    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(inventory);
    private final InMemoryRiskCounters counters = new InMemoryRiskCounters();
    private final List<Fulfillment> open = new ArrayList<>();
    private Fulfillment shop;

    private FulfillmentBuilder builder() {
        return Fulfillment.builder()
                .store(store)
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("sandbox", new ScriptedGateway());
    }

    private void shop(RiskRules rules) {
        shop(builder().risk(rules, counters, KEY));
    }

    private void shop(FulfillmentBuilder builder) {
        shop = builder.build();
        open.add(shop);
    }

    @AfterEach
    void close() {
        open.forEach(Fulfillment::close);
    }

    private static PlaceRequest request(String id, String account, String ip, String... recipients) {
        List<PlaceRequest.Line> lines = new ArrayList<>();
        for (String recipient : recipients) {
            lines.add(new PlaceRequest.Line("steam-50", 1, recipient, PRICE));
        }
        return new PlaceRequest(id, "sandbox", lines, new PlaceRequest.Buyer(account, ip, "phone-1"), null);
    }

    private PlaceResult place(String id, String account, String ip) {
        return shop.place(request(id, account, ip, "a@example.com"));
    }

    private void assertPlaced(PlaceResult result) {
        assertThat(result).isInstanceOf(PlaceResult.Placed.class);
    }

    private void assertRefused(PlaceResult result) {
        assertThat(result).isInstanceOf(PlaceResult.RefusedByRisk.class);
    }

    private Checkout checkout(String id) {
        return shop.checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    private void pay(String id, Money amount) {
        shop.receive("sandbox", ScriptedGateway.paid(id + "_p1", "t-" + id + amount.minorUnits(), amount));
    }

    @Test
    void unpaid_orders_of_one_address_are_limited_by_lines_and_a_paid_one_frees_its_places() {
        shop(RiskRules.off().withMaxOpenOrdersPerIp(3));
        assertPlaced(shop.place(request("cart1", null, IP, "a@example.com", "b@example.com")));
        assertRefused(shop.place(request("cart2", null, IP, "a@example.com", "b@example.com")));
        assertThat(shop.checkout(new CheckoutId("cart2"))).isEmpty();
        assertPlaced(place("cart3", "u1", IP));
        assertRefused(place("cart4", "u2", IP));
        assertPlaced(place("cart5", "u2", "203.0.113.8"));

        pay("cart1", Money.parse("98.00", Currency.CNY));

        await().atMost(LONG).untilAsserted(() -> assertPlaced(place("cart4", "u2", IP)));
    }

    @Test
    void a_repetition_at_the_limit_is_answered_as_it_stands_and_never_counted() {
        shop(RiskRules.off().withMaxOpenOrdersPerIp(1).withCheckoutsPerMinutePerBuyer(1));
        assertPlaced(place("cart1", "u1", IP));
        for (int i = 0; i < 5; i++) {
            assertThat(place("cart1", "u1", IP)).isInstanceOf(PlaceResult.Same.class);
            assertThat(place("cart1", "u1", "198.51.100." + i)).isInstanceOf(PlaceResult.Same.class);
        }
        assertThat(place("cart1", "u2", IP)).isInstanceOf(PlaceResult.Conflict.class);
        assertRefused(place("cart2", "u1", "198.51.100.1"));
        assertPlaced(place("cart3", "u3", "198.51.100.1"));
    }

    @Test
    void checkouts_in_a_minute_go_by_the_account_and_without_one_by_the_address() {
        shop(RiskRules.off().withCheckoutsPerMinutePerBuyer(2));
        assertPlaced(place("cart1", "u1", "198.51.100.1"));
        assertPlaced(place("cart2", "u1", "198.51.100.2"));
        assertRefused(place("cart3", "u1", "198.51.100.3"));
        assertPlaced(place("cart4", null, IP));
        assertPlaced(place("cart5", null, IP));
        assertRefused(place("cart6", null, IP));
        assertPlaced(place("cart7", "u2", IP));
        assertPlaced(place("cart8", null, null));
        assertPlaced(place("cart9", null, null));
        assertPlaced(place("cart10", null, null));
    }

    @Test
    void orders_of_an_account_a_device_and_for_a_recipient_are_limited_within_their_time() {
        RiskLimit two = RiskLimit.of(2, Duration.ofHours(1));
        shop(RiskRules.off().withOrdersPerAccount(two));
        assertPlaced(shop.place(request("cart1", "u1", IP, "a@example.com", "b@example.com")));
        pay("cart1", Money.parse("98.00", Currency.CNY));
        assertRefused(place("cart2", "u1", "198.51.100.3"));

        shop(RiskRules.off().withOrdersPerDevice(two));
        assertPlaced(shop.place(request("cart3", "u3", IP, "a@example.com", "b@example.com")));
        assertRefused(place("cart4", "u4", "198.51.100.3"));

        shop(RiskRules.off().withOrdersPerRecipient(two));
        assertPlaced(shop.place(request("cart5", "u5", IP, "r@example.com", "s@example.com")));
        assertPlaced(shop.place(request("cart6", "u6", IP, "r@example.com")));
        assertRefused(shop.place(request("cart7", "u7", IP, "r@example.com", "t@example.com")));
        assertPlaced(shop.place(request("cart8", "u8", IP, "s@example.com", "t@example.com")));
    }

    @Test
    void an_ipv6_buyer_is_counted_by_the_network_and_spellings_do_not_matter() {
        shop(RiskRules.off().withMaxOpenOrdersPerIp(1));
        assertPlaced(place("cart1", "u1", "2001:db8:1:2::7"));
        assertRefused(place("cart2", "u2", "2001:0DB8:0001:0002:ffff::1"));
        assertPlaced(place("cart3", "u3", "2001:db8:1:3::7"));
        assertPlaced(place("cart4", "u4", IP));
        assertRefused(place("cart5", "u5", "::ffff:" + IP));
    }

    @Test
    void the_deny_list_comes_before_the_allow_list_and_that_one_before_the_counts() {
        shop(RiskRules.off()
                .withMaxOpenOrdersPerIp(1)
                .withHoldAbove(Money.parse("40.00", Currency.CNY))
                .withAllow(RiskList.ofAccounts("vip", "both").and(RiskList.ofIps("198.51.100.0/24")))
                .withDeny(RiskList.ofAccounts("both")
                        .and(RiskList.ofIps("2001:db8::/32"))
                        .and(RiskList.ofRecipients("evil@example.com"))));
        assertRefused(place("cart1", "both", IP));
        assertRefused(place("cart2", "u2", "2001:db8:9::1"));
        assertRefused(shop.place(request("cart3", "vip", IP, "a@example.com", "evil@example.com")));
        for (int i = 4; i < 8; i++) {
            assertPlaced(place("cart" + i, "vip", IP));
            assertPlaced(place("net" + i, "u" + i, "198.51.100." + i));
        }
        assertThat(checkout("cart4").riskHold()).isNull();
        assertPlaced(place("cart8", "u8", IP));
        assertRefused(place("cart9", "u9", IP));
    }

    @Test
    void many_accounts_at_one_address_are_held_and_known_ones_are_not() {
        shop(RiskRules.off().withAccountsPerIp(RiskLimit.of(2, Duration.ofHours(1))));
        assertPlaced(place("cart1", "u1", IP));
        assertPlaced(place("cart2", "u2", IP));
        assertPlaced(place("cart3", "u1", IP));
        assertPlaced(place("cart4", "u3", IP));
        assertThat(checkout("cart3").riskHold()).isNull();
        assertThat(checkout("cart4").riskHold()).isEqualTo("too many accounts at one address");
    }

    @Test
    void a_held_checkout_takes_its_money_and_waits_for_a_person_who_releases_it() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop(RiskRules.off().withHoldAbove(Money.parse("48.99", Currency.CNY)));
        assertPlaced(place("cart1", "u1", IP));
        pay("cart1", PRICE);
        assertHeld("cart1");
        assertThat(shop.diagnose(OrderId.parse("cart1.1")).orElseThrow().verdict())
                .isEqualTo(Diagnosis.Verdict.WITH_PERSON);

        act("cart1", DeskAct.Action.RELEASE);

        assertThat(checkout("cart1").order(1).stage()).isEqualTo(Stage.DELIVERED);
        assertThat(checkout("cart1").cases()).noneMatch(Case::isOpen);
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void a_held_checkout_that_is_refunded_gives_all_back() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop(RiskRules.off().withHoldAbove(Money.parse("1.00", Currency.CNY)));
        assertPlaced(place("cart1", "u1", IP));
        pay("cart1", PRICE);

        act("cart1", DeskAct.Action.REFUND);

        await().atMost(LONG).until(() -> checkout("cart1").order(1).stage() == Stage.REFUNDED);
        assertThat(checkout("cart1").refunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(PRICE));
        assertThat(checkout("cart1").cases()).noneMatch(Case::isOpen);
        assertThat(inventory.stock("steam-50").free()).isOne();
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void the_full_amount_after_a_short_one_does_not_end_a_hold_by_risk() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop(RiskRules.off().withHoldAbove(Money.parse("1.00", Currency.CNY)));
        assertPlaced(place("cart1", "u1", IP));
        pay("cart1", Money.parse("48.00", Currency.CNY));
        pay("cart1", PRICE);

        assertHeld("cart1");
    }

    private void assertHeld(String id) {
        assertThat(checkout(id).isSettled()).isTrue();
        assertThat(checkout(id).order(1).stage()).isEqualTo(Stage.ON_HOLD);
        assertThat(checkout(id).cases())
                .filteredOn(Case::isOpen)
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.kind()).isEqualTo(Case.Kind.RISK);
                    assertThat(open.evidence().get(0).fact()).contains("amount is above CNY");
                });
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    private void act(String id, DeskAct.Action action) {
        int version = checkout(id).order(1).changes();
        DeskAct act = new DeskAct("act-1", action, version, "ann", "looked at it", null);
        assertThat(shop.desk().act(OrderId.parse(id + ".1"), act)).isInstanceOf(DeskAnswer.Done.class);
    }

    /** What a policy may say or do. */
    enum Says {
        ALLOW,
        HOLD,
        REFUSE,
        THROW,
        NULL
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_of_the_shop_is_asked_once_and_one_that_fails_lets_the_checkout_through(Says says) {
        List<RiskRequest> asked = new CopyOnWriteArrayList<>();
        RiskPolicy policy = request -> {
            asked.add(request);
            return switch (says) {
                case ALLOW -> RiskAnswer.allow();
                case HOLD -> RiskAnswer.hold("new buyer");
                case REFUSE -> RiskAnswer.refuse("known thief");
                case THROW -> throw new IllegalStateException("no route to host");
                case NULL -> null;
            };
        };
        shop(builder().risk(policy));

        PlaceResult result = place("cart1", "u1", IP);

        if (says == Says.REFUSE) {
            assertRefused(result);
            assertThat(((PlaceResult.RefusedByRisk) result).sentence()).doesNotContain("thief");
            assertThatThrownBy(result::orThrow)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("not taken");
        } else {
            assertPlaced(result);
            assertThat(checkout("cart1").riskHold()).isEqualTo(says == Says.HOLD ? "new buyer" : null);
            assertThat(place("cart1", "u1", IP)).isInstanceOf(PlaceResult.Same.class);
        }
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.checkout()).isEqualTo(new CheckoutId("cart1"));
            assertThat(request.account()).isEqualTo("u1");
            assertThat(request.ip()).isEqualTo(IP);
            assertThat(request.device()).isEqualTo("phone-1");
            assertThat(request.total()).isEqualTo(PRICE);
            assertThat(request.toString() + request.lines()).doesNotContain("u1", IP, "example.com");
        });
    }

    @Test
    void a_refusal_of_the_policy_is_not_counted_and_one_of_the_counts_comes_before_a_hold() {
        RiskPolicy policy = request ->
                "bad".equals(request.account()) ? RiskAnswer.refuse("known thief") : RiskAnswer.hold("new buyer");
        shop(builder().risk(policy).risk(RiskRules.off().withMaxOpenOrdersPerIp(1), counters, KEY));
        assertRefused(place("cart1", "bad", IP));
        assertPlaced(place("cart2", "u2", IP));
        assertThat(checkout("cart2").riskHold()).isEqualTo("new buyer");
        assertRefused(place("cart3", "u3", IP));
    }

    /** Counters that answer so, and never get anything back. */
    private static RiskCounters counting(Function<List<RiskCounters.Ticket>, RiskCounters.TakeAnswer> taking) {
        return new RiskCounters() {
            @Override
            public TakeAnswer take(List<Ticket> tickets) {
                return taking.apply(tickets);
            }

            @Override
            public void prolong(String holder, Duration lasting) {
                throw new IllegalStateException("the database is gone");
            }

            @Override
            public void release(String holder) {
                throw new IllegalStateException("the database is gone");
            }

            @Override
            public void cancel(String holder) {
                throw new IllegalStateException("the database is gone");
            }
        };
    }

    @Test
    void counters_that_fail_close_no_shop() {
        RiskCounters broken = counting(tickets -> {
            throw new IllegalStateException("the database is gone");
        });
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        shop(builder().risk(RiskRules.defaults(), broken, KEY));
        for (int i = 0; i < 30; i++) {
            assertPlaced(place("cart" + i, "u1", IP));
        }
        pay("cart1", PRICE);
        assertThat(checkout("cart1").order(1).stage()).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void a_crowd_at_the_counters_is_told_to_come_again_and_opens_no_gate() {
        RiskCounters crowded = counting(tickets -> RiskCounters.TakeAnswer.busy());
        shop(builder().risk(RiskRules.defaults(), crowded, KEY));
        assertThat(place("cart1", "u1", IP)).isInstanceOf(PlaceResult.Busy.class);
        assertThat(shop.checkout(new CheckoutId("cart1"))).isEmpty();
    }

    @Test
    void nothing_that_names_a_buyer_comes_to_the_counters() {
        List<String> seen = new CopyOnWriteArrayList<>();
        RiskCounters watched = counting(tickets -> {
            tickets.forEach(ticket -> seen.add(ticket.key() + " " + ticket.holder()));
            return RiskCounters.TakeAnswer.taken();
        });
        RiskLimit limit = RiskLimit.of(9, Duration.ofHours(1));
        RiskRules all = RiskRules.defaults()
                .withOrdersPerAccount(limit)
                .withOrdersPerDevice(limit)
                .withOrdersPerRecipient(limit)
                .withOrdersPerIp(limit)
                .withAccountsPerIp(limit);
        shop(builder().risk(all, watched, KEY));
        place("cart1", "somebody", IP);
        List<String> first = List.copyOf(seen);
        assertThat(first)
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).doesNotContain("somebody", IP, "cb007107", "phone-1", "example"));
        seen.clear();
        shop(builder().risk(all, watched, Secret.of("another key of the shop's")));
        place("cart2", "somebody", IP);
        assertThat(seen).as("under another key").hasSize(7).doesNotContainAnyElementsOf(first);
    }

    @Test
    void a_short_digest_key_is_a_problem_at_build() {
        assertThatThrownBy(() -> builder()
                        .risk(RiskRules.defaults(), counters, Secret.of("short"))
                        .build())
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("digest key")
                .hasMessageNotContaining("short ");
    }
}
