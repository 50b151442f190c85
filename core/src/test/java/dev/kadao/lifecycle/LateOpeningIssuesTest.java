package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Checkout;
import dev.kadao.order.PayWith;
import dev.kadao.order.Payment;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A call that opens a payment and returns long after its limit. */
class LateOpeningIssuesTest {
    private static final Instant LATER = Placings.START.plusSeconds(2_000);

    @Test
    void a_payment_that_the_gateway_opens_after_it_was_closed_is_closed_again() {
        Checkout closed =
                after(Placings.money().placed(), new Event.MoneySaid(LATER, 1, new PaymentWord.Closed(), false));
        assertThat(closed.payment(1).state()).isEqualTo(Payment.State.CLOSED);

        OpenAnswer opened = new OpenAnswer.Opened(PayWith.qrCode("weixin://late"));
        Checkout payable = after(closed, new Event.OpenAnswered(LATER.plusSeconds(60), 1, opened));
        assertThat(payable.payment(1).isWatched()).isTrue();
        assertThat(Lifecycle.pending(payable, LATER.plusSeconds(60))).contains(new Effect.ClosePayment(1));
    }

    private static Checkout after(Checkout checkout, Event event) {
        return ((Verdict.Moved) Lifecycle.decide(checkout, event)).after();
    }
}
