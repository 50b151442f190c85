package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notices of refunds: what moved money without us, and what is of no concern. */
class WeChatPayRefundNoticeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private final WeChatPay gateway = TestKeys.settings().build();

    private NoticeReading.Genuine genuine(InboundNotice notice) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        return (NoticeReading.Genuine) reading;
    }

    private void assertRefused(String reason, Draft draft) {
        assertThat(gateway.read(draft.notice())).isInstanceOfSatisfying(NoticeReading.Forged.class, forged -> {
            assertThat(forged.reason()).contains(reason);
            assertThat(forged.reply().status()).isEqualTo(400);
        });
    }

    @Test
    void a_refund_made_in_the_console_is_money_moved_back() {
        String refund = Draft.refund("cart42_p1", "console-20261123", "SUCCESS", "{\"total\":4900,\"refund\":1000}");
        NoticeReading.Genuine reading =
                genuine(Draft.of("REFUND.SUCCESS", refund, NOW).notice());

        assertThat(reading.payment()).isEqualTo("cart42_p1");
        assertThat(reading.word())
                .isEqualTo(new PaymentWord.MovedBack(
                        "4200001234202611230001", new Money(1_000, Currency.CNY), new Money(4_900, Currency.CNY)));
    }

    @Test
    void our_own_refunds_and_refunds_that_moved_nothing_are_acknowledged_without_a_word() {
        String amount = "{\"total\":4900,\"refund\":1000}";
        for (Draft draft : List.of(
                Draft.of("REFUND.SUCCESS", Draft.refund("cart42_p1", "cart42_r1", "SUCCESS", amount), NOW),
                Draft.of("REFUND.ABNORMAL", Draft.refund("cart42_p1", "console-1", "ABNORMAL", amount), NOW),
                Draft.of("REFUND.CLOSED", Draft.refund("cart42_p1", "console-1", "CLOSED", amount), NOW))) {
            assertThat(gateway.read(draft.notice()))
                    .isInstanceOfSatisfying(
                            NoticeReading.Irrelevant.class,
                            irrelevant ->
                                    assertThat(irrelevant.reply().status()).isEqualTo(200));
        }
    }

    @Test
    void a_refund_that_only_looks_like_ours_is_money_moved_back() {
        String amount = "{\"total\":4900,\"refund\":1000}";

        assertThat(genuine(Draft.of("REFUND.SUCCESS", Draft.refund("cart42_p1", "cart43_r1", "SUCCESS", amount), NOW)
                                .notice())
                        .word())
                .isInstanceOf(PaymentWord.MovedBack.class);
    }

    @Test
    void a_refund_notice_of_another_merchant_or_without_an_amount_is_refused() {
        String good = Draft.refund("cart42_p1", "console-1", "SUCCESS", "{\"total\":4900,\"refund\":1000}");

        assertRefused(
                "another merchant's", Draft.of("REFUND.SUCCESS", good.replace(TestKeys.MCH_ID, "1900000110"), NOW));
        assertRefused(
                "'amount.refund' is missing", Draft.of("REFUND.SUCCESS", good.replace("refund\":1", "x\":1"), NOW));
        assertRefused("no whole number", Draft.of("REFUND.SUCCESS", good.replace(":1000", ":\"1000\""), NOW));
    }
}
