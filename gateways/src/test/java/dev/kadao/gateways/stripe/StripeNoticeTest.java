package dev.kadao.gateways.stripe;

import static dev.kadao.gateways.stripe.StripeSamples.NOW;
import static dev.kadao.gateways.stripe.StripeSamples.SIGNING;
import static dev.kadao.gateways.stripe.StripeSamples.completed;
import static dev.kadao.gateways.stripe.StripeSamples.event;
import static dev.kadao.gateways.stripe.StripeSamples.header;
import static dev.kadao.gateways.stripe.StripeSamples.notice;
import static dev.kadao.gateways.stripe.StripeSamples.session;
import static dev.kadao.gateways.stripe.StripeSamples.signed;
import static dev.kadao.gateways.stripe.StripeSamples.v1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeNoticeTest {
    private static final String PAID = completed("cart42_p1", 4_900, "cny");
    private static final long SECONDS = NOW.getEpochSecond();
    private final PaymentGateway gateway = StripeSamples.gateway();

    private PaymentWord wordOf(String body) {
        NoticeReading reading = gateway.read(signed(body, NOW));
        assertThat(reading).isInstanceOf(NoticeReading.Genuine.class);
        return ((NoticeReading.Genuine) reading).word();
    }

    private void assertRefused(InboundNotice notice, int status, String reason) {
        NoticeReading reading = gateway.read(notice);
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        NoticeReading.Forged forged = (NoticeReading.Forged) reading;
        assertThat(forged.reason()).contains(reason);
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reply().body().asUtf8()).doesNotContain(reason);
    }

    private void assertUnreadable(String body, String reason) {
        assertRefused(signed(body, NOW), 400, reason);
    }

    private void assertIrrelevant(String body) {
        NoticeReading reading = gateway.read(signed(body, NOW));
        assertThat(reading).isInstanceOf(NoticeReading.Irrelevant.class);
        assertThat(((NoticeReading.Irrelevant) reading).reply().status()).isEqualTo(200);
    }

    @Test
    void a_completed_and_paid_session_is_paid_under_its_payment_intent() {
        NoticeReading.Genuine reading = (NoticeReading.Genuine) gateway.read(StripeSamples.genuine(NOW));
        assertThat(reading.payment()).isEqualTo("cart42_p1");
        assertThat(reading.word()).isEqualTo(new PaymentWord.Paid("pi_cart42_p1", new Money(4_900, Currency.CNY)));
        assertThat(reading.whenStored().status()).isEqualTo(200);
        assertThat(reading.whenNot().status()).isEqualTo(503);
    }

    @Test
    void a_slow_method_is_pending_until_its_money_came() {
        String unpaid = session("cart42_p1", "complete", "unpaid", 4_900, "cny");
        String paid = session("cart42_p1", "complete", "paid", 4_900, "cny");
        assertThat(wordOf(event("checkout.session.completed", unpaid))).isEqualTo(new PaymentWord.Pending());
        assertThat(wordOf(event("checkout.session.async_payment_succeeded", paid)))
                .isInstanceOf(PaymentWord.Paid.class);
        assertThat(wordOf(event("checkout.session.async_payment_failed", unpaid)))
                .isEqualTo(new PaymentWord.Closed());
    }

    @Test
    void an_expired_session_is_closed_but_never_one_that_was_paid() {
        String unpaid = session("cart42_p1", "expired", "unpaid", 4_900, "cny");
        String paid = session("cart42_p1", "expired", "paid", 4_900, "cny");
        assertThat(wordOf(event("checkout.session.expired", unpaid))).isEqualTo(new PaymentWord.Closed());
        assertThat(wordOf(event("checkout.session.expired", paid))).isInstanceOf(PaymentWord.Paid.class);
        assertThat(wordOf(event("checkout.session.async_payment_failed", paid))).isInstanceOf(PaymentWord.Paid.class);
    }

    @Test
    void a_payment_status_that_is_not_known_is_pending() {
        String odd = session("cart42_p1", "complete", "no_payment_required", 4_900, "cny");
        assertThat(wordOf(event("checkout.session.completed", odd))).isEqualTo(new PaymentWord.Pending());
    }

    @Test
    void a_refunded_charge_says_how_much_went_back_in_all() {
        String charge = "{\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":4900,\"amount_refunded\":1900,"
                + "\"currency\":\"cny\",\"payment_intent\":\"pi_1\",\"metadata\":{\"payment\":\"cart42_p1\"}}";
        assertThat(wordOf(event("charge.refunded", charge)))
                .isEqualTo(new PaymentWord.MovedBack("pi_1", new Money(1_900, Currency.CNY)));
        assertIrrelevant(event("charge.refunded", charge.replace("\"payment\":", "\"order\":")));
    }

    @Test
    void money_taken_by_a_dispute_is_told_under_the_payment_intent_so_that_a_person_sees_it() {
        String dispute = "{\"id\":\"du_1\",\"object\":\"dispute\",\"amount\":4900,\"currency\":\"cny\","
                + "\"charge\":\"ch_1\",\"payment_intent\":\"pi_1\",\"metadata\":{},\"status\":\"needs_response\"}";
        NoticeReading.Genuine reading =
                (NoticeReading.Genuine) gateway.read(signed(event("charge.dispute.funds_withdrawn", dispute), NOW));
        assertThat(reading.payment()).isEqualTo("pi_1");
        assertThat(reading.word()).isEqualTo(new PaymentWord.MovedBack("pi_1", new Money(4_900, Currency.CNY)));
        assertIrrelevant(event("charge.dispute.created", dispute));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment_intent.succeeded",
                "refund.updated",
                "refund.failed",
                "charge.succeeded",
                "v1.of.tomorrow"
            })
    void events_of_no_concern_are_acknowledged(String type) {
        assertIrrelevant(event(type, "{\"id\":\"x_1\"}"));
    }

    @Test
    void sessions_of_other_integrations_are_acknowledged_however_they_look() {
        assertIrrelevant(event("checkout.session.completed", "{\"mode\":\"subscription\",\"payment_intent\":{}}"));
    }

    @Test
    void several_signatures_may_stand_there_and_one_must_match() {
        String good = v1(SIGNING, String.valueOf(SECONDS), PAID);
        String other = v1(Secret.of("whsec_of_before"), String.valueOf(SECONDS), PAID);
        String header = "t=" + SECONDS + ",v1=" + other + ",v1=" + good + ",v0=" + other;
        assertThat(gateway.read(notice(PAID, header, NOW))).isInstanceOf(NoticeReading.Genuine.class);
        assertRefused(notice(PAID, header.replace(good, other), NOW), 401, "none of the signing secrets");
    }

    @Test
    void while_a_secret_is_rolled_both_are_believed() {
        Secret next = Secret.of("whsec_of_tomorrow");
        PaymentGateway rolling =
                StripeSamples.builder("http://127.0.0.1:9").signingSecret(next).build();
        String header = "t=" + SECONDS + ",v1=" + v1(next, String.valueOf(SECONDS), PAID);
        assertThat(rolling.read(notice(PAID, header, NOW))).isInstanceOf(NoticeReading.Genuine.class);
        assertThat(rolling.read(StripeSamples.genuine(NOW))).isInstanceOf(NoticeReading.Genuine.class);
        assertRefused(notice(PAID, header, NOW), 401, "none of the signing secrets");
    }

    @Test
    void a_signature_of_scheme_v0_is_worth_nothing() {
        String header = header(PAID, NOW).replace("v1=", "v0=");
        assertRefused(notice(PAID, header, NOW), 401, "not in the form");
    }

    @Test
    void the_time_may_be_off_by_300_seconds_in_both_directions() {
        for (int off : List.of(-300, 0, 300)) {
            assertThat(gateway.read(notice(PAID, header(PAID, NOW.plusSeconds(off)), NOW)))
                    .isInstanceOf(NoticeReading.Genuine.class);
        }
        for (int off : List.of(-301, 301, 86_400)) {
            assertRefused(notice(PAID, header(PAID, NOW.plusSeconds(off)), NOW), 401, "is off by");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=,v1=%s",
                "v1=%s",
                "t=now,v1=%s",
                "t=1e9,v1=%s",
                "t=-1795410000,v1=%s",
                "t=+1795410000,v1=%s",
                "t= 1795410000,v1=%s",
                "t=１７９５４１００００,v1=%s",
                "t=99999999999999999999999,v1=%s",
                "t=1795410000,t=1795410000,v1=%s",
                "t=1795410000;v1=%s",
                "t=1795410000",
                "t=1795410000,v1"
            })
    void a_header_in_another_form_is_refused_without_an_exception(String form) {
        String header = form.replace("%s", v1(SIGNING, "1795410000", PAID));
        assertRefused(notice(PAID, header, Instant.ofEpochSecond(1_795_410_000)), 401, "not in the form");
    }

    @Test
    void a_header_of_a_megabyte_is_refused() {
        assertRefused(notice(PAID, header(PAID, NOW) + ",v1=0".repeat(250_000), NOW), 401, "not in the form");
        assertRefused(notice(PAID, header(PAID, NOW) + ",v1=0".repeat(17), NOW), 401, "not in the form");
    }

    @Test
    void a_missing_and_a_doubled_header_are_refused() {
        Map<String, List<String>> twice = Map.of(StripeSignature.HEADER, List.of(header(PAID, NOW), header(PAID, NOW)));
        assertRefused(new InboundNotice("POST", "", Map.of(), Bytes.utf8(PAID), NOW), 401, "missing or given twice");
        assertRefused(new InboundNotice("POST", "", twice, Bytes.utf8(PAID), NOW), 401, "missing or given twice");
    }

    @Test
    void the_signature_of_one_notice_is_worth_nothing_on_another() {
        String dear = completed("dear_p1", 99_000, "cny");
        assertRefused(notice(dear, header(PAID, NOW), NOW), 401, "none of the signing secrets");
    }

    @Test
    void every_changed_byte_is_found() {
        byte[] body = PAID.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < body.length; at++) {
            byte[] changed = body.clone();
            changed[at] ^= 1;
            InboundNotice notice = new InboundNotice(
                    "POST", "", Map.of(StripeSignature.HEADER, List.of(header(PAID, NOW))), Bytes.of(changed), NOW);
            assertRefused(notice, 401, "none of the signing secrets");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2",
                "49.00",
                "100.001",
                "\"4900\"",
                "\" 100 \"",
                "[4900]",
                "-4900",
                "null",
                "9999999999999",
                "99999999999999999999999999"
            })
    void an_amount_that_is_no_plain_count_of_minor_units_is_refused(String amount) {
        assertUnreadable(PAID.replace("\"amount_total\":4900", "\"amount_total\":" + amount), "amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"CNY\"", "\"cn\"", "\"xyz\"", "\"ｃｎｙ\"", "156", "null"})
    void a_currency_that_is_not_as_stripe_writes_it_is_refused(String currency) {
        assertUnreadable(PAID.replace("\"cny\"", currency), "currency");
    }

    @Test
    void doubled_members_trailing_text_other_charsets_and_depth_are_refused() {
        assertUnreadable(PAID.replace("\"amount_total\":4900", "\"amount_total\":1,\"amount_total\":4900"), "JSON");
        assertUnreadable(PAID + "{}", "JSON");
        assertUnreadable("[" + PAID + "]", "no JSON object");
        assertUnreadable("{\"type\":" + "[".repeat(200_000), "JSON");
        assertUnreadable("{\"type\":\"checkout.session.completed\"}", "'data.object' is missing");
        assertUnreadable("{}", "'type' is missing");
        byte[] utf16 = PAID.getBytes(StandardCharsets.UTF_16);
        Bytes body = Bytes.of(utf16);
        String seconds = String.valueOf(SECONDS);
        String header = "t=" + seconds + ",v1=" + StripeSignature.of(SIGNING, seconds, utf16);
        assertRefused(
                new InboundNotice("POST", "", Map.of(StripeSignature.HEADER, List.of(header)), body, NOW),
                400,
                "not UTF-8");
    }

    @Test
    void ids_of_another_form_are_refused() {
        assertUnreadable(PAID.replace("\"pi_cart42_p1\"", "{\"id\":\"pi_1\"}"), "payment_intent");
        assertUnreadable(PAID.replace("\"pi_cart42_p1\"", "\"pi 1\""), "payment_intent");
        assertUnreadable(PAID.replace("\"cart42_p1\"", "42"), "client_reference_id");
    }

    @Test
    void events_of_the_other_mode_and_of_connected_accounts_are_refused() {
        assertUnreadable(PAID.replace("\"livemode\":false,\"type\"", "\"livemode\":true,\"type\""), "of live mode");
        assertUnreadable(PAID.replace("{\"id\":\"evt_1\"", "{\"account\":\"acct_1\",\"id\":\"evt_1\""), "connected");
        PaymentGateway live = StripeSamples.builder("http://127.0.0.1:9")
                .apiKey(Secret.of("rk_live_made_up"))
                .build();
        NoticeReading reading = live.read(StripeSamples.genuine(NOW));
        assertThat(reading).isInstanceOf(NoticeReading.Forged.class);
        assertThat(((NoticeReading.Forged) reading).reason()).contains("of test mode");
    }

    @Test
    void another_method_is_refused() {
        InboundNotice genuine = StripeSamples.genuine(NOW);
        assertRefused(
                new InboundNotice("PUT", "", genuine.headers(), genuine.body(), NOW), 400, "the method is not POST");
    }

    @Test
    void a_notice_is_judged_by_when_it_came_not_by_the_clock() {
        Instant old = NOW.minus(Duration.ofDays(400));
        assertThat(gateway.read(StripeSamples.genuine(old))).isInstanceOf(NoticeReading.Genuine.class);
    }
}
