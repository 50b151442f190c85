package dev.kadao.examples.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagpieNoticeTest {
    private static final MagpieAccount ACCOUNT = MagpieServer.accountAt(URI.create("http://127.0.0.1:1"));
    private final MagpieTopUp magpie = new MagpieTopUp(ACCOUNT, Duration.ofSeconds(5));

    private static Map<String, String> success() {
        Map<String, String> fields = new HashMap<>();
        fields.putAll(Map.of("merchant", "m100", "out_no", "cart42_1_1", "order_no", "M-1", "state", "1"));
        fields.putAll(
                Map.of("serial", "S 1&流水", "time", Long.toString(Instant.now().getEpochSecond())));
        return fields;
    }

    private static InboundNotice with(String name, String value) {
        Map<String, String> fields = success();
        fields.put(name, value);
        return MagpieServer.notice(fields, ACCOUNT.noticeKey());
    }

    private static InboundNotice signed(String body) {
        Bytes bytes = Bytes.utf8(body);
        Map<String, List<String>> headers =
                Map.of("MAGPIE-SIGN", List.of(MagpieSignature.of(ACCOUNT.noticeKey(), bytes.toArray())));
        return new InboundNotice("POST", "", headers, bytes, Instant.now());
    }

    private void isForged(InboundNotice notice, int status) {
        SupplierReading.Forged forged = (SupplierReading.Forged) magpie.read(notice);
        assertThat(forged.reply().status()).isEqualTo(status);
        assertThat(forged.reason())
                .doesNotContain("S 1")
                .doesNotContain(ACCOUNT.noticeKey().expose());
    }

    @Test
    void a_signed_notice_says_what_became_of_the_order_and_what_to_reply() {
        SupplierReading.Genuine genuine = (SupplierReading.Genuine) magpie.read(with("merchant", "m100"));

        assertThat(genuine.reference()).isEqualTo("cart42_1_1");
        assertThat(genuine.answer()).isEqualTo(new Answer.Delivered(new Proof.Receipt("S 1&流水"), "M-1"));
        assertThat(genuine.whenStored().body()).isEqualTo(Bytes.utf8("ok"));
        assertThat(genuine.whenNot().status()).isEqualTo(503);
    }

    @Test
    void success_without_its_cards_is_no_delivery_but_asks_to_be_asked_about() {
        SupplierReading.Genuine genuine = (SupplierReading.Genuine) magpie.read(with("serial", ""));

        assertThat(genuine.answer()).isEqualTo(new Answer.Accepted("M-1", Duration.ofSeconds(1)));
    }

    @Test
    void a_signature_of_another_key_none_or_two_is_forged() {
        isForged(MagpieServer.notice(success(), Secret.of("a guess")), 401);
        // Ours to sign with: whoever sees what we send must not be able to speak for the supplier.
        isForged(MagpieServer.notice(success(), ACCOUNT.requestKey()), 401);
        InboundNotice good = with("merchant", "m100");
        List<String> twice = List.of(
                good.header(MagpieSignature.HEADER).orElseThrow(),
                good.header(MagpieSignature.HEADER).orElseThrow());
        for (Map<String, List<String>> headers :
                List.of(Map.<String, List<String>>of(), Map.of(MagpieSignature.HEADER, twice))) {
            isForged(new InboundNotice("POST", "", headers, good.body(), good.receivedAt()), 401);
        }
    }

    @Test
    void what_is_for_another_merchant_or_was_signed_long_ago_is_forged() {
        isForged(with("merchant", "m200"), 401);
        isForged(with("time", Long.toString(Instant.now().getEpochSecond() - 400)), 401);
        isForged(with("time", Long.toString(Instant.now().getEpochSecond() + 400)), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "merchant=m100",
                "merchant=m100&merchant=m100&out_no=a_1_1&state=1&order_no=M&serial=S&time=1",
                "merchant=m100&out_no=%zz&state=1&order_no=M&serial=S&time=1",
                "merchant=m100&out_no=a_1_1&state=1&order_no=M&serial=S&time=soon",
                "=m100&time=1"
            })
    void a_signed_notice_that_cannot_be_read_is_a_bad_request(String body) {
        isForged(signed(body), 400);
    }

    @Test
    void a_signature_made_elsewhere_is_the_one_expected_here() {
        // printf 'out_no=cart42_1_1&state=1' | openssl dgst -sha256 -hmac topsecret
        assertThat(MagpieSignature.of(
                        Secret.of("topsecret"),
                        Bytes.utf8("out_no=cart42_1_1&state=1").toArray()))
                .isEqualTo("78f94a5edc301d87cd14702a016a1b0805dd34487691c99fb4cc4e63f8212047");
    }

    @Test
    void neither_the_adapter_nor_its_account_prints_a_key() {
        assertThat(magpie + " " + ACCOUNT)
                .doesNotContain(
                        ACCOUNT.requestKey().expose(), ACCOUNT.noticeKey().expose());
    }
}
