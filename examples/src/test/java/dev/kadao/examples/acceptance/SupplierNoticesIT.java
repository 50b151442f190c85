package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Notices of a supplier: genuine, repeated, forged, old, for a stranger's order and for nothing we know. */
@Acceptance
class SupplierNoticesIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(1);

    private static final ShopWorld.Line LINE = WORLD.line(ShopConfig.Guarantee.IDEMPOTENT);
    private static final ShopWorld.Line OTHER = WORLD.line(ShopConfig.Guarantee.QUERYABLE_FINAL);

    private final ShopClient shop = WORLD.client();
    private final FakeSupplier supplier = LINE.supplier();
    private Placed placed = new Placed("", List.of(), "", "", "", "");
    private String reference = "";

    @BeforeEach
    void buy_what_the_supplier_takes_its_time_for() {
        String number = Cart.freshNumber();
        supplier.when(number, Behaviour.process());
        placed = WORLD.place(Cart.fresh().topUp(LINE.sku(), number));
        WORLD.pay(placed);
        Waiting.until("the supplier has the order")
                .untilAsserted(() -> assertThat(supplier.references(number)).hasSize(1));
        Waiting.until("the supplier's answer is stored")
                .untilAsserted(() ->
                        assertThat(shop.orderAsDesk(placed.order()).body()).contains("\"node\":\"accepted\""));
        reference = supplier.references(number).get(0);
    }

    @Test
    void a_repeated_notice_is_taken_and_changes_nothing() throws Exception {
        supplier.complete(reference);
        Together.times(4, i -> () -> WORLD.tellOf(supplier, reference)).forEach(reply -> reply.expect(200));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        int version = WORLD.version(placed.order());
        WORLD.tellOf(supplier, reference).expect(200);
        assertThat(WORLD.version(placed.order())).isEqualTo(version);
    }

    @Test
    void a_definite_no_refunds_the_order() {
        supplier.giveUp(reference);
        WORLD.tellOf(supplier, reference).expect(200);
        WORLD.awaitStage(placed.order(), "REFUNDED");
        assertThat(WORLD.gateway().refunds(placed.payment())).hasSize(1);
    }

    @Test
    void a_forged_or_old_notice_is_refused_and_changes_nothing() {
        supplier.complete(reference);
        String body = supplier.notice(reference);
        SignedHeaders good = SignedHeaders.of(supplier.secret(), body);
        byte[] bytes = body.getBytes(UTF_8);
        for (SignedHeaders bad : List.of(
                good.forged(),
                SignedHeaders.of(OTHER.supplier().secret(), body),
                SignedHeaders.of(supplier.secret(), Instant.now().minusSeconds(310), bytes),
                SignedHeaders.of(supplier.secret(), Instant.now().plusSeconds(360), bytes))) {
            shop.notice("supplier/" + supplier.name(), body, bad).expect(401);
        }
        shop.post("/notify/supplier/" + supplier.name(), ShopClient.NO_TOKEN, body)
                .expect(401);
        assertThat(WORLD.stage(placed.order())).isEqualTo("DISPATCHING");
    }

    @Test
    void a_notice_for_an_unknown_reference_is_not_found() {
        supplier.complete(reference);
        String body = supplier.notice(reference).replace(reference, "nobody_1_1");
        shop.notice("supplier/" + supplier.name(), body, SignedHeaders.of(supplier.secret(), body))
                .expect(404);
    }

    @Test
    void a_notice_for_a_reference_of_another_supplier_is_forbidden() {
        supplier.complete(reference);
        String body = supplier.notice(reference);
        FakeSupplier stranger = OTHER.supplier();
        shop.notice("supplier/" + stranger.name(), body, SignedHeaders.of(stranger.secret(), body))
                .expect(403);
        assertThat(WORLD.stage(placed.order())).isEqualTo("DISPATCHING");
    }

    @Test
    void a_notice_of_an_unknown_supplier_is_not_found() {
        supplier.complete(reference);
        String body = supplier.notice(reference);
        shop.notice("supplier/nobody", body, SignedHeaders.of(supplier.secret(), body))
                .expect(404);
    }

    @Test
    void a_notice_that_cannot_be_read_is_refused() {
        for (String body : List.of("", "{", "[]", "{\"reference\":7,\"state\":\"success\"}", "{}")) {
            shop.notice("supplier/" + supplier.name(), body, SignedHeaders.of(supplier.secret(), body))
                    .expect(400);
        }
        assertThat(WORLD.stage(placed.order())).isEqualTo("DISPATCHING");
    }
}
