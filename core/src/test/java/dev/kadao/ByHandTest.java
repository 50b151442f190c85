package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.CaseItem;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.ManualDelivery;
import dev.kadao.desk.RevealItem;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders that people hand over, and the evidence that people look at: through the front door alone. */
class ByHandTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration WITHIN = Duration.ofHours(4);
    private static final OrderId ORDER = OrderId.parse("cart1.1");

    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(inventory);
    private final Fulfillment shop =
            builder().supplier("staff", ManualDelivery.within(WITHIN)).build();

    private FulfillmentBuilder builder() {
        return Fulfillment.builder()
                .store(store)
                .inventory(inventory)
                .router(sku -> Optional.of(
                        sku.startsWith("steam")
                                ? Route.keys()
                                : sku.startsWith("sourced") ? Route.sourced("staff") : Route.topUp("staff")))
                .gateway("sandbox", new ScriptedGateway());
    }

    @AfterEach
    void the_audit_is_ok() {
        assertThat(shop.desk().audit().violations()).isEmpty();
        shop.close();
    }

    private void buy(String sku) {
        shop.place(PlaceRequest.of("sandbox", new PlaceRequest.Line(sku, 1, "13800000000", PRICE))
                        .withId("cart1"))
                .orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
    }

    private Order order() {
        return shop.checkout(new CheckoutId("cart1")).orElseThrow().checkout().order(1);
    }

    private List<CaseItem> openCases() {
        return shop.desk().cases(true, Optional.empty(), 10).items();
    }

    @Test
    void staff_find_the_order_in_their_list_with_its_recipient_and_time_and_mark_it_delivered_with_evidence() {
        buy("skin-by-hand");
        await().atMost(LONG).untilAsserted(() -> assertThat(openCases()).hasSize(1));

        CaseItem work = openCases().get(0);
        assertThat(work.kind()).isEqualTo("delivery");
        assertThat(work.due())
                .isBetween(
                        work.openedAt().plus(WITHIN).minusSeconds(1),
                        Instant.now().plus(WITHIN));
        assertThat(work.found().snapshot().recipient(order())).contains("13800000000");

        int version = order().changes();
        DeskAct noEvidence = new DeskAct("a1", DeskAct.Action.MARK_DELIVERED, version, "ann", "traded in game", null);
        assertThat(shop.desk().act(ORDER, noEvidence)).isInstanceOf(DeskAnswer.Refused.class);
        DeskAct mark = new DeskAct(
                "a1", DeskAct.Action.MARK_DELIVERED, version, "ann", "traded in game", "trade 4711, see picture");
        assertThat(shop.desk().act(ORDER, mark)).isInstanceOf(DeskAnswer.Done.class);

        assertThat(order().stage()).isEqualTo(Stage.DELIVERED);
        assertThat(openCases()).isEmpty();
        assertThat(shop.desk().act(ORDER, mark))
                .isInstanceOfSatisfying(
                        DeskAnswer.Done.class,
                        done -> assertThat(done.repeated()).isTrue());
    }

    @Test
    void a_second_person_who_saw_the_order_before_the_first_one_acted_is_told_to_look_again() {
        buy("skin-by-hand");
        await().atMost(LONG).untilAsserted(() -> assertThat(openCases()).hasSize(1));
        int version = order().changes();
        DeskAct mark = new DeskAct("a1", DeskAct.Action.MARK_DELIVERED, version, "ann", "traded in game", "trade 4711");
        DeskAct refund = new DeskAct("a2", DeskAct.Action.REFUND, version, "bob", "nobody had one", null);
        assertThat(shop.desk().act(ORDER, mark)).isInstanceOf(DeskAnswer.Done.class);
        assertThat(shop.desk().act(ORDER, refund))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(DeskAnswer.Why.OTHER_VERSION));
        assertThat(shop.checkout(new CheckoutId("cart1"))
                        .orElseThrow()
                        .checkout()
                        .refunds())
                .isEmpty();
    }

    @Test
    void people_whose_time_ends_after_the_order_is_parked_are_a_problem_at_the_start() {
        Dispatcher never = new Dispatcher() {
            @Override
            public SupplierTerms terms() {
                return new SupplierTerms(
                        new Guarantee.AtMostOnce(), Duration.ofSeconds(3), Duration.ofHours(1), Duration.ofHours(2));
            }

            @Override
            public Answer dispatch(Request request, Deadline deadline) {
                return new Answer.Accepted(null, null);
            }
        };
        FulfillmentBuilder wrong = builder().supplier("staff", never);
        assertThat(BuildCheck.problems(wrong)).anyMatch(problem -> problem.contains("gives its people PT2H"));
    }

    @Test
    void people_have_no_way_to_hand_in_sourced_keys_so_these_are_not_placed() {
        PlaceRequest request = PlaceRequest.of("sandbox", new PlaceRequest.Line("sourced-1", 1, "a@example.com", PRICE))
                .withId("cart1");
        assertThat(shop.place(request))
                .isInstanceOfSatisfying(
                        PlaceResult.Invalid.class,
                        invalid -> assertThat(invalid.sentences())
                                .singleElement()
                                .asString()
                                .contains("have no way to hand keys in"));
    }

    @Test
    void the_desk_lists_every_look_at_keys_with_its_origin() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        buy("steam-50");
        assertThat(shop.desk().revealsOf(ORDER)).isEmpty();

        shop.reveal(ORDER, "203.0.113.7 Firefox").orThrow();
        shop.reveal(ORDER).orThrow();

        List<RevealItem> seen = shop.desk().revealsOf(ORDER);
        assertThat(seen)
                .extracting(RevealItem::origin)
                .containsExactly(Optional.of("203.0.113.7 Firefox"), Optional.empty());
        assertThat(seen.toString()).doesNotContain("203.0.113.7");
        assertThat(shop.desk().revealsOf(OrderId.parse("nobody.1"))).isEmpty();
    }

    @Test
    void an_origin_that_is_blank_or_too_long_is_refused_and_shows_nothing() {
        inventory.importKeys("steam-50", List.of(Secret.of("KEY-1")));
        buy("steam-50");
        for (String origin : List.of("", "  ", "x".repeat(513))) {
            assertThat(shop.reveal(ORDER, origin))
                    .isInstanceOfSatisfying(
                            RevealResult.NotShown.class,
                            not -> assertThat(not.why())
                                    .isInstanceOfSatisfying(
                                            Answer.Refused.class,
                                            refused -> assertThat(refused.why()).isEqualTo(Answer.Why.BAD_INPUT)));
        }
        assertThat(shop.desk().revealsOf(ORDER)).isEmpty();
        shop.reveal(ORDER, "x".repeat(512)).orThrow();
        assertThat(shop.desk().revealsOf(ORDER)).hasSize(1);
    }
}
