package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every payment gateway adapter must do. Extend it with an adapter that speaks to a stand-in of the gateway on this
 * machine, and run it with JUnit 5.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
public abstract class PaymentGatewayContract {
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart42"), 1);
    private static final RefundId REFUND = new RefundId(new CheckoutId("cart42"), 1);
    /** One for all of a test: Kadao, too, tells a payment's deadline once and for all, and gateways refuse another. */
    private final Instant deadline = Instant.now().plusSeconds(900);

    private @Nullable PaymentGateway opened;

    /** For subclasses; JUnit makes one instance for each test. */
    protected PaymentGatewayContract() {}

    /** A fresh adapter in front of a stand-in that knows of no payment; asked once for each test. */
    protected abstract PaymentGateway openGateway();

    /** A buyer pays an opened payment at the stand-in; the genuine notice that the stand-in sends about it. */
    protected abstract InboundNotice pay(PaymentId payment, Money amount);

    /** How many requests have reached the stand-in, of whatever kind. */
    protected abstract int requestsArrived();

    /** What the stand-in has given back of a payment in all, in minor units. */
    protected abstract long refunded(PaymentId payment);

    /** An amount that the gateway can take. */
    protected Money amount() {
        return new Money(4_900, Currency.CNY);
    }

    /** Opens what is on trial; called by JUnit. */
    @BeforeEach
    public final void openOnce() {
        opened = openGateway();
    }

    private PaymentGateway gateway() {
        if (opened == null) {
            throw new IllegalStateException("the gateway is opened before each test by openOnce()");
        }
        return opened;
    }

    private static Deadline ahead() {
        return Deadline.in(Duration.ofMinutes(5));
    }

    private static Deadline expired() {
        return Deadline.in(Duration.ofSeconds(-1));
    }

    private OpenAnswer open(Deadline sendBefore) {
        return gateway().open(new OpenRequest(PAYMENT, amount(), deadline), sendBefore);
    }

    private PaymentWord.Paid paid(InboundNotice notice) {
        NoticeReading reading = gateway().read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        PaymentWord word = ((NoticeReading.Genuine) reading).word();
        assertThat(word).isInstanceOf(PaymentWord.Paid.class);
        return (PaymentWord.Paid) word;
    }

    private RefundAnswer refund(String trade, Deadline deadline) {
        return gateway().refund(new RefundRequest(REFUND, PAYMENT, trade, amount()), deadline);
    }

