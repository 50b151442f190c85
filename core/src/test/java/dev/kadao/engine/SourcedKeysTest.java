package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.Bytes;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that a supplier sells: sealed with the answer that brought them, or the answer is not recorded. */
class SourcedKeysTest {
    private static final Route ROUTE = Route.sourced("a");
    private static final Predicate<Step> TAKES_IN =
            step -> step instanceof Step.WithStock with && with.requests().get(0) instanceof StockRequest.Supply;

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Telling telling = new Telling(supplier);
    private Rig rig = Rig.with(telling);

    /** A scripted supplier that also sends a notice, once it is given one. */
    private static final class Telling implements QueryableDispatcher, NotifyingDispatcher {
        private final ScriptedSupplier scripted;
        private Answer told = new Answer.Unknown("nothing was told");

        Telling(ScriptedSupplier scripted) {
            this.scripted = scripted;
        }

        @Override
        public SupplierTerms terms() {
            return scripted.terms();
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            return scripted.dispatch(request, deadline);
        }

        @Override
        public Answer query(DispatchId reference) {
            return scripted.query(reference);
        }

        @Override
        public SupplierReading read(InboundNotice notice) {
            return new SupplierReading.Genuine(
                    notice.body().asUtf8(), told, NoticeReply.text(200, "ok"), NoticeReply.text(503, "later"));
        }
    }

    private static Answer sold(String... keys) {
        List<Secret> secrets = Arrays.stream(keys).map(Secret::of).toList();
        return new Answer.Delivered(new Proof.SuppliedKeys(secrets), "s-1");
    }

    private void buy(String id) {
        rig.place(id, ROUTE);
        rig.pay(id + "_p1", "trade-" + id);
    }

    private List<String> revealed(String id) {
        Revelation revelation = rig.engine.reveal(new OrderId(new CheckoutId(id), 1), null);
        return revelation instanceof Revelation.Shown shown
                ? shown.keys().stream().map(Secret::expose).toList()
                : List.of();
    }

    @AfterEach
    void every_promise_is_kept() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void the_answer_and_its_keys_are_one_commit() {
        supplier.onSend.add(() -> sold("k1"));
        rig.place("cart1", ROUTE);
        rig.store.trouble(TroubledStore.Trouble.LOST_AFTER, 1, TAKES_IN);

        rig.pay("cart1_p1", "t1");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(rig.inventory.stock("sku").sold()).isEqualTo(1);
        assertThat(supplier.sent).hasSize(1);
    }

