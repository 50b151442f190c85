package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.memory.InMemoryRiskCounters;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.BackOff;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.IfSilent;
import dev.kadao.policy.PaidRiskRules;
import dev.kadao.policy.RiskLimit;
import dev.kadao.policy.RiskList;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.PaidRiskPolicy;
import dev.kadao.port.PaidRiskPolicy.PaidRequest;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked about risk once a checkout is paid: before anything is handed over, answered once, and never lost. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RiskOncePaidTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Secret KEY = Secret.of("sixteen characters at least");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofMillis(50);

    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(inventory);
    private final InMemoryRiskCounters counters = new InMemoryRiskCounters();
    private final List<PaidRequest> asked = new CopyOnWriteArrayList<>();
    private final List<Fulfillment> open = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    private FulfillmentBuilder builder() {
        return Fulfillment.builder()
                .store(store)
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("sandbox", new ScriptedGateway())
                .backOff(new BackOff(BRIEF, BRIEF))
                .engine(EngineSettings.defaults()
                        .withWatchdogInterval(BRIEF)
                        .withClaimLease(Duration.ofMillis(500))
                        .withCallLimit(Duration.ofMillis(500))
                        .withCloseLimit(BRIEF));
    }

    private Fulfillment shop(FulfillmentBuilder builder) {
        Fulfillment shop = builder.build();
        open.add(shop);
        return shop;
    }

    private Fulfillment shop(PaidRiskPolicy policy) {
        return shop(builder().riskOncePaid(request -> {
            asked.add(request);
            return policy.assess(request);
        }));
    }

    private Fulfillment shop(PaidRiskRules rules, RiskRules others) {
        return shop(builder().risk(others.withOncePaid(rules), counters, KEY));
    }

    @BeforeEach
    void fill() {
        inventory.importKeys(
                "steam-50",
                IntStream.range(0, 9)
                        .mapToObj(number -> Secret.of("KEY-" + number))
                        .toList());
    }

    @AfterEach
    void close() {
        never.countDown();
        open.forEach(Fulfillment::close);
    }

    private void place(Fulfillment shop, String id, String account, String recipient) {
        List<PlaceRequest.Line> lines = List.of(new PlaceRequest.Line("steam-50", 1, recipient, PRICE));
        PlaceRequest.Buyer buyer = new PlaceRequest.Buyer(account, "203.0.113.7", null);
        assertThat(shop.place(new PlaceRequest(id, "sandbox", lines, buyer, null)))
                .isInstanceOf(PlaceResult.Placed.class);
    }

    private void pay(Fulfillment shop, String id) {
        assertThat(shop.receive("sandbox", ScriptedGateway.paid(id + "_p1", "t-" + id, PRICE))
                        .status())
                .isEqualTo(200);
    }

    private Checkout bought(Fulfillment shop, String id, String account, String recipient) {
        place(shop, id, account, recipient);
        pay(shop, id);
        await().atMost(LONG).until(() -> order(shop, id).stage() != Stage.PAID);
        return checkout(shop, id);
    }

    private static Checkout checkout(Fulfillment shop, String id) {
        return shop.checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    private static Order order(Fulfillment shop, String id) {
        return checkout(shop, id).order(1);
    }

    private List<JournalRow> journal(String id) {
        return store.view(view -> view.journal(new CheckoutId(id), 0, 100));
    }

    private long answersRecorded(String id) {
        return journal(id).stream()
                .filter(row -> row.entries().asUtf8().contains("risk-assessed"))
                .count();
    }

    private static void assertHeld(Checkout checkout, String reason) {
        assertThat(checkout.order(1).stage()).isEqualTo(Stage.ON_HOLD);
        assertThat(checkout.cases()).filteredOn(Case::isOpen).singleElement().satisfies(open -> {
            assertThat(open.kind()).isEqualTo(Case.Kind.RISK);
            assertThat(open.evidence().get(0).fact()).isEqualTo("held once paid: " + reason);
        });
    }

    @Test
    void who_is_asked_knows_what_was_paid_and_what_is_held_waits_for_a_person_who_is_not_overruled() {
        Fulfillment shop = shop(request -> RiskAnswer.hold("new buyer"));
        assertHeld(bought(shop, "cart1", "u1", "a@example.com"), "new buyer");
        assertThat(inventory.stock("steam-50").free()).isEqualTo(9);

        DeskAct release = new DeskAct(
                "act-1", DeskAct.Action.RELEASE, order(shop, "cart1").changes(), "ann", "looked at it", null);
        assertThat(shop.desk().act(new OrderId(new CheckoutId("cart1"), 1), release))
                .isInstanceOf(DeskAnswer.Done.class);

        await().atMost(LONG).until(() -> order(shop, "cart1").stage() == Stage.DELIVERED);
        assertThat(checkout(shop, "cart1").cases()).noneMatch(Case::isOpen);
        assertThat(shop.desk().audit().violations()).isEmpty();
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.checkout()).isEqualTo(new CheckoutId("cart1"));
            assertThat(request.account()).isEqualTo("u1");
            assertThat(request.total()).isEqualTo(PRICE);
            assertThat(request.lines().get(0).recipient()).isEqualTo("a@example.com");
            assertThat(request.receipts()).containsExactly(new PaidRiskPolicy.Receipt("sandbox", "t-cart1", PRICE));
            assertThat(request.toString()).doesNotContain("u1", "example.com");
        });
    }

    @Test
    void an_order_that_waits_for_its_amount_beside_one_that_is_held_is_held_too() {
        Fulfillment shop = shop(request -> RiskAnswer.hold("new buyer"));
        List<PlaceRequest.Line> two = List.of(
                new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE),
                new PlaceRequest.Line("steam-50", 1, "b@example.com", PRICE));
        shop.place(new PlaceRequest("cart1", "sandbox", two, new PlaceRequest.Buyer("u1", null, null), null));
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t-short", PRICE));
        int seen = order(shop, "cart1").changes();
        DeskAct release = new DeskAct("act-1", DeskAct.Action.RELEASE, seen, "ann", "half is enough", null);
        assertThat(shop.desk().act(new OrderId(new CheckoutId("cart1"), 1), release))
                .isInstanceOf(DeskAnswer.Done.class);
        await().atMost(LONG).until(() -> checkout(shop, "cart1").riskHold() != null);
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t-full", Money.parse("98.00", Currency.CNY)));

        Checkout held = checkout(shop, "cart1");
        assertThat(held.orders()).allSatisfy(order -> {
            assertThat(order.stage()).isEqualTo(Stage.ON_HOLD);
            assertThat(held.openCase(Case.Kind.RISK, order.id().toString())).isNotNull();
        });
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void what_is_held_can_be_refunded() {
        Fulfillment shop = shop(request -> RiskAnswer.hold("new buyer"));
        bought(shop, "cart1", "u1", "a@example.com");
        int seen = order(shop, "cart1").changes();
        shop.desk()
                .act(
                        new OrderId(new CheckoutId("cart1"), 1),
                        new DeskAct("act-1", DeskAct.Action.REFUND, seen, "ann", "a thief", null));
        await().atMost(LONG).until(() -> order(shop, "cart1").stage() == Stage.REFUNDED);
        assertThat(checkout(shop, "cart1").cases()).noneMatch(Case::isOpen);
        assertThat(shop.desk().audit().violations()).isEmpty();
    }

    @Test
    void nothing_is_taken_from_stock_before_the_answer_and_a_paid_order_is_never_refused() {
        CountDownLatch answers = new CountDownLatch(1);
        Fulfillment shop = shop(builder().engine(EngineSettings.defaults()).riskOncePaid(request -> {
            awaitOn(answers);
            return request.account() == null ? RiskAnswer.refuse("known thief") : RiskAnswer.allow();
        }));
        place(shop, "cart1", "u1", "a@example.com");
        place(shop, "cart2", null, "a@example.com");
        pay(shop, "cart1");
        pay(shop, "cart2");
        shop.stockArrived("steam-50");
        assertThat(order(shop, "cart1").stage()).isEqualTo(Stage.PAID);
        assertThat(inventory.stock("steam-50").free()).isEqualTo(9);

        answers.countDown();

        await().atMost(LONG).until(() -> order(shop, "cart1").stage() == Stage.DELIVERED);
        await().atMost(LONG).until(() -> order(shop, "cart2").stage() == Stage.ON_HOLD);
        assertHeld(checkout(shop, "cart2"), "known thief");
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

    /** How somebody who is asked gives no answer. */
    enum Silence {
        THROWS,
        ANSWERS_NULL,
        HANGS
    }

    @ParameterizedTest
    @EnumSource
    void silence_lets_what_is_paid_go_on_after_three_questions(Silence silence) {
        Fulfillment shop = shop(request -> silent(silence));
        assertThat(bought(shop, "cart1", "u1", "a@example.com").order(1).stage())
                .isEqualTo(Stage.DELIVERED);
        assertThat(asked).hasSize(3);
        assertThat(answersRecorded("cart1")).isOne();
    }

    @Test
    void silence_holds_where_the_shop_wants_that() {
        Fulfillment shop =
                shop(builder().ifPaidRiskIsSilent(IfSilent.HOLDS).riskOncePaid(request -> silent(Silence.THROWS)));
        assertHeld(bought(shop, "cart1", "u1", "a@example.com"), "no answer from those who are asked about risk");
    }

    @SuppressWarnings("NullAway") // it is what is tried
    private RiskAnswer silent(Silence silence) {
        return switch (silence) {
            case THROWS -> throw new IllegalStateException("no route to host");
            case ANSWERS_NULL -> null;
            case HANGS -> {
                awaitOn(never);
                yield RiskAnswer.allow();
            }
        };
    }

    @Test
    void a_process_that_ends_between_payment_and_answer_leaves_the_question_to_the_next_one() {
        CountDownLatch reached = new CountDownLatch(1);
        Fulfillment first = shop(builder()
                .engine(EngineSettings.defaults().withClaimLease(BRIEF).withCloseLimit(BRIEF))
                .riskOncePaid(request -> {
                    reached.countDown();
                    awaitOn(never);
                    return RiskAnswer.allow();
                }));
        place(first, "cart1", "u1", "a@example.com");
        pay(first, "cart1");
        awaitOn(reached);
        first.close();
        assertThat(answersRecorded("cart1")).isZero();

        Fulfillment next = shop(request -> RiskAnswer.hold("new buyer"));

        await().atMost(LONG).until(() -> order(next, "cart1").stage() == Stage.ON_HOLD);
        assertHeld(checkout(next, "cart1"), "new buyer");
    }

    @Test
    void of_two_processes_that_answer_differently_the_first_is_recorded_and_the_other_changes_nothing() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        Fulfillment slow = shop(builder()
                .engine(EngineSettings.defaults().withClaimLease(BRIEF))
                .riskOncePaid(request -> {
                    reached.countDown();
                    awaitOn(late);
                    asked.add(request);
                    return RiskAnswer.hold("too late");
                }));
        place(slow, "cart1", "u1", "a@example.com");
        pay(slow, "cart1");
        awaitOn(reached);
        Fulfillment quick = shop(request -> RiskAnswer.allow());
        await().atMost(LONG).until(() -> order(quick, "cart1").stage() == Stage.DELIVERED);

        late.countDown();

        await().atMost(LONG).until(() -> asked.size() == 2);
        slow.close();
        assertThat(answersRecorded("cart1")).isOne();
        assertThat(order(quick, "cart1").stage()).isEqualTo(Stage.DELIVERED);
        assertThat(checkout(quick, "cart1").riskHold()).isNull();
    }

    @Test
    void a_shop_that_asks_nobody_then_writes_no_step_more() {
        Fulfillment shop = shop(builder().risk(RiskRules.defaults(), counters, KEY));
        assertThat(bought(shop, "cart1", "u1", "a@example.com").asksOncePaid()).isNull();
        assertThat(journal("cart1")).hasSize(2);
    }

    @Test
    void a_checkout_that_was_to_be_asked_about_goes_on_where_nobody_asks_any_more() {
        Fulfillment asking = shop(request -> RiskAnswer.hold("new buyer"));
        place(asking, "cart1", "u1", "a@example.com");
        asking.close();
        Fulfillment plain = shop(builder());
        pay(plain, "cart1");
        await().atMost(LONG).until(() -> order(plain, "cart1").stage() == Stage.DELIVERED);
    }

    @Test
    void paid_orders_for_one_recipient_are_held_beyond_the_limit_and_unpaid_ones_do_not_count() {
        RiskLimit two = RiskLimit.of(2, Duration.ofHours(1));
        Fulfillment shop = shop(PaidRiskRules.off().withOrdersPerRecipient(two), RiskRules.off());
        place(shop, "cart0", "u0", "a@example.com");
        assertThat(bought(shop, "cart1", "u1", "a@example.com").order(1).stage())
                .isEqualTo(Stage.DELIVERED);
        assertThat(bought(shop, "cart2", "u2", " A@Example.com").order(1).stage())
                .isEqualTo(Stage.DELIVERED);
        assertHeld(bought(shop, "cart3", "u3", "a@example.com"), "too many paid orders for one recipient");
        assertThat(bought(shop, "cart4", "u4", "b@example.com").order(1).stage())
                .isEqualTo(Stage.DELIVERED);
    }

    @Test
    void paid_orders_of_one_account_are_held_beyond_the_limit_but_not_those_of_known_buyers() {
        RiskLimit one = RiskLimit.of(1, Duration.ofHours(1));
        Fulfillment shop = shop(
                PaidRiskRules.off().withOrdersPerAccount(one), RiskRules.off().withAllow(RiskList.ofAccounts("vip")));
        for (String account : List.of("u1", "vip")) {
            assertThat(bought(shop, account + "_1", account, "a@example.com")
                            .order(1)
                            .stage())
                    .isEqualTo(Stage.DELIVERED);
        }
        assertHeld(bought(shop, "u1_2", "u1", "b@example.com"), "too many paid orders of one account");
        assertThat(bought(shop, "vip_2", "vip", "b@example.com").order(1).stage())
                .isEqualTo(Stage.DELIVERED);
    }

    @Test
    void the_deny_list_is_looked_up_as_it_is_when_paid_and_with_the_recipient_as_it_is_then() {
        PaidRiskRules again = PaidRiskRules.off().withDenyList();
        Fulfillment before = shop(again, RiskRules.off());
        place(before, "cart1", "u1", "13800138000");
        place(before, "cart2", "u2", "13900139000");
        before.close();
        Fulfillment shop = shop(again, RiskRules.off().withDeny(RiskList.ofRecipients("+86 138-0013-8000")));
        pay(shop, "cart1");
        await().atMost(LONG).until(() -> order(shop, "cart1").stage() == Stage.ON_HOLD);
        assertHeld(checkout(shop, "cart1"), "it is on the deny list");

        shop.correctRecipient(new OrderId(new CheckoutId("cart2"), 1), "008613800138000");
        pay(shop, "cart2");
        await().atMost(LONG).until(() -> order(shop, "cart2").stage() == Stage.ON_HOLD);
    }
}
