package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.service.payments.model.Transaction;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The official Java library and ours accept and refuse the same; {@link StricterOnPurposeTest} has the exceptions. */
class OfficialLibraryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:05Z");
    private static final PaymentId PAYMENT = new PaymentId(new CheckoutId("cart42"), 1);
    private static final Pattern PARTS =
            Pattern.compile("nonce_str=\"(.+?)\",timestamp=\"(.+?)\".*signature=\"(.+?)\"");
    private final WeChatPay gateway = TestKeys.settings().build();

    @Test
    void both_read_the_same_payment_from_a_genuine_notice() {
        InboundNotice notice = Draft.paid("cart42_p1", NOW).notice();

        Transaction theirs = Official.read(notice).orElseThrow();
        NoticeReading.Genuine ours = (NoticeReading.Genuine) gateway.read(notice);

        assertThat(ours.payment()).isEqualTo(theirs.getOutTradeNo());
        assertThat(ours.word())
                .isEqualTo(new PaymentWord.Paid(
                        theirs.getTransactionId(),
                        new Money(
                                theirs.getAmount().getTotal(),
                                Currency.of(theirs.getAmount().getCurrency()))));
    }

    @Test
    void what_the_library_seals_and_signs_ours_accepts() {
        String sealed = new AeadAesCipher(TestKeys.API_V3_KEY.getBytes(StandardCharsets.UTF_8))
                .encrypt(
                        "transaction".getBytes(StandardCharsets.UTF_8),
                        "fdasflkja484".getBytes(StandardCharsets.UTF_8),
                        Draft.trade("cart42_p1", "SUCCESS", "{\"total\":4900,\"currency\":\"CNY\"}")
                                .getBytes(StandardCharsets.UTF_8));
        Draft draft = Draft.raw(
                Draft.notice(
                        "TRANSACTION.SUCCESS",
                        "{\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + sealed
                                + "\",\"associated_data\":\"transaction\",\"nonce\":\"fdasflkja484\"}"),
                NOW);
        String message = draft.timestamp() + "\n" + draft.nonce() + "\n"
                + new String(draft.body(), StandardCharsets.UTF_8) + "\n";
        String signature = new RSASigner(TestKeys.PLATFORM_SERIAL, TestKeys.PLATFORM.getPrivate())
                .sign(message)
                .getSign();

        assertThat(gateway.read(draft.withHeader("Wechatpay-Signature", signature)))
                .isInstanceOf(NoticeReading.Genuine.class);
    }

    @Test
    void what_the_library_refuses_ours_refuses() {
        Draft good = Draft.paid("cart42_p1", NOW);
        String sealed = TestKeys.seal("another key of thirty-two bytes!", "fdasflkja484", "", "{}");
        List<InboundNotice> refused = List.of(
                good.withHeader("Wechatpay-Serial"),
                good.withHeader("Wechatpay-Signature"),
                good.withHeader("Wechatpay-Nonce"),
                good.withHeader("Wechatpay-Timestamp"),
                good.withHeader("Wechatpay-Serial", "440024045C4A427599D09BB4E3DE0279F2E813FD"),
                good.withHeader("Wechatpay-Timestamp", good.timestamp() + "0"),
                good.withHeader("Wechatpay-Nonce", good.nonce() + "x"),
                good.withHeader("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + good.signature()),
                good.withHeader("Wechatpay-Signature", "not base64!"),
                good.withHeader("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"),
                good.key(TestKeys.PLATFORM_SERIAL, TestKeys.MERCHANT.getPrivate())
                        .notice(),
                good.body("{}".getBytes(StandardCharsets.UTF_8)).with(good.headers()),
                Draft.raw("{}", NOW).notice(),
                Draft.raw("[]", NOW).notice(),
                Draft.raw("not json", NOW).notice(),
                Draft.raw(Draft.notice("TRANSACTION.SUCCESS", "{}"), NOW).notice(),
                Draft.raw(
                                Draft.notice(
                                        "TRANSACTION.SUCCESS",
                                        "{\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + sealed
                                                + "\",\"associated_data\":\"\",\"nonce\":\"fdasflkja484\"}"),
                                NOW)
                        .notice());
        for (InboundNotice notice : refused) {
            assertThat(Official.read(notice))
                    .as("official, %s", notice.headers())
                    .isEmpty();
            assertThat(gateway.read(notice)).as("ours, %s", notice.headers()).isInstanceOf(NoticeReading.Forged.class);
        }
    }

    @Test
    void both_refuse_every_single_changed_byte() {
        Draft good = Draft.paid("cart42_p1", NOW);
        Map<String, List<String>> headers = good.headers();
        for (int i = 0; i < good.body().length; i += 7) {
            byte[] changed = good.body().clone();
            changed[i] ^= 1;
            InboundNotice notice = good.body(changed).with(headers);
            assertThat(Official.read(notice)).isEqualTo(Optional.empty());
            assertThat(gateway.read(notice)).isInstanceOf(NoticeReading.Forged.class);
        }
    }

    @Test
    void requests_have_the_librarys_form_and_their_signature_is_good_to_it() {
        try (StandIn standIn = new StandIn(InstantSource.system())) {
            WeChatPay asking = standIn.settings().build();
            asking.open(
                    new OpenRequest(
                            PAYMENT,
                            new Money(4_900, Currency.CNY),
                            Instant.now().plusSeconds(900)),
                    Deadline.in(Duration.ofMinutes(5)));
            asking.query(PAYMENT);
            RSASigner signer = new RSASigner(TestKeys.MERCHANT_SERIAL, TestKeys.MERCHANT.getPrivate());
            WechatPay2Credential credential = new WechatPay2Credential(TestKeys.MCH_ID, signer);
            RSAVerifier verifier = new RSAVerifier(TestKeys.MERCHANT.getPublic(), TestKeys.MERCHANT_SERIAL);

            assertThat(standIn.seen()).hasSize(2);
            for (Loopback.Request request : standIn.seen()) {
                String body = new String(request.body(), StandardCharsets.UTF_8);
                String ours = request.headers().get("authorization");
                String theirs = credential.getAuthorization(
                        URI.create("https://api.mch.weixin.qq.com" + request.target()), request.method(), body);
                assertThat(form(ours)).isEqualTo(form(theirs));
                Matcher parts = PARTS.matcher(ours);
                assertThat(parts.find()).isTrue();
                String message = request.method() + "\n" + request.target() + "\n" + parts.group(2) + "\n"
                        + parts.group(1) + "\n" + body + "\n";
                assertThat(verifier.verify(TestKeys.MERCHANT_SERIAL, message, parts.group(3)))
                        .isTrue();
            }
        }
    }

    private static String form(String authorization) {
        return authorization
                .replaceFirst("nonce_str=\"[0-9A-Za-z]{32}\"", "nonce_str=…")
                .replaceFirst("timestamp=\"[0-9]{10}\"", "timestamp=…")
                .replaceFirst("signature=\"[0-9A-Za-z+/=]{344}\"", "signature=…");
    }

    @Test
    void answers_that_the_librarys_validator_takes_ours_takes_and_no_others() {
        PlatformKeys keys = new PlatformKeys(
                List.of(new PlatformKeys.Key(TestKeys.PLATFORM_SERIAL, TestKeys.PLATFORM.getPublic(), Instant.MAX)));
        WechatPay2Validator validator =
                new WechatPay2Validator(new RSAVerifier(TestKeys.PLATFORM.getPublic(), TestKeys.PLATFORM_SERIAL));
        for (long off : List.of(-86_400L, -310L, -290L, 0L, 290L, 310L, 86_400L)) {
            for (String body : List.of("", "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=1\"}")) {
                Draft draft =
                        Draft.raw(body, Instant.now()).signedAt(Instant.now().plusSeconds(off));
                boolean ours = keys.flawOf(
                                name -> draft.headers().getOrDefault(name, List.of()), draft.body(), Instant.now())
                        .isEmpty();
                assertThat(ours).as("%s s off, '%s'", off, body).isEqualTo(takes(validator, draft, body));
            }
        }
    }

    private static boolean takes(WechatPay2Validator validator, Draft draft, String body) {
        Map<String, String> headers = new HashMap<>();
        draft.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        try {
            return validator.validate(new HttpHeaders(headers), body);
        } catch (IllegalArgumentException e) {
            // Its way to say that the time is off.
            return false;
        }
    }
}
