package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.examples.cardshop.config.Amount;
import dev.kadao.examples.cardshop.http.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxNoticeTest {
    private static final String PAID = """
            {"noticeId":"n1","payment":"cart42_p1","tradeNumber":"t1","status":"paid","amount":"49.00","currency":"CNY",
            "at":"2026-11-01T08:30:00Z","unknown":true}""";

    @Test
    void a_notice_is_read_as_it_is_documented() {
        assertThat(read(PAID))
                .isEqualTo(new SandboxNotice(
                        "n1",
                        "cart42_p1",
                        Optional.of("t1"),
                        SandboxNotice.Status.PAID,
                        Optional.of(new Amount(4900, "CNY", 2)),
                        Optional.of(Instant.parse("2026-11-01T08:30:00Z"))));
    }

    @Test
    void another_currency_is_no_malformed_notice() {
        SandboxNotice notice = read(PAID.replace("49.00", "49").replace("CNY", "JPY"));
        assertThat(notice.amount()).contains(new Amount(49, "JPY", 0));
    }

    @Test
    void pending_and_closed_need_no_amount() {
        assertThat(read("{\"noticeId\":\"n\",\"payment\":\"p\",\"status\":\"pending\"}")
                        .status())
                .isEqualTo(SandboxNotice.Status.PENDING);
        assertThat(read("{\"noticeId\":\"n\",\"payment\":\"p\",\"status\":\"closed\"}")
                        .amount())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1e2\"",
                "\" 100 \"",
                "\"100.001\"",
                "\"100\"",
                "100.00",
                "100",
                "[\"100.00\"]",
                "\"\"",
                "\"-1.00\"",
                "null",
                "{}",
                "true"
            })
    void an_amount_that_is_no_plain_decimal_text_is_malformed(String amount) {
        assertThatThrownBy(() -> read(PAID.replace("\"49.00\"", amount)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.detail()).contains("'amount'");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"noticeId", "payment", "tradeNumber", "status", "amount", "currency"})
    void a_paid_notice_without_one_of_its_members_is_malformed(String member) {
        assertThatThrownBy(() -> read(PAID.replace("\"" + member + "\"", "\"x\"")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'" + member + "' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-01", "1793521800", "2026-13-01T00:00:00Z"})
    void a_time_that_cannot_be_read_is_malformed(String at) {
        assertThatThrownBy(() -> read(PAID.replace("2026-11-01T08:30:00Z", at)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'at' is '" + at + "'");
    }

    @Test
    void an_unknown_status_is_malformed() {
        assertThatThrownBy(() -> read(PAID.replace("\"paid\"", "\"PAID\"")))
                .hasMessageContaining("'status' is 'PAID'; it must be one of paid, pending, closed, refunded.");
    }

    private static SandboxNotice read(String json) {
        return SandboxNotice.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
