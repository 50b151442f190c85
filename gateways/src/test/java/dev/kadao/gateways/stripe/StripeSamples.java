package dev.kadao.gateways.stripe;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An account at Stripe, and what Stripe would send it. All secrets are made up. */
final class StripeSamples {
    static final Secret SIGNING = Secret.of("whsec_made_up_for_tests_0123456789abcdef");
    static final Secret API_KEY = Secret.of("sk_test_made_up_for_tests");
    static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

    private StripeSamples() {}

    static PaymentGateway gateway() {
        return builder("http://127.0.0.1:9").build();
    }

    static StripeBuilder builder(String endpoint) {
        return Stripe.builder()
                .signingSecret(SIGNING)
                .apiKey(API_KEY)
                .endpoint(endpoint)
                .successUrl("https://shop.example/paid/{payment}")
                .cancelUrl("https://shop.example/cart/{payment}")
                .productName("卡密 / card");
    }

    /** A paid notice for payment cart42_p1. */
    static InboundNotice genuine(Instant now) {
        return signed(completed("cart42_p1", 4_900, "cny"), now);
    }

    static String completed(String payment, long amount, String currency) {
        return event("checkout.session.completed", session(payment, "complete", "paid", amount, currency));
    }

    static String event(String type, String object) {
        return "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\"2024-06-20\",\"created\":1795410000,"
                + "\"livemode\":false,\"type\":\"" + type + "\",\"data\":{\"object\":" + object + "}}";
    }

    static String session(String payment, String status, String paymentStatus, long amount, String currency) {
        String intent = paymentStatus.equals("paid") ? "\"pi_" + payment + "\"" : "null";
        return "{\"id\":\"cs_test_" + payment + "\",\"object\":\"checkout.session\",\"amount_total\":" + amount
                + ",\"client_reference_id\":\"" + payment + "\",\"currency\":\"" + currency
                + "\",\"livemode\":false,\"metadata\":{\"payment\":\"" + payment + "\"},\"mode\":\"payment\","
                + "\"payment_intent\":" + intent + ",\"payment_status\":\"" + paymentStatus + "\",\"status\":\""
                + status + "\",\"url\":"
                + (status.equals("open") ? "\"https://checkout.stripe.test/c/pay/" + payment + "#fid\"" : "null") + "}";
    }

    static InboundNotice signed(String body, Instant at) {
        return notice(body, header(body, at), at);
    }

    static String header(String body, Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        return "t=" + seconds + ",v1=" + v1(SIGNING, seconds, body);
    }

    static String v1(Secret secret, String seconds, String body) {
        return StripeSignature.of(secret, seconds, body.getBytes(StandardCharsets.UTF_8));
    }

    static InboundNotice notice(String body, String header, Instant receivedAt) {
        return new InboundNotice(
                "POST", "", Map.of(StripeSignature.HEADER, List.of(header)), Bytes.utf8(body), receivedAt);
    }
}
