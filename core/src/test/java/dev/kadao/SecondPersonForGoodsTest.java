package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.desk.BulkAct;
import dev.kadao.desk.BulkFilter;
import dev.kadao.desk.BulkResult.What;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAct.Action;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Proposal;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.HandlingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where goods need two persons as well, nobody gives any away alone: neither by a waiver nor as a replacement. */
class SecondPersonForGoodsTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Money LESS = Money.parse("1.00", Currency.CNY);
    private static final OrderId ORDER = OrderId.parse("cart1.1");

    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private Fulfillment shop = start(HandlingSettings.defaults().withSecondPersonForGoods());

    private Fulfillment start(HandlingSettings handling) {
        return Fulfillment.builder()
                .store(InMemoryCheckoutStore.sharing(inventory))
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("sandbox", new ScriptedGateway())
                .handling(handling)
                .build();
    }

    @AfterEach
    void the_audit_finds_nothing() {
        assertThat(shop.desk().audit().violations()).isEmpty();
        shop.close();
    }

    private void bought(Money paid) {
        inventory.importKeys("skin", List.of(Secret.of("key-1"), Secret.of("key-2")));
        shop.place(PlaceRequest.of("sandbox", new PlaceRequest.Line("skin", 1, "a@example.com", PRICE))
                        .withId("cart1"))
                .orThrow();
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", paid));
    }

    private Order order() {
        return shop.checkout(new CheckoutId("cart1")).orElseThrow().checkout().order(1);
    }

    private DeskAnswer act(String id, Action action, String actor) {
        return shop.desk().act(ORDER, new DeskAct(id, action, order().changes(), actor, "as talked about", null));
    }

    private void awaitStage(Stage stage) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(order().stage()).isEqualTo(stage));
    }

    @Test
    void a_hold_is_released_by_two_and_by_nobody_alone() {
        bought(LESS);
        awaitStage(Stage.ON_HOLD);
        assertThat(act("a1", Action.RELEASE, "ann")).isInstanceOf(DeskAnswer.Proposed.class);
        assertThat(order().proposal().act()).isEqualTo(Proposal.Act.RELEASE);
        assertThat(act("a2", Action.APPROVE, " ANN")).isInstanceOf(DeskAnswer.Refused.class);
        assertThat(order().stage()).isEqualTo(Stage.ON_HOLD);

        assertThat(act("a3", Action.APPROVE, "bob")).isInstanceOf(DeskAnswer.Done.class);
        awaitStage(Stage.DELIVERED);
    }

    @Test
    void other_keys_are_handed_over_by_two_and_by_nobody_alone() {
        bought(PRICE);
        awaitStage(Stage.DELIVERED);
        assertThat(act("a1", Action.REPLACE, "ann")).isInstanceOf(DeskAnswer.Proposed.class);
        assertThat(inventory.stock("skin").free()).isEqualTo(1);
        assertThat(act("a2", Action.APPROVE, "ann")).isInstanceOf(DeskAnswer.Refused.class);

        assertThat(act("a3", Action.APPROVE, "bob")).isInstanceOf(DeskAnswer.Done.class);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(inventory.stock("skin").free()).isZero());
        awaitStage(Stage.DELIVERED);
    }

    @Test
    void a_release_that_waits_lapses_as_the_full_amount_comes() {
        bought(LESS);
        awaitStage(Stage.ON_HOLD);
        act("a1", Action.RELEASE, "ann");
        shop.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t2", PRICE));
        awaitStage(Stage.DELIVERED);
        assertThat(order().proposal()).isNull();
        assertThat(act("a2", Action.APPROVE, "bob")).isInstanceOf(DeskAnswer.Refused.class);
    }

    @Test
    void a_bulk_release_proposes() {
        bought(LESS);
        awaitStage(Stage.ON_HOLD);
        BulkAct release = BulkAct.of(
                "b1", Action.RELEASE, "ann", "the bank", BulkFilter.all().inStage(Stage.ON_HOLD), 10);
        assertThat(shop.desk().bulk(release).count(What.PROPOSED)).isEqualTo(1);
        assertThat(order().stage()).isEqualTo(Stage.ON_HOLD);
    }

    @Test
    void unless_that_is_wanted_one_person_releases_and_replaces() {
        shop.close();
        shop = start(HandlingSettings.defaults().withSecondPerson(true));
        bought(LESS);
        awaitStage(Stage.ON_HOLD);
        assertThat(act("a1", Action.RELEASE, "ann")).isInstanceOf(DeskAnswer.Done.class);
        awaitStage(Stage.DELIVERED);
        assertThat(act("a2", Action.REPLACE, "ann")).isInstanceOf(DeskAnswer.Done.class);
        awaitStage(Stage.DELIVERED);
    }

    @Test
    void goods_alone_cannot_need_two() {
        assertThatThrownBy(() -> new HandlingSettings(
                        Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), false, true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("withSecondPersonForGoods");
        assertThat(HandlingSettings.defaults().withSecondPersonForGoods().withSecondPerson(false))
                .isEqualTo(HandlingSettings.defaults());
    }
}