    @Test
    void while_the_stock_cannot_take_them_in_nothing_of_the_answer_is_recorded() {
        supplier.onSend.add(() -> sold("k1"));
        rig.store.trouble(TroubledStore.Trouble.STOCK_BUSY, 3, TAKES_IN);

        buy("cart1");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DISPATCHING);
        assertThat(rig.inventory.stock("sku").sold()).isZero();
        rig.clockwork.advance(Duration.ofSeconds(2));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(supplier.sent).hasSize(1);
        assertThat(supplier.asked).isEmpty();
    }

    @Test
    void a_process_that_dies_with_keys_that_it_could_not_keep_asks_for_them_again() {
        supplier.onSend.add(() -> sold("k1"));
        supplier.onAsk.add(() -> sold("k1"));
        rig.store.trouble(TroubledStore.Trouble.STOCK_BUSY, 1, TAKES_IN);
        buy("cart1");

        rig.restart();
        rig.clockwork.advance(Duration.ofMinutes(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(supplier.sent).hasSize(1);
        assertThat(supplier.asked).hasSize(1);
    }

    @Test
    void keys_that_come_after_the_refund_are_kept_for_a_person_and_shown_to_nobody() {
        supplier.onSend.add(() -> new Answer.Unknown("time-out"));
        supplier.onAsk.add(() -> new Answer.Partial(0, "nothing yet"));
        buy("cart1");
        rig.clockwork.advance(Duration.ofSeconds(20));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        rig.act("cart1", 1, "REFUND");
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);

        tell("cart1", sold("k1"));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);
        assertThat(revealed("cart1")).isEmpty();
        assertThat(rig.inventory.stock("sku").sold()).isZero();
        assertThat(rig.inventory.stock("sku").voided()).isEqualTo(1);
    }

    private NoticeReply tell(String id, Answer answer) {
        telling.told = answer;
        NoticeReply reply = rig.engine.receiveFromSupplier("a", notice(id + "_1_1"));
        rig.clockwork.settle();
        return reply;
    }

    private InboundNotice notice(String reference) {
        return new InboundNotice(
                "POST",
                "",
                Map.of(),
                Bytes.utf8(reference),
                rig.clockwork.wall().instant());
    }

    @Test
    void a_notice_whose_keys_cannot_be_kept_is_not_acknowledged_and_counts_when_it_comes_again() {
        supplier.onSend.add(() -> new Answer.Accepted("s-1", null));
        buy("cart1");
        rig.store.trouble(TroubledStore.Trouble.STOCK_BUSY, 1, TAKES_IN);

        assertThat(tell("cart1", sold("k1")).status()).isEqualTo(503);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DISPATCHING);

        assertThat(tell("cart1", sold("k1")).status()).isEqualTo(200);
        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(tell("cart1", sold("k1")).status()).isEqualTo(200);
        assertThat(rig.inventory.stock("sku").sold()).isEqualTo(1);
    }

    @Test
    void a_key_that_another_order_has_goes_to_nobody_else() {
        supplier.onSend.add(() -> sold("k1"));
        supplier.onSend.add(() -> sold("k1"));
        buy("cart1");
        buy("cart2");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.stage("cart2")).isEqualTo(Stage.PARKED);
        assertThat(rig.openCases("cart2")).containsExactly(Case.Kind.PARKED);
        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(revealed("cart2")).isEmpty();
    }

    @Test
    void too_many_keys_are_no_delivery_and_are_kept_for_a_person() {
        supplier.onSend.add(() -> sold("k1", "k2"));
        buy("cart1");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertThat(rig.inventory.stock("sku").voided()).isEqualTo(2);
        assertThat(rig.inventory.stock("sku").sold()).isZero();
    }

    @Test
    void where_the_stock_lies_elsewhere_a_person_gets_the_order() {
        rig = Rig.withStockElsewhere(SweepSettings.defaults(), stock -> stock, supplier);
        supplier.onSend.add(() -> sold("k1"));

        buy("cart1");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertThat(rig.checkout("cart1").cases().get(0).evidence().toString()).contains("store's database");
    }

    @Test
    void keys_that_come_after_the_money_was_given_back_are_not_the_buyers() {
        supplier.onSend.add(() -> new Answer.Accepted("s-1", null));
        buy("cart1");
        rig.receive(ScriptedGateway.movedBack("cart1_p1", "trade-cart1", Rig.PRICE));

        assertThat(tell("cart1", sold("k1")).status()).isEqualTo(200);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.openCases("cart1")).contains(Case.Kind.CONFLICT);
        assertThat(revealed("cart1")).isEmpty();
        assertThat(rig.inventory.stock("sku").sold()).isZero();
        assertThat(rig.inventory.stock("sku").voided()).isEqualTo(1);
    }

    @Test
    void keys_are_not_replaced_where_no_supplier_is_left_to_be_asked() {
        ScriptedSupplier forgetful = new ScriptedSupplier(new Guarantee.Queryable(new Guarantee.Asking(
                Duration.ofSeconds(5),
                true,
                List.of(Duration.ofSeconds(2)),
                Duration.ofMinutes(30),
                Duration.ofDays(3))));
        Telling own = new Telling(forgetful);
        rig = Rig.with(own);
        forgetful.onSend.add(() -> new Answer.Unknown("time-out"));
        forgetful.onAsk.addAll(Collections.nCopies(4, Answer.NotFound::new));
        forgetful.onSend.add(() -> new Answer.Accepted("s-2", null));
        buy("cart1");
        rig.clockwork.advance(Duration.ofSeconds(20));
        assertThat(rig.order("cart1").dispatches()).hasSize(2);
        own.told = new Answer.Accepted("s-1", null);
        rig.engine.receiveFromSupplier("a", notice("cart1_1_1"));
        own.told = new Answer.Declined(Scope.ORDER, "known already");
        rig.engine.receiveFromSupplier("a", notice("cart1_1_2"));
        own.told = sold("k1");
        rig.engine.receiveFromSupplier("a", notice("cart1_1_1"));
        rig.clockwork.settle();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);

        assertThat(rig.act("cart1", 1, "REPLACE")).isInstanceOf(Outcome.Refused.class);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(revealed("cart1")).containsExactly("k1");
    }

    @Test
    void a_key_with_a_line_end_is_the_key_without_it() {
        supplier.onSend.add(() -> sold("k1\r\n"));
        supplier.onSend.add(() -> sold("\uD83D\uDE00".repeat(300)));
        buy("cart1");
        buy("cart2");

        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(revealed("cart2")).containsExactly("\uD83D\uDE00".repeat(300));
    }

    @Test
    void other_keys_of_a_dispatch_that_was_delivered_are_kept_for_a_person() {
        supplier.onSend.add(() -> sold("k1"));
        buy("cart1");

        assertThat(tell("cart1", sold("k2")).status()).isEqualTo(200);
        assertThat(tell("cart1", sold("k2")).status()).isEqualTo(200);

        assertThat(revealed("cart1")).containsExactly("k1");
        assertThat(rig.inventory.stock("sku").sold()).isEqualTo(1);
        assertThat(rig.inventory.stock("sku").voided()).isEqualTo(1);
    }

    @Test
    void further_keys_of_a_dispatch_that_came_in_part_are_kept_for_a_person() {
        supplier.onSend.add(() -> new Answer.Accepted("s-1", null));
        buy("cart1");

        tell("cart1", new Answer.Partial(1, "one now", List.of(Secret.of("k1"))));
        tell("cart1", new Answer.Partial(2, "two more", List.of(Secret.of("k2"), Secret.of("k3"))));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.PARKED);
        assertThat(rig.inventory.stock("sku").voided()).isEqualTo(3);
    }

    @Test
    void keys_appear_in_no_text() {
        Supplied supplied = new Supplied(1, 1, List.of(Secret.of("k1-secret")));
        StockRequest request =
                new StockRequest.Supply(new OrderId(new CheckoutId("cart1"), 1), "sku", 1, 0, supplied.keys());
        assertThat(supplied + " " + request + " " + sold("k1-secret")).doesNotContain("k1-secret");
    }
}
