package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.KeySlot.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys and orders must agree on whose the keys are, also in the middle of work. */
class KeyAuditTest {
    private static final OrderId ID = OrderId.parse("cart42.1");

    private final Order unpaid = Story.of(Route.keys()).checkout().order(1);
    private final Order delivered =
            Story.of(Route.keys()).paid().taken().checkout().order(1);

    @Test
    void a_free_a_sold_and_a_withdrawn_key_pass() {
        assertThat(audited(
                        delivered,
                        slot("k1", State.FREE, null, 0),
                        slot("k2", State.SOLD, ID, 0),
                        slot("k3", State.VOID, null, 0)))
                .isEmpty();
    }

    @Test
    void a_replaced_order_owns_its_latest_keys_alone() {
        Order replacing = Story.of(Route.keys())
                .paid()
                .taken()
                .act(DeskAct.REPLACE)
                .checkout()
                .order(1);
        KeySlot old = slot("k1", State.VOID, ID, 0);
        assertThat(audited(replacing, slot("k1", State.SOLD, ID, 0))).isEmpty();
        assertThat(audited(replacing, old, slot("k2", State.SOLD, ID, 1))).isEmpty();
        assertThat(audited(replacing, slot("k1", State.SOLD, ID, 0), slot("k2", State.SOLD, ID, 1)))
                .hasSize(1);
        assertThat(audited(delivered, old, slot("k2", State.SOLD, ID, 1))).hasSize(1);
    }

    @Test
    void keys_reserved_or_taken_back_between_two_steps_pass() {
        assertThat(audited(unpaid, slot("k1", State.RESERVED, ID, 0))).isEmpty();
        Order refunding = delivered.with(Stage.REFUNDING, Story.START);
        assertThat(audited(refunding, slot("k1", State.VOID, ID, 0))).isEmpty();
    }

    @Test
    void a_delivered_order_without_its_keys_is_reported() {
        reports("0 keys are sold to the order and 0 reserved", audited(delivered));
        reports("0 keys are sold to the order and 1 reserved", audited(delivered, slot("k1", State.RESERVED, ID, 0)));
    }

    @Test
    void more_keys_than_were_bought_are_reported() {
        reports(
                "2 keys are sold to the order and 0 reserved; it is for 1",
                audited(delivered, slot("k1", State.SOLD, ID, 0), slot("k2", State.SOLD, ID, 0)));
    }

    @Test
    void a_key_sold_to_an_order_that_says_otherwise_is_reported() {
        reports("none of them was handed over", audited(unpaid, slot("k1", State.SOLD, ID, 0)));
        Order returned = Story.of(Route.keys())
                .paid()
                .taken()
                .act(DeskAct.REFUND)
                .returned()
                .checkout()
                .order(1);
        reports("all were taken back", audited(returned, slot("k1", State.SOLD, ID, 0)));
    }

    @Test
    void a_key_of_an_order_that_does_not_exist_is_reported() {
        OrderId nobody = OrderId.parse("nobody.1");
        reports(
                "an order that does not exist",
                audited(delivered, slot("k1", State.SOLD, ID, 0), slot("k2", State.SOLD, nobody, 0)));
    }

    @Test
    void a_key_with_two_owners_or_with_an_owner_it_should_not_have_is_reported() {
        KeySlot mine = slot("k1", State.SOLD, ID, 0);
        assertThat(audited(delivered, mine, slot("k1", State.SOLD, OrderId.parse("other.1"), 0)))
                .extracting(Violation::sentence)
                .contains("the key is there twice");
        reports("free and belongs to order", audited(delivered, mine, slot("k2", State.FREE, ID, 0)));
        reports("belongs to nobody", audited(delivered, mine, slot("k2", State.SOLD, null, 0)));
    }

    @Test
    void a_key_of_another_sku_is_reported() {
        reports(
                "the order is for steam-50 and has keys of game-30",
                audited(delivered, new KeySlot("k1", "game-30", State.SOLD, ID, 0, false)));
    }

    private static KeySlot slot(String id, State state, @Nullable OrderId order, int replacement) {
        return new KeySlot(id, "steam-50", state, order, replacement, false);
    }

    private static List<Violation> audited(Order order, KeySlot... slots) {
        KeyAudit audit = new KeyAudit();
        List.of(slots).forEach(audit::see);
        assertThat(audit.seen()).isEqualTo(slots.length);
        audit.check(order);
        return audit.finish();
    }

    private static void reports(String sentence, List<Violation> found) {
        assertThat(found).hasSize(1);
        assertThat(found.get(0).sentence()).contains(sentence);
        assertThat(found.get(0).invariant()).isEqualTo(AuditReport.Invariant.I3);
    }
}
