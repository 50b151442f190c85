package dev.kadao.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a payment is called, by the money that came and the state at the gateway. */
class PaymentStatusTest {
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    @Test
    void a_payment_without_money_is_open_until_the_gateway_says_closed() {
        assertThat(status(Payment.State.REQUESTED)).isEqualTo("open");
        assertThat(status(Payment.State.CLOSING)).isEqualTo("open");
        assertThat(status(Payment.State.GIVEN_UP)).isEqualTo("open");
        assertThat(status(Payment.State.CLOSED)).isEqualTo("closed");
    }

    @Test
    void the_receipt_that_settles_speaks_before_surplus_of_the_same_payment() {
        assertThat(status(Payment.State.PAID, Receipt.Verdict.SURPLUS, Receipt.Verdict.MATCHED))
                .isEqualTo("settled");
        assertThat(status(Payment.State.PAID, Receipt.Verdict.LATE, Receipt.Verdict.SURPLUS))
                .isEqualTo("late");
        assertThat(status(Payment.State.PAID, Receipt.Verdict.WAIVED)).isEqualTo("settled");
    }

    @Test
    void money_that_waits_for_a_decision_speaks_before_surplus() {
        assertThat(status(Payment.State.PAID, Receipt.Verdict.SHORT, Receipt.Verdict.SURPLUS))
                .isEqualTo("short");
        assertThat(status(Payment.State.PAID, Receipt.Verdict.SURPLUS, Receipt.Verdict.OVER))
                .isEqualTo("over");
        assertThat(status(Payment.State.PAID, Receipt.Verdict.SHORT, Receipt.Verdict.OTHER_CURRENCY))
                .isEqualTo("other-currency");
        assertThat(status(Payment.State.CLOSED, Receipt.Verdict.SURPLUS)).isEqualTo("surplus");
    }

    private static String status(Payment.State state, Receipt.Verdict... verdicts) {
        PaymentId id = new PaymentId(new CheckoutId("cart42"), 1);
        GatewayTerms terms = new GatewayTerms(true, true, true, true);
        Payment payment = new Payment(id, "alipay", terms, PRICE, state, AT, AT, null, List.of());
        for (Receipt.Verdict verdict : verdicts) {
            String trade = "t" + payment.receipts().size();
            payment = payment.with(new Receipt(trade, PRICE, AT, verdict, Money.zero(Currency.CNY)));
        }
        return PaymentStatus.of(payment).word();
    }
}
