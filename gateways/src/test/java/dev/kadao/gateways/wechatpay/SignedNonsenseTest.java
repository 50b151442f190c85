package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What lies behind a good signature may be nonsense all the same: a fault there must not throw, or count as money. */
class SignedNonsenseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private static final List<String> PIECES = List.of(
            "1e2",
            "-1",
            "0",
            "4900.0",
            "\"4900\"",
            "１００",
            "null",
            "true",
            "[]",
            "{}",
            "{",
            "}",
            "\"",
            ",",
            "\\ud800",
            "\\u0000",
            "9".repeat(2_000),
            "[".repeat(2_000),
            "支付",
            "SUCCESS",
            "REFUND",
            " ",
            "\n");
    private final WeChatPay gateway = TestKeys.settings().build();
    private final Random random = new Random(7);

    @Test
    void damaged_resources_and_notices_are_read_or_refused_and_nothing_is_thrown() {
        String trade = Draft.trade("cart42_p1", "SUCCESS", "{\"total\":4900,\"currency\":\"CNY\"}");
        String refund = Draft.refund("cart42_p1", "console-1", "SUCCESS", "{\"total\":4900,\"refund\":1000}");
        String notice = new String(Draft.paid("cart42_p1", NOW).body(), StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            check(Draft.transaction(damaged(trade), NOW));
            check(Draft.of("REFUND.SUCCESS", damaged(refund), NOW));
            check(Draft.raw(damaged(notice), NOW));
        }
    }

    private void check(Draft draft) {
        NoticeReading reading = gateway.read(draft.notice());
        assertThat(reading).isNotNull();
        if (reading instanceof NoticeReading.Genuine genuine) {
            assertThat(genuine.payment()).hasSizeBetween(1, 64);
            if (genuine.word() instanceof PaymentWord.Paid paid) {
                assertThat(paid.amount().isPositive()).isTrue();
                assertThat(paid.tradeNumber()).isNotBlank();
            }
        }
    }

    private String damaged(String text) {
        int at = random.nextInt(text.length());
        int until = Math.min(text.length(), at + random.nextInt(8));
        String piece = random.nextInt(3) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
        return text.substring(0, at) + piece + text.substring(until);
    }
}
