package dev.kadao.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.FormEncoder;
import com.stripe.net.Webhook;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.kadao.gateways.shared.FormStandIn.Asked;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours against Stripe's own library: what one signs the other believes, what one refuses the other refuses. */
class StripeOracleTest {
    private static final String SECRET = StripeSamples.SIGNING.expose();
    private static final Instant NOW = StripeSamples.NOW;
    private static final String PAID = StripeSamples.completed("cart42_p1", 4_900, "cny");
    private final PaymentGateway gateway = StripeSamples.gateway();

    private boolean weBelieve(String body, String header) {
        return gateway.read(StripeSamples.notice(body, header, NOW)) instanceof NoticeReading.Genuine;
    }

    private static boolean stripeBelieves(String body, String header) {
        try {
            Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
            return Webhook.Signature.verifyHeader(body, header, SECRET, 300, clock);
        } catch (SignatureVerificationException | RuntimeException e) {
            // A runtime exception is how it refuses a header without '=', or, in some versions, a time that is no
            // number.
            return false;
        }
    }

    @Property
    void what_the_library_signs_we_believe(
            @ForAll @AlphaChars @StringLength(min = 3, max = 26) String checkout,
            @ForAll @LongRange(min = 1, max = 99_999_999) long amount)
            throws Exception {
        String body = StripeSamples.completed(checkout + "_p1", amount, "cny");
        String header = Webhook.Signature.generateSignatureHeader(body, SECRET, NOW.getEpochSecond());
        NoticeReading reading = gateway.read(StripeSamples.notice(body, header, NOW));
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        assertThat(((NoticeReading.Genuine) reading).word())
                .isEqualTo(new PaymentWord.Paid("pi_" + checkout + "_p1", new Money(amount, Currency.CNY)));
    }

    @Property
    void what_we_sign_the_library_believes(@ForAll String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String sent = new String(bytes, StandardCharsets.UTF_8);
        assertThat(stripeBelieves(sent, StripeSamples.header(sent, NOW))).isTrue();
    }

    static List<String> headersThatBothJudgeAlike() {
        String seconds = String.valueOf(NOW.getEpochSecond());
        String good = StripeSamples.v1(StripeSamples.SIGNING, seconds, PAID);
        String old = String.valueOf(NOW.getEpochSecond() - 301);
        return List.of(
                "t=" + seconds + ",v1=" + good,
                "v1=" + good + ",t=" + seconds,
                "t=" + seconds + ",v1=bad_signature,v1=" + good,
                "t=" + seconds + ",v1=" + good + ",v1=bad_signature",
                "t=" + seconds + ",v0=bad,v1=" + good,
                "t=" + seconds + ",v1=" + good + ",unknown",
                "t=" + (NOW.getEpochSecond() - 300) + ",v1="
                        + StripeSamples.v1(StripeSamples.SIGNING, String.valueOf(NOW.getEpochSecond() - 300), PAID),
                "t=" + seconds + ",v0=" + good,
                "t=" + seconds + ",v1=" + good.toUpperCase(java.util.Locale.ROOT),
                "t=" + seconds + ",v1= " + good,
                "t=" + seconds + ",v1=",
                "t=" + seconds,
                "t=0,v1=" + good,
                "t=0" + seconds + ",v1=" + StripeSamples.v1(StripeSamples.SIGNING, "0" + seconds, PAID),
                "t=not_a_number,v1=" + good,
                "t=,v1=" + good,
                "v1=" + good,
                "bad_header",
                "i'm not even a real signature header",
                "",
                "t=" + old + ",v1=" + StripeSamples.v1(StripeSamples.SIGNING, old, PAID));
    }

    @ParameterizedTest
    @MethodSource("headersThatBothJudgeAlike")
    void both_judge_these_headers_alike(String header) {
        assertThat(weBelieve(PAID, header)).isEqualTo(stripeBelieves(PAID, header));
    }

