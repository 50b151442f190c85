package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import dev.kadao.port.PaymentGateway.Traits;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FakeGatewayTest extends PaymentGatewayContract {
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart7"), 1);
    private static final RefundId REFUND = new RefundId(new CheckoutId("cart7"), 1);
    private final FakeGateway gateway =
            new FakeGateway(ManualClock.atFixedTime(), new Traits(new GatewayTerms(true, true, true, true), false));

    @Override
    protected PaymentGateway openGateway() {
        return gateway;
    }

    @Override
    protected InboundNotice pay(PaymentId payment, Money amount) {
        return gateway.pay(payment, amount);
    }

    @Override
    protected int requestsArrived() {
        return Arrays.stream(FakeGateway.Call.values())
                .mapToInt(gateway::arrived)
                .sum();
    }

    @Override
    protected long refunded(PaymentId payment) {
        return gateway.refunded(payment);
    }

    private OpenAnswer open() {
        return gateway.open(
                new OpenRequest(PAYMENT, amount(), ManualClock.atFixedTime().instant()), ahead());
    }

    private RefundAnswer refund(String trade) {
        return gateway.refund(new RefundRequest(REFUND, PAYMENT, trade, amount()), ahead());
    }

    private static Deadline ahead() {
        return Deadline.in(Duration.ofMinutes(5));
    }

    private String paidTrade() {
        NoticeReading.Genuine genuine = (NoticeReading.Genuine) gateway.read(gateway.pay(PAYMENT, amount()));
        return ((PaymentWord.Paid) genuine.word()).tradeNumber();
    }

    @Test
    void a_lost_request_does_nothing_and_a_lost_answer_does_it_all() {
        String trade = paidTrade();
        gateway.fail(FakeGateway.Call.REFUND, Fault.LOSE_REQUEST, Fault.LOSE_ANSWER);
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(gateway.refunded(PAYMENT)).isZero();
        assertThat(refund(trade)).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(gateway.refunded(PAYMENT)).isEqualTo(amount().minorUnits());
        assertThat(gateway.queryRefund(REFUND, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void a_throwing_call_throws_before_or_after_it_is_carried_out() {
        gateway.fail(FakeGateway.Call.OPEN, Fault.THROW_BEFORE, Fault.THROW_AFTER);
        assertThatThrownBy(this::open).hasMessageContaining("on purpose");
        assertThat(gateway.arrived(FakeGateway.Call.OPEN)).isZero();
        assertThatThrownBy(this::open).hasMessageContaining("on purpose");
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void without_the_promise_a_repeated_refund_is_carried_out_again_as_long_as_money_is_left() {
        FakeGateway careless =
                new FakeGateway(ManualClock.atFixedTime(), new Traits(new GatewayTerms(true, true, false, true), true));
        careless.pay(PAYMENT, amount().plus(amount()));
        RefundRequest request = new RefundRequest(REFUND, PAYMENT, "fake-trade-1", amount());
        assertThat(careless.refund(request, ahead())).isEqualTo(new RefundAnswer.Refunded());
        assertThat(careless.refund(request, ahead())).isEqualTo(new RefundAnswer.Refunded());
        assertThat(careless.refunded(PAYMENT)).isEqualTo(2 * amount().minorUnits());
        assertThat(careless.refund(request, ahead())).isInstanceOf(RefundAnswer.Declined.class);
    }

    @Test
    void refunds_are_declined_or_pending_where_a_test_says_so() {
        String trade = paidTrade();
        gateway.declineNextRefund("account frozen");
        assertThat(refund(trade)).isEqualTo(new RefundAnswer.Declined("account frozen"));
        assertThat(gateway.refunded(PAYMENT)).isZero();
        gateway.keepRefundsPending();
        RefundId second = new RefundId(PAYMENT.checkout(), 2);
        assertThat(gateway.refund(new RefundRequest(second, PAYMENT, trade, amount()), ahead()))
                .isEqualTo(new RefundAnswer.Pending());
        gateway.settleRefund(second);
        assertThat(gateway.queryRefund(second, PAYMENT)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void money_moved_back_at_the_console_is_told_by_notice_and_query() {
        String trade = paidTrade();
        NoticeReading.Genuine genuine = (NoticeReading.Genuine) gateway.read(gateway.moveBack(PAYMENT, amount()));
        assertThat(genuine.word()).isEqualTo(new PaymentWord.MovedBack(trade, amount()));
        assertThat(gateway.query(PAYMENT)).isEqualTo(genuine.word());
    }

    @Test
    void a_notice_signed_with_another_key_is_forged() {
        assertThat(gateway.read(FakeGateway.forged(gateway.pay(PAYMENT, amount()))))
                .isInstanceOf(NoticeReading.Forged.class);
    }

    @Test
    void a_refused_open_stays_unopened() {
        gateway.refuseNextOpen("limit reached");
        assertThat(open()).isEqualTo(new OpenAnswer.Refused("limit reached"));
        assertThat(gateway.query(PAYMENT)).isEqualTo(new PaymentWord.NotFound());
        assertThat(open()).isInstanceOf(OpenAnswer.Opened.class);
    }
}
