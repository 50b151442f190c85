package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One notice of the sandbox gateway. */
record SandboxNotice(
        String noticeId,
        String payment,
        String tradeNumber,
        String status,
        String amount,
        String currency,
        Instant at) {

    static SandboxNotice of(String payment, String tradeNumber, String status, String amount, String currency) {
        return new SandboxNotice(
                "n-" + tradeNumber + "-" + status,
                payment,
                tradeNumber,
                status,
                amount,
                currency,
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    SandboxNotice withStatus(String wanted) {
        return new SandboxNotice(noticeId, payment, tradeNumber, wanted, amount, currency, at);
    }

    ObjectNode json() {
        return Json.object()
                .put("noticeId", noticeId)
                .put("payment", payment)
                .put("tradeNumber", tradeNumber)
                .put("status", status)
                .put("amount", amount)
                .put("currency", currency)
                .put("at", at.toString());
    }
}
