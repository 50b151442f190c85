package dev.kadao.examples.acceptance;

import static dev.kadao.examples.acceptance.Behaviour.Transport.DROP;
import static dev.kadao.examples.acceptance.Behaviour.Transport.ERROR;
import static dev.kadao.examples.acceptance.Behaviour.Transport.HOLD;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.AT_MOST_ONCE;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.IDEMPOTENT;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.QUERYABLE_FINAL;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.QUERYABLE_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of answer a supplier can give, and the stage that follows from it. */
@Acceptance
class TopUpIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withSuppliers(11)
            .supplier("slow", QUERYABLE_FINAL)
            .configured(config -> config.with("supplier.slow.processing", "PT1S"));

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);
    private final String number = Cart.freshNumber();
    private String sku = "";
    private Placed placed = new Placed("", List.of(), "", "", "", "");

    @Test
    void a_success_delivers_and_shows_its_receipt() {
        FakeSupplier supplier = buyFrom(WORLD.line(IDEMPOTENT), Behaviour.succeed());
        WORLD.awaitStage(placed.order(), "DELIVERED");
        FakeSupplier.Request request = supplier.requests(number).get(0);
        assertThat(request.amount()).isEqualTo("99.50");
        assertThat(request.currency()).isEqualTo("CNY");
        assertThat(request.quantity()).isEqualTo(1);
        assertThat(request.sku()).isEqualTo(sku);
        shop.reveal(placed.order(), placed.token()).expectProblem(409, "receipt-" + request.reference());
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    @Test
    void an_order_being_processed_is_delivered_by_the_suppliers_notice() {
        FakeSupplier supplier = buyFrom(WORLD.line(IDEMPOTENT), Behaviour.process());
        WORLD.awaitStage(placed.order(), "DISPATCHING");
        supplier.complete(reference(supplier));
        WORLD.tellOf(supplier, reference(supplier)).expect(200);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    @Test
    void an_order_being_processed_is_asked_about_until_it_is_done() {
        FakeSupplier supplier = buyFrom(WORLD.line(QUERYABLE_FINAL), Behaviour.process());
        Waiting.until("it was asked about twice")
                .untilAsserted(
                        () -> assertThat(supplier.queries(reference(supplier))).isGreaterThanOrEqualTo(2));
        WORLD.awaitStage(placed.order(), "DISPATCHING");
        supplier.complete(reference(supplier));
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @Test
    void an_order_being_processed_for_too_long_is_parked() {
        buyFrom(WORLD.line("slow"), Behaviour.process());
        isParked();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Outcome.class,
            names = {"FAIL_ORDER", "FAIL_UNSCOPED"})
    void a_definite_no_to_the_order_refunds_it_alone(Behaviour.Outcome no) {
        String keys = WORLD.sku();
        WORLD.stock(keys, 1);
        ShopWorld.Line line = WORLD.line(QUERYABLE_FINAL);
        line.supplier().when(number, Behaviour.of(no));
        placed = WORLD.place(Cart.fresh().keys(keys, 1).topUp(line.sku(), number));
        WORLD.pay(placed);
        WORLD.awaitStage(placed.orders().get(0), "DELIVERED");
        WORLD.awaitStage(placed.orders().get(1), "REFUNDED");
        assertThat(WORLD.gateway().refunds(placed.payment()))
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo("99.50"));
        assertThat(line.supplier().executions(number)).isZero();
        desk.assertAuditIsClean();
    }

    @Test
    void a_definite_no_of_the_supplier_as_a_whole_refunds_nobody_and_is_tried_again() {
        FakeSupplier supplier = buyFrom(
                WORLD.line(QUERYABLE_FINAL), Behaviour.of(Behaviour.Outcome.FAIL_SUPPLIER), Behaviour.succeed());
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.executions(number)).isEqualTo(1);
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ShopConfig.Guarantee.class)
    void a_refused_connection_means_not_sent_and_the_same_reference_again(ShopConfig.Guarantee guarantee) {
        ShopWorld.Line refusing = WORLD.line(guarantee);
        refusing.supplier().closePort();
        buyFrom(refusing, Behaviour.succeed());
        Waiting.until("the shop has tried")
                .untilAsserted(() -> assertThat(WORLD.stage(placed.order())).isIn("PAID", "DISPATCHING"));
        refusing.supplier().reopenPort();
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(refusing.supplier().references(number))
                .singleElement()
                .satisfies(reference ->
                        assertThat(reference).startsWith(placed.checkout()).endsWith("_1"));
        assertThat(refusing.supplier().executions(number)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Transport.class,
            names = {"HOLD", "DROP", "ERROR", "UNREADABLE"})
    void a_queryable_supplier_whose_reply_was_lost_is_asked_and_nothing_is_sent_again(Behaviour.Transport seen) {
        FakeSupplier supplier = buyFrom(WORLD.line(QUERYABLE_OPEN), Behaviour.doneBut(seen));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.requests(number)).hasSize(1);
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Transport.class,
            names = {"HOLD", "DROP", "ERROR", "UNREADABLE"})
    void an_idempotent_supplier_whose_reply_was_lost_gets_the_same_reference_again(Behaviour.Transport seen) {
        FakeSupplier supplier = buyFrom(WORLD.line(IDEMPOTENT), Behaviour.doneBut(seen));
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.requests(number)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(supplier.references(number)).hasSize(1);
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Transport.class,
            names = {"HOLD", "DROP", "ERROR", "UNREADABLE"})
    void an_order_that_never_arrived_is_sent_anew_where_not_found_is_final(Behaviour.Transport seen) {
        FakeSupplier supplier = buyFrom(WORLD.line(QUERYABLE_FINAL), Behaviour.lost(seen), Behaviour.succeed());
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.references(number)).hasSize(2);
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    @Test
    void an_order_that_never_arrived_is_parked_where_not_found_is_not_final() {
        FakeSupplier supplier = buyFrom(WORLD.line(QUERYABLE_OPEN), Behaviour.lost(DROP), Behaviour.succeed());
        isParked();
        assertThat(timeline()).containsSubsequence("unclear", "parked");
        assertThat(supplier.requests(number)).hasSize(1);
        assertThat(supplier.executions(number)).isZero();
    }

    @Test
    void a_supplier_that_answers_no_question_keeps_the_order_uncertain_until_it_does() {
        ShopWorld.Line mute = WORLD.line(QUERYABLE_FINAL);
        mute.supplier().answerQueries(number, WireAnswer.status(500));
        FakeSupplier supplier = buyFrom(mute, Behaviour.doneBut(ERROR));
        WORLD.awaitStage(placed.order(), "UNCERTAIN");
        Waiting.until("it was asked more than once")
                .untilAsserted(
                        () -> assertThat(supplier.queries(reference(supplier))).isGreaterThanOrEqualTo(2));
        assertThat(supplier.requests(number)).hasSize(1);
        supplier.answerQueriesHonestly(number);
        WORLD.awaitStage(placed.order(), "DELIVERED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Transport.class,
            names = {"HOLD", "DROP", "ERROR", "UNREADABLE"})
    void an_unclear_answer_of_an_at_most_once_supplier_parks_at_once(Behaviour.Transport seen) {
        FakeSupplier supplier = buyFrom(WORLD.line(AT_MOST_ONCE), Behaviour.doneBut(seen));
        isParked();
        assertThat(supplier.requests(number)).hasSize(1);
        assertThat(supplier.queries(reference(supplier))).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.Outcome.class,
            names = {"SUCCEED_WITHOUT_PROOF", "SUCCEED_WITH_BLANK_PROOF", "PARTIAL"})
    void what_is_no_proof_parks_and_a_later_notice_with_a_proof_delivers(Behaviour.Outcome outcome) {
        FakeSupplier supplier = buyFrom(WORLD.line(IDEMPOTENT), Behaviour.of(outcome));
        isParked();
        supplier.complete(reference(supplier));
        WORLD.tellOf(supplier, reference(supplier)).expect(200);
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(desk.openCases(placed.checkout())).isEmpty();
        assertThat(desk.closedCases(placed.checkout())).contains("parked");
        desk.assertAuditIsClean();
    }

    @Test
    void a_definite_no_for_a_parked_order_refunds_nobody() {
        FakeSupplier supplier = buyFrom(WORLD.line(AT_MOST_ONCE), Behaviour.doneBut(HOLD));
        isParked();
        supplier.giveUp(reference(supplier));
        WORLD.tellOf(supplier, reference(supplier)).expect(200);
        Waiting.until("the case tells the no")
                .untilAsserted(() -> assertThat(evidence()).contains("no such number"));
        assertThat(WORLD.stage(placed.order())).isEqualTo("PARKED");
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
    }

    @Test
    void a_top_up_in_flight_when_the_shop_is_killed_is_done_once() {
        FakeSupplier supplier = buyFrom(WORLD.line(IDEMPOTENT), Behaviour.doneBut(HOLD));
        Waiting.until("the supplier has it")
                .untilAsserted(() -> assertThat(supplier.requests(number)).isNotEmpty());
        WORLD.kill();
        WORLD.startAgain();
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(supplier.references(number)).hasSize(1);
        assertThat(supplier.executions(number)).isEqualTo(1);
    }

    private FakeSupplier buyFrom(ShopWorld.Line from, Behaviour... behaviours) {
        sku = from.sku();
        from.supplier().when(number, behaviours);
        placed = WORLD.place(Cart.fresh().topUp(from.sku(), number));
        WORLD.pay(placed);
        return from.supplier();
    }

    private void isParked() {
        WORLD.awaitStage(placed.order(), "PARKED");
        desk.awaitOpenCase(placed.checkout(), "parked");
        desk.assertAuditIsClean();
    }

    private List<String> timeline() {
        List<String> nodes = new ArrayList<>();
        shop.order(placed.order(), placed.token())
                .json()
                .path("timeline")
                .forEach(node -> nodes.add(node.path("node").asText()));
        return nodes;
    }

    private String reference(FakeSupplier supplier) {
        Waiting.until("the supplier has the order")
                .untilAsserted(() -> assertThat(supplier.references(number)).isNotEmpty());
        return supplier.references(number).get(0);
    }

    private String evidence() {
        return desk.all("cases").stream()
                .filter(each -> each.path("checkout").asText().equals(placed.checkout()))
                .map(each -> each.path("evidence").toString())
                .toList()
                .toString();
    }
}