    /** Where ours is stricter on purpose: the library believes each of these. */
    @Test
    void ours_is_stricter_where_the_library_is_not() {
        long seconds = NOW.getEpochSecond();
        String good = StripeSamples.header(PAID, NOW);
        String later = String.valueOf(seconds + 301);
        // A time that is still to come: kept back, such a notice could be played at any later moment.
        String ahead = "t=" + later + ",v1=" + StripeSamples.v1(StripeSamples.SIGNING, later, PAID);
        // Two times: which was signed?
        String twice = good + ",t=1";
        // Numbers in other spellings, which the library signs in its own.
        String signed = good.replace("t=", "t=+");
        String wide = good.replace("t=" + seconds, "t=" + fullWidth(seconds));
        String crowded = good + ",v1=0".repeat(20);
        for (String header : List.of(ahead, twice, signed, wide, crowded)) {
            assertThat(stripeBelieves(PAID, header)).as(header).isTrue();
            assertThat(weBelieve(PAID, header)).as(header).isFalse();
        }
        // The library is handed one header by its caller; of two we believe none.
        InboundNotice doubled = new InboundNotice(
                "POST",
                "",
                Map.of(StripeSignature.HEADER, List.of(good, good)),
                StripeSamples.genuine(NOW).body(),
                NOW);
        assertThat(gateway.read(doubled)).isInstanceOf(NoticeReading.Forged.class);
        // It verifies the text that its caller made of the body; a doubled member passes its parser.
        String ambiguous = PAID.replace("\"amount_total\":4900", "\"amount_total\":1,\"amount_total\":4900");
        assertThat(stripeBelieves(ambiguous, StripeSamples.header(ambiguous, NOW)))
                .isTrue();
        assertThat(weBelieve(ambiguous, StripeSamples.header(ambiguous, NOW))).isFalse();
    }

    private static String fullWidth(long number) {
        StringBuilder wide = new StringBuilder();
        for (char digit : String.valueOf(number).toCharArray()) {
            wide.append((char) (digit - '0' + '０'));
        }
        return wide.toString();
    }

    /** The payload, secret and times of stripe-java's own WebhookTest. */
    @Test
    void the_librarys_own_vector_is_signed_alike() throws Exception {
        String payload = "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}";
        for (long seconds : List.of(1L, 11L, 12_345L, 1_795_410_000L)) {
            String theirs = Webhook.Signature.generateSignatureHeader(payload, "whsec_test_secret", seconds);
            String ours = StripeSignature.of(
                    dev.kadao.order.Secret.of("whsec_test_secret"),
                    String.valueOf(seconds),
                    payload.getBytes(StandardCharsets.UTF_8));
            assertThat("t=" + seconds + ",v1=" + ours).isEqualTo(theirs);
        }
    }

    @Test
    void what_we_ask_for_is_what_the_library_would_ask_for() throws Exception {
        Instant deadline = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 900);
        SessionCreateParams session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId("cart42_p1")
                .setSuccessUrl("https://shop.example/paid/cart42_p1")
                .setCancelUrl("https://shop.example/cart/cart42_p1")
                .setExpiresAt(deadline.plusSeconds(31 * 60).getEpochSecond())
                .putMetadata("payment", "cart42_p1")
                .setAdaptivePricing(SessionCreateParams.AdaptivePricing.builder()
                        .setEnabled(false)
                        .build())
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putMetadata("payment", "cart42_p1")
                        .build())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency("cny")
                                .setUnitAmount(4_900L)
                                .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName("卡密 / card")
                                        .build())
                                .build())
                        .build())
                .build();
        RefundCreateParams refund = RefundCreateParams.builder()
                .setPaymentIntent("pi_cs_test_0")
                .setAmount(4_900L)
                .putMetadata("refund", "cart42_r1")
                .putMetadata("payment", "cart42_p1")
                .build();
        PaymentId payment = PaymentId.parse("cart42_p1");
        Money amount = new Money(4_900, Currency.CNY);
        Deadline ahead = Deadline.in(Duration.ofMinutes(1));
        try (StripeStandIn stripe = new StripeStandIn()) {
            PaymentGateway asking = StripeSamples.builder(stripe.http.url()).build();
            asking.open(new OpenRequest(payment, amount, deadline), ahead);
            stripe.pay("cart42_p1");
            asking.refund(new RefundRequest(RefundId.parse("cart42_r1"), payment, "pi_cs_test_0", amount), ahead);
            List<Asked> posts = stripe.http.asked().stream()
                    .filter(asked -> asked.method().equals("POST"))
                    .toList();
            assertThat(posts.get(0).form()).isEqualTo(flat(session.toMap()));
            assertThat(posts.get(1).form()).isEqualTo(flat(refund.toMap()));
        }
    }

    private static SortedMap<String, String> flat(Map<String, Object> params) {
        SortedMap<String, String> flat = new TreeMap<>();
        FormEncoder.flattenParams(params).forEach(pair -> flat.put(pair.getKey(), String.valueOf(pair.getValue())));
        return flat;
    }
}
