package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Personal;
import dev.kadao.order.Route;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Erasing what identifies the buyer, and what happens to a checkout afterwards. */
class ErasingTest {
    private static final CheckoutId KEYS = new CheckoutId("keys1");
    private static final CheckoutId TOP_UP = new CheckoutId("top1");

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    @AfterEach
    void folding_the_journal_still_gives_the_stored_documents() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private Snapshot read(CheckoutId id) {
        return rig.engine.reads().checkout(id).orElseThrow();
    }

    private StoredCheckout stored(CheckoutId id) {
        return rig.store.read(id).checkout().orElseThrow();
    }

    private void complete() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");
        rig.engine.confirm(OrderId.parse("keys1.1"));
        rig.clockwork.settle();
        assertThat(rig.stage("keys1")).isEqualTo(Stage.COMPLETED);
    }

    private static String refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).sentence();
    }

    @Test
    void erasing_leaves_no_text_and_every_fact() {
        complete();
        StoredCheckout before = stored(KEYS);
        assertThat(before.personal().asUtf8()).contains("13800000000");

        assertThat(rig.engine.erase(KEYS)).isInstanceOf(Outcome.Done.class);

        StoredCheckout after = stored(KEYS);
        assertThat(after.personal().asUtf8()).doesNotContain("13800000000");
        assertThat(read(KEYS).personal()).isEqualTo(Personal.ERASED);
        assertThat(read(KEYS).recipient(rig.order("keys1"))).isEmpty();
        assertThat(after.document()).isEqualTo(before.document());
        assertThat(after.seq()).isEqualTo(before.seq());
        assertThat(after.version()).isEqualTo(before.version() + 1);
    }

    @Test
    void erasing_again_writes_nothing_and_answers_the_same() {
        complete();
        rig.engine.erase(KEYS);
        long version = stored(KEYS).version();

        assertThat(rig.engine.erase(KEYS))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.repeated()).isTrue());
        assertThat(stored(KEYS).version()).isEqualTo(version);
    }

    @Test
    void a_checkout_whose_goods_are_still_to_come_keeps_its_texts_and_says_which_order_needs_them() {
        rig.place("keys1", Route.keys());
        assertThat(refusal(rig.engine.erase(KEYS))).contains("keys1.1 is AWAITING_PAYMENT");

        rig.pay("keys1_p1", "t1");
        assertThat(rig.stage("keys1")).isEqualTo(Stage.PAID);
        assertThat(refusal(rig.engine.erase(KEYS))).contains("keys1.1 is PAID");
        assertThat(stored(KEYS).personal().asUtf8()).contains("13800000000");
    }

    @Test
    void an_order_that_may_still_be_disputed_keeps_its_texts() {
        rig.stock("sku", 1);
        rig.place("keys1", Route.keys());
        rig.pay("keys1_p1", "t1");

        assertThat(refusal(rig.engine.erase(KEYS)))
                .contains("keys1.1 is DELIVERED")
                .contains("Erase once it is CLOSED, COMPLETED or REFUNDED");
    }

    @Test
    void an_unknown_checkout_is_not_found() {
        assertThat(rig.engine.erase(new CheckoutId("nobody"))).isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void a_checkout_that_was_erased_is_still_the_same_when_it_is_placed_again() {
        complete();
        rig.engine.erase(KEYS);
        Placement.Line line = new Placement.Line("sku", 1, "13800000000", Rig.PRICE, Route.keys());

        assertThat(rig.engine.place(new Placement(KEYS, "sandbox", java.util.List.of(line), null, null)))
                .isInstanceOf(Placement.Result.Same.class);
    }

    @Test
    void a_reason_given_after_erasing_is_not_kept() {
        complete();
        rig.engine.erase(KEYS);

        rig.engine.dispute(OrderId.parse("keys1.1"), "the key of Li Lei does not work");

        assertThat(stored(KEYS).personal().asUtf8()).doesNotContain("Li Lei");
    }

    @Test
    void money_that_comes_after_erasing_sends_nothing_and_calls_a_person() {
        rig.placeTopUp("top1");
        rig.clockwork.advance(Duration.ofHours(1));
        assertThat(rig.stage("top1")).isEqualTo(Stage.CLOSED);
        assertThat(rig.checkout("top1").payment(1).isWatched()).isFalse();
        assertThat(rig.engine.erase(TOP_UP)).isInstanceOf(Outcome.Done.class);

        rig.pay(new PaymentId(TOP_UP, 1).toString(), "t1");
        rig.clockwork.advance(Duration.ofMinutes(1));

        assertThat(supplier.sent).isEmpty();
        assertThat(rig.stage("top1")).isEqualTo(Stage.PARKED);
        assertThat(rig.checkout("top1").cases()).anyMatch(open -> open.isOpen());
    }
}