    private void assertForged(InboundNotice notice) {
        NoticeReading reading = gateway().read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReply reply = ((NoticeReading.Forged) reading).reply();
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body().asUtf8()).doesNotContain(((NoticeReading.Forged) reading).reason());
    }

    @Test
    public void a_payment_opened_twice_is_the_same_payment() {
        OpenAnswer first = open(ahead());
        assertThat(first).isInstanceOf(OpenAnswer.Opened.class);
        assertThat(open(ahead())).isEqualTo(first);
    }

    @Test
    public void after_the_deadline_nothing_is_sent_to_open() {
        assumeTrue(!gateway().traits().opensLocally(), "this gateway opens without a call");
        assertThat(open(expired())).isInstanceOf(OpenAnswer.Unknown.class);
        assertThat(requestsArrived()).isZero();
    }

    @Test
    public void a_genuine_notice_names_payment_trade_and_exact_amount() {
        open(ahead());
        InboundNotice notice = pay(PAYMENT, amount());
        PaymentWord.Paid paid = paid(notice);
        assertThat(paid.amount()).isEqualTo(amount());
        assertThat(paid.tradeNumber()).isNotBlank();
        NoticeReading.Genuine genuine = (NoticeReading.Genuine) gateway().read(notice);
        assertThat(genuine.payment()).isEqualTo(PAYMENT.toString());
        assertThat(genuine.whenStored()).isNotEqualTo(genuine.whenNot());
    }

    @Test
    public void reading_calls_nobody_and_says_the_same_each_time() {
        open(ahead());
        InboundNotice notice = pay(PAYMENT, amount());
        int before = requestsArrived();
        assertThat(gateway().read(notice)).isEqualTo(gateway().read(notice));
        assertThat(requestsArrived()).isEqualTo(before);
    }

    @Test
    public void a_notice_that_was_changed_on_its_way_is_forged() {
        open(ahead());
        InboundNotice notice = pay(PAYMENT, amount());
        byte[] body = notice.body().toArray();
        for (int at : List.of(0, body.length / 2, body.length - 1)) {
            byte[] changed = body.clone();
            changed[at] ^= 1;
            assertForged(new InboundNotice(
                    notice.method(), notice.query(), notice.headers(), Bytes.of(changed), notice.receivedAt()));
        }
    }

    @Test
    public void what_is_unsigned_empty_or_noise_is_forged_and_never_an_exception() {
        byte[] noise = new byte[2_000];
        new Random(7).nextBytes(noise);
        for (Bytes body : List.of(Bytes.EMPTY, Bytes.utf8("{"), Bytes.utf8("a=b&a=c"), Bytes.of(noise))) {
            assertForged(new InboundNotice("POST", "", Map.of(), body, Instant.now()));
        }
    }

    @Test
    public void a_payment_that_the_gateway_does_not_have_is_not_found_or_unknown_and_never_closed() {
        assertThat(gateway().query(PAYMENT))
                .isInstanceOfAny(PaymentWord.NotFound.class, PaymentWord.Unknown.class, PaymentWord.Pending.class);
    }

    @Test
    public void a_query_says_of_a_paid_payment_what_its_notice_says() {
        open(ahead());
        PaymentWord.Paid paid = paid(pay(PAYMENT, amount()));
        assertThat(gateway().query(PAYMENT)).isEqualTo(paid);
        assertThat(gateway().query(PAYMENT)).isEqualTo(paid);
    }

    @Test
    public void a_payment_is_closed_once_and_for_all() {
        assumeTrue(gateway().traits().terms().canClose(), "this gateway cannot close");
        open(ahead());
        assertThat(gateway().close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
        assertThat(gateway().close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
        assertThat(gateway().query(PAYMENT)).isEqualTo(new PaymentWord.Closed());
    }

    @Test
    public void a_paid_payment_is_not_closed() {
        assumeTrue(gateway().traits().terms().canClose(), "this gateway cannot close");
        open(ahead());
        PaymentWord.Paid paid = paid(pay(PAYMENT, amount()));
        assertThat(gateway().close(PAYMENT)).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(gateway().query(PAYMENT)).isEqualTo(paid);
    }

    @Test
    public void a_repeated_refund_reference_moves_money_once() {
        assumeTrue(gateway().traits().terms().canRefund(), "this gateway cannot refund");
        assumeTrue(gateway().traits().terms().refundsRepeatably(), "this gateway repeats refunds");
        open(ahead());
        String trade = paid(pay(PAYMENT, amount())).tradeNumber();
        for (int i = 0; i < 3; i++) {
            assertThat(refund(trade, ahead())).isInstanceOfAny(RefundAnswer.Refunded.class, RefundAnswer.Pending.class);
        }
        assertThat(refunded(PAYMENT)).isEqualTo(amount().minorUnits());
        assertThat(gateway().queryRefund(REFUND, PAYMENT))
                .isInstanceOfAny(RefundAnswer.Refunded.class, RefundAnswer.Pending.class);
    }

    @Test
    public void after_the_deadline_nothing_is_sent_to_refund() {
        assumeTrue(gateway().traits().terms().canRefund(), "this gateway cannot refund");
        open(ahead());
        String trade = paid(pay(PAYMENT, amount())).tradeNumber();
        int before = requestsArrived();
        assertThat(refund(trade, expired())).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(requestsArrived()).isEqualTo(before);
        assertThat(refunded(PAYMENT)).isZero();
    }

    @Test
    public void a_refund_that_the_gateway_does_not_have_is_not_found_or_unknown() {
        assumeTrue(gateway().traits().terms().canRefund(), "this gateway cannot refund");
        assertThat(gateway().queryRefund(REFUND, PAYMENT))
                .isInstanceOfAny(RefundAnswer.NotFound.class, RefundAnswer.Unknown.class);
    }
}
