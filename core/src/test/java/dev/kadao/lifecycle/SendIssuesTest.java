package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Started;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sends that go out long after their intent. */
class SendIssuesTest {
    private static final Instant PAID_AT = Placings.START.plusSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    @Test
    void not_found_is_not_believed_before_a_send_that_waited_for_a_slot_had_time_to_settle() {
        Placings placing = Placings.queryableFinal();
        Checkout sent = started(placing, paid(placing), 1, PAID_AT);
        // It waited nine seconds for a slot and was given up after three more: settle is five.
        Checkout unknown = said(sent, PAID_AT.plusSeconds(12), 1, new Answer.Unknown("time-out"));

        Checkout early = said(unknown, PAID_AT.plusSeconds(13), 0, new Answer.NotFound());
        assertThat(early.order(1).stage()).isEqualTo(Stage.UNCERTAIN);
        Checkout settled = said(early, PAID_AT.plusSeconds(15), 0, new Answer.NotFound());
        assertThat(settled.order(1).lastDispatch().state()).isEqualTo(Dispatch.State.STOPPED);
    }

    @Test
    void a_resend_that_could_go_out_after_the_reference_expired_is_not_begun() {
        Guarantee minute = new Guarantee.Idempotent(Duration.ofMinutes(1), null);
        Placings usual = Placings.idempotent();
        Placings placing = new Placings(
                "minute",
                usual.focus(),
                List.of(Route.topUp("a")),
                Map.of("a", Placings.supplier(minute)),
                usual.terms(),
                usual.gateway(),
                true,
                1);
        Checkout sent = started(placing, paid(placing), 1, PAID_AT);
        Order unknown = said(sent, PAID_AT.plusSeconds(3), 1, new Answer.Unknown("time-out"))
                .order(1);
        Instant forgotten = PAID_AT.plus(Duration.ofMinutes(1));
        Instant lastIntent = forgotten.minus(WINDOW);
        assertThat(Suppliers.isResendable(unknown, unknown.lastDispatch(), lastIntent))
                .isFalse();
        assertThat(Suppliers.isResendable(unknown, unknown.lastDispatch(), PAID_AT.plusSeconds(30)))
                .isTrue();
    }

    @Test
    void a_clock_that_lags_behind_the_recorded_payment_does_not_refuse_the_first_send() {
        Placings placing = Placings.queryableFinal();
        Checkout sent = started(placing, paid(placing), 1, PAID_AT.minusMillis(40));
        assertThat(sent.order(1).stage()).isEqualTo(Stage.DISPATCHING);
    }

    @Test
    void a_clock_that_was_set_back_lets_no_other_supplier_be_tried_while_the_first_may_still_be_sent_to() {
        Placings usual = Placings.queryableFinal();
        Placings placing = new Placings(
                "two",
                usual.focus(),
                List.of(Route.topUp("a", "b")),
                usual.suppliers(),
                usual.terms(),
                usual.gateway(),
                true,
                1);
        Checkout sent = started(placing, paid(placing), 1, PAID_AT);
        // The store's clock ran an hour ahead for a moment, then was set right; the send's own caller has not reported.
        Checkout ahead = said(sent, PAID_AT.plusSeconds(3_600), 0, new Answer.Accepted("s-1", null));
        Checkout declined = said(ahead, PAID_AT.plusSeconds(1), 0, new Answer.Declined(Scope.ORDER, "no"));

        assertThat(declined.order(1).stage()).isEqualTo(Stage.PAID);
        assertThat(Lifecycle.pending(declined, PAID_AT.plusSeconds(2)))
                .noneMatch(Effect.DispatchGoods.class::isInstance);
    }

    private static Checkout paid(Placings placing) {
        return after(
                placing.placed(), new Event.MoneySaid(PAID_AT, 1, new PaymentWord.Paid("t1", Placings.PRICE), true));
    }

    private static Checkout started(Placings placing, Checkout checkout, int send, Instant at) {
        Effect.DispatchGoods effect =
                (Effect.DispatchGoods) Lifecycle.pending(checkout, at).get(0);
        Started started = new Started(send, "w1", at, at.plus(WINDOW), at.plusSeconds(18));
        return after(
                checkout,
                new Event.DispatchIntended(at, effect, placing.suppliers().get("a"), started));
    }

    private static Checkout said(Checkout checkout, Instant at, int send, Answer answer) {
        return after(checkout, new Event.SupplierSaid(at, 1, 1, send, answer, null));
    }

    private static Checkout after(Checkout checkout, Event event) {
        return ((Verdict.Moved) Lifecycle.decide(checkout, event)).after();
    }
}
