package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do with orders over HTTP. */
@Acceptance
class DeskActionsIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1);

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    private static ObjectNode act(String id, String action, int version) {
        return Json.object()
                .put("id", id)
                .put("action", action)
                .put("version", version)
                .put("reason", "The buyer asked.")
                .put("actor", "wang");
    }

    private Reply act(String order, ObjectNode act) {
        return shop.deskAction(order, act.toString());
    }

    @Test
    void unseen_keys_are_given_back_for_the_money() {
        Placed bought = WORLD.bought(WORLD.sku());
        ObjectNode refund = act("act-1", "refund", WORLD.version(bought.order()));

        assertThat(act(bought.order(), refund).expect(200).text("/stage")).isIn("REFUNDING", "REFUNDED");

        WORLD.awaitStage(bought.order(), "REFUNDED");
        assertThat(act(bought.order(), refund).expect(200).text("/stage")).isEqualTo("REFUNDED");
        assertThat(WORLD.gateway().refunds(bought.payment()))
                .singleElement()
                .satisfies(given -> assertThat(given.amount()).isEqualTo("49.00"));
        desk.assertAuditIsClean();
    }

    @Test
    void what_was_seen_cannot_be_given_back() {
        Placed bought = WORLD.bought(WORLD.sku());
        shop.reveal(bought.order(), bought.token()).expect(200);

        act(bought.order(), act("act-1", "refund", WORLD.version(bought.order())))
                .expectProblem(409);

        assertThat(WORLD.stage(bought.order())).isEqualTo("DELIVERED");
    }

    @Test
    void a_bad_key_is_replaced_once() {
        String sku = WORLD.sku();
        Placed bought = WORLD.bought(sku);
        String first = shop.reveal(bought.order(), bought.token()).expect(200).text("/keys/0");
        String second = WORLD.stock(sku, 1).get(0);
        ObjectNode replace = act("act-1", "replace", WORLD.version(bought.order()));

        act(bought.order(), replace).expect(200);
        act(bought.order(), replace).expect(200);

        WORLD.awaitStage(bought.order(), "DELIVERED");
        Reply shown = shop.reveal(bought.order(), bought.token()).expect(200);
        assertThat(shown.json().path("keys")).hasSize(1);
        assertThat(shown.text("/keys/0")).isEqualTo(second).isNotEqualTo(first);
        desk.assertAuditIsClean();
    }

    @Test
    void a_hold_is_released_with_the_reason_as_waiver() {
        String sku = WORLD.sku();
        WORLD.stock(sku, 1);
        Placed placed = WORLD.placeKeys(sku, 1);
        WORLD.payAs(placed.payment(), "48.00", "CNY");
        WORLD.awaitStage(placed.order(), "ON_HOLD");

        act(placed.order(), act("act-1", "release", WORLD.version(placed.order())))
                .expect(200);

        WORLD.awaitStage(placed.order(), "DELIVERED");
        desk.assertAuditIsClean();
    }

    @Test
    void a_dispute_is_rejected_and_the_order_is_where_it_was() {
        Placed bought = WORLD.bought(WORLD.sku());
        shop.dispute(bought.order(), bought.token(), "It does not work.").expect(200);

        Reply rejected = act(bought.order(), act("act-1", "reject", WORLD.version(bought.order())))
                .expect(200);

        assertThat(rejected.text("/stage")).isEqualTo("DELIVERED");
    }

    @Test
    void what_is_parked_is_delivered_on_evidence_alone() {
        ShopWorld.Line line = WORLD.line(ShopConfig.Guarantee.AT_MOST_ONCE);
        line.supplier().otherwise(request -> Behaviour.doneBut(Behaviour.Transport.DROP));
        Placed placed = WORLD.place(Cart.fresh().topUp(line.sku(), Cart.freshNumber()));
        WORLD.pay(placed);
        WORLD.awaitStage(placed.order(), "PARKED");
        ObjectNode act = act("act-1", "mark-delivered", WORLD.version(placed.order()));
        act(placed.order(), act).expectProblem(400);

        act.put("evidence", "The supplier's list shows it, number 4711.");
        assertThat(act(placed.order(), act).expect(200).text("/stage")).isEqualTo("DELIVERED");
    }

    @Test
    void an_act_id_is_known_before_version_and_stage_are_looked_at() {
        Placed bought = WORLD.bought(WORLD.sku());
        int version = WORLD.version(bought.order());
        shop.dispute(bought.order(), bought.token(), "It does not work.").expect(200);
        act(bought.order(), act("act-1", "reject", version)).expectProblem(409);
        ObjectNode reject = act("act-2", "reject", WORLD.version(bought.order()));
        act(bought.order(), reject).expect(200);

        act(bought.order(), reject).expect(200);
        act(bought.order(), reject.put("reason", "Another one.")).expectProblem(409);
        act(bought.order(), act("act-3", "reject", WORLD.version(bought.order())))
                .expectProblem(409);
    }

    @Test
    void what_is_incomplete_unknown_or_nobodys_is_refused() {
        Placed bought = WORLD.bought(WORLD.sku());
        int version = WORLD.version(bought.order());
        for (String name : List.of("id", "action", "version", "reason", "actor")) {
            ObjectNode act = act("act-1", "refund", version);
            act.remove(name);
            assertThat(act(bought.order(), act).expectProblem(400).body()).contains("'" + name + "'");
        }
        act(bought.order(), act("act-1", "take", version)).expectProblem(400);
        act(bought.order(), act("act-1", "refund", version).put("version", "7")).expectProblem(400);
        act("nobody.1", act("act-1", "refund", version)).expectProblem(404);
        act(bought.checkout() + ".2", act("act-1", "refund", version)).expectProblem(404);
        shop.post("/api/desk/orders/" + bought.order() + "/actions", bought.token(), "{}")
                .expectProblem(401);
        assertThat(WORLD.stage(bought.order())).isEqualTo("DELIVERED");
    }
}
