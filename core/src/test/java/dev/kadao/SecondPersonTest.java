package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.CaseItem;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAct.Action;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.ManualDelivery;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Proposal;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.policy.HandlingSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where two persons are wanted, nobody refunds or attests alone. */
class SecondPersonTest {
    private static final Money PRICE = Money.parse("147.00", Currency.CNY);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final OrderId ORDER = OrderId.parse("cart1.1");

    private final Fulfillment shop = Fulfillment.builder()
            .store(InMemoryCheckoutStore.sharing(new InMemoryKeyInventory()))
            .router(sku -> Optional.of(Route.topUp("staff")))
            .supplier("staff", ManualDelivery.within(Duration.ofHours(4)))
            .gateway("sandbox", new ScriptedGateway())
            .handling(HandlingSettings.defaults().withSecondPerson(true))
            .build();

    @BeforeEach
    void three_are_bought_and_with_staff() {
        shop.place(PlaceRequest.of("sandbox", new PlaceRequest.Line("skin", 3, "13800000000", PRICE))
                        .withId("cart1"))
                .orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", PRICE));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(openCase("delivery")).isPresent());
    }

    @AfterEach
    void the_audit_finds_nothing() {
        assertThat(shop.desk().audit().violations()).isEmpty();
        shop.close();
    }

    private Order order() {
        return shop.checkout(new CheckoutId("cart1")).orElseThrow().checkout().order(1);
    }

    private Optional<CaseItem> openCase(String kind) {
        return shop.desk().cases(true, Optional.empty(), 10).items().stream()
                .filter(item -> item.kind().equals(kind))
                .findFirst();
    }

    private DeskAnswer act(String id, Action action, String actor) {
        return act(id, action, actor, null, null);
    }

    private DeskAnswer act(String id, Action action, String actor, @Nullable String evidence, @Nullable Integer count) {
        return shop.desk()
                .act(ORDER, new DeskAct(id, action, order().changes(), actor, "as talked about", evidence, count));
    }

    @Test
    void a_refund_is_only_proposed_and_waits_as_a_case() {
        assertThat(act("a1", Action.REFUND, "ann")).isInstanceOf(DeskAnswer.Proposed.class);

        assertThat(order().stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(order().proposal()).satisfies(proposal -> {
            assertThat(proposal.act()).isEqualTo(Proposal.Act.REFUND);
            assertThat(proposal.actor()).isEqualTo("ann");
        });
        assertThat(openCase("approval")).isPresent();
    }

    @Test
    void another_person_approves_and_it_is_done_once() {
        act("a1", Action.REFUND, "ann");
        int version = order().changes();
        DeskAct approve = new DeskAct("a2", Action.APPROVE, version, "bob", "checked the chat", null);
        assertThat(shop.desk().act(ORDER, approve)).isInstanceOf(DeskAnswer.Done.class);
        assertThat(shop.desk().act(ORDER, approve))
                .isInstanceOfSatisfying(
                        DeskAnswer.Done.class,
                        again -> assertThat(again.repeated()).isTrue());
        assertThat(shop.desk().act(ORDER, new DeskAct("a3", Action.APPROVE, version, "cem", "me too", null)))
                .isInstanceOf(DeskAnswer.Refused.class);

        await().atMost(LONG).untilAsserted(() -> assertThat(order().stage()).isEqualTo(Stage.REFUNDED));
        assertThat(openCase("approval")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", " ann ", "ANN", "ａｎｎ", "Ann\t"})
    void the_proposer_approves_nothing_however_the_name_is_written(String actor) {
        act("a1", Action.REFUND, "ann");
        assertThat(act("a2", Action.APPROVE, actor)).isInstanceOf(DeskAnswer.Refused.class);
        assertThat(order().stage()).isEqualTo(Stage.DISPATCHING);
        assertThat(order().proposal()).isNotNull();
    }

    @Test
    void a_proposal_repeated_is_a_repetition_and_a_second_one_is_refused() {
        int version = order().changes();
        DeskAct first = new DeskAct("a1", Action.REFUND, version, "ann", "nobody has one", null);
        assertThat(shop.desk().act(ORDER, first)).isInstanceOf(DeskAnswer.Proposed.class);
        assertThat(shop.desk().act(ORDER, first))
                .isInstanceOfSatisfying(
                        DeskAnswer.Proposed.class,
                        again -> assertThat(again.repeated()).isTrue());
        assertThat(act("a2", Action.REFUND, "bob"))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("proposed already", "a1"));
    }

    @Test
    void what_is_declined_is_over_and_can_be_proposed_anew() {
        act("a1", Action.REFUND, "ann");
        assertThat(act("a2", Action.DECLINE, "bob")).isInstanceOf(DeskAnswer.Done.class);
        assertThat(order().proposal()).isNull();
        assertThat(openCase("approval")).isEmpty();
        assertThat(act("a3", Action.APPROVE, "bob")).isInstanceOf(DeskAnswer.Refused.class);
        assertThat(act("a4", Action.REFUND, "ann")).isInstanceOf(DeskAnswer.Proposed.class);
    }

    @Test
    void a_proposal_lapses_when_the_order_moves_on() {
        act("a1", Action.REFUND, "ann");
        act("a2", Action.TAKE, "cem");
        assertThat(order().proposal()).isNull();
        assertThat(openCase("approval")).isEmpty();
        assertThat(act("a3", Action.APPROVE, "bob"))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("moved on"));
    }

    @Test
    void an_attested_delivery_needs_evidence_the_right_count_and_a_second_person() {
        assertThat(act("a1", Action.MARK_DELIVERED, "ann", null, 3)).isInstanceOf(DeskAnswer.Refused.class);
        assertThat(act("a2", Action.MARK_DELIVERED, "ann", "trade 4711", 2))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("is for 3", "2 were delivered"));
        assertThat(act("a3", Action.MARK_DELIVERED, "ann", "trade 4711", 3)).isInstanceOf(DeskAnswer.Proposed.class);
        assertThat(act("a4", Action.APPROVE, "bob")).isInstanceOf(DeskAnswer.Done.class);
        assertThat(order().stage()).isEqualTo(Stage.DELIVERED);
    }

    @Test
    void the_case_of_a_proposal_cannot_be_closed_by_hand() {
        act("a1", Action.REFUND, "ann");
        int number = openCase("approval").orElseThrow().found().theCase().number();
        DeskAct close = new DeskAct("a2", Action.CLOSE_CASE, 0, "bob", "no idea", null);
        assertThat(shop.desk().closeCase(new CheckoutId("cart1"), number, close))
                .isInstanceOf(DeskAnswer.Refused.class);
    }
}
