package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.response.AlipayTradeQueryResponse;
import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The official SDK as oracle: what it signs is accepted, what it refuses is refused, and where ours asks for more. */
class AlipayOracleTest {
    private static final String ALIPAY_PRIVATE = AlipaySamples.base64(AlipaySamples.ALIPAY.getPrivate());
    private static final String ALIPAY_PUBLIC = AlipaySamples.base64(AlipaySamples.ALIPAY.getPublic());

    /** The public key of the app in alipay-sdk-java-all's own tests (fixture/appCertPublicKey_2021003126695331.crt). */
    private static final String PUBLISHED_KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjF+gZ86+u9GriNBL3cmrx7CG3mgsgS6ydJLjzAyACRfB"
                    + "unB3VadxsDhtIJ0t8DQcaDVCkvkL5IOozuSC/B9iBw8YtadTLVRGkD9f1+RrcyvXR7/qU2M88RhGvj/DCgFHkYZa"
                    + "7hVYn+r+jhpQ2Y9K7owVL3/YEO/cxZvV8R05uMw7zZwAaJlPn6JBXYP8HXWAQLp2A4NGKAh6mPELKNcb9J+P82Gv"
                    + "rNf0Km3dj7ELAx349ral+qD1DCEbC3C2g+MHw/++ZEt9EkqR9nWi2YE/z5B0LKXstUDRiCPQe8Heb6pXdkWhK76L"
                    + "+OP9iZZAGHGS262ZgOuvZMo+jDFM1at64wIDAQAB";

    private final PaymentGateway gateway = AlipaySamples.gateway();

    private static Map<String, String> signedByTheSdk(Map<String, String> unsigned) throws AlipayApiException {
        Map<String, String> signed = new TreeMap<>(unsigned);
        String content = AlipaySignature.getSignCheckContentV1(new TreeMap<>(unsigned));
        signed.put("sign", AlipaySignature.rsaSign(content, ALIPAY_PRIVATE, "utf-8", "RSA2"));
        signed.put("sign_type", "RSA2");
        return signed;
    }

    private static boolean sdkBelieves(Map<String, String> signed) {
        try {
            return AlipaySignature.rsaCheckV1(
                    new TreeMap<>(signed), ALIPAY_PUBLIC, "utf-8", signed.getOrDefault("sign_type", "RSA2"));
        } catch (AlipayApiException | RuntimeException e) {
            return false;
        }
    }

    private NoticeReading ours(Map<String, String> signed) {
        return gateway.read(notice(signed));
    }

    private static InboundNotice notice(Map<String, String> signed) {
        return AlipaySamples.posted(AlipaySamples.form(signed, StandardCharsets.UTF_8), AlipaySamples.NOW);
    }

    @Property(tries = 200)
    void what_the_sdk_signs_is_believed_and_what_was_changed_after_it_is_not(
            @ForAll @Size(max = 8) Map<@StringLength(max = 12) String, @StringLength(max = 40) String> more,
            @ForAll @StringLength(min = 1, max = 8) @NumericChars String changed)
            throws Exception {
        Map<String, String> notice = AlipaySamples.paid(AlipaySamples.NOW);
        more.forEach((name, value) -> notice.putIfAbsent("x" + whole(name).replaceAll("[&=]", "_"), whole(value)));
        Map<String, String> signed = signedByTheSdk(notice);

        assertThat(sdkBelieves(signed)).isTrue();
        assertThat(ours(signed)).isInstanceOf(NoticeReading.Genuine.class);

        signed.put("out_trade_no", "cart" + changed + "_p9");
        assertThat(sdkBelieves(signed)).isFalse();
        assertThat(ours(signed)).isInstanceOf(NoticeReading.Forged.class);
    }

    // Alipay's names hold none of the signs between them. Half a character can neither be signed nor sent.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void what_the_sdk_refuses_is_refused() throws Exception {
        Map<String, String> good = signedByTheSdk(AlipaySamples.paid(AlipaySamples.NOW));
        for (String name : good.keySet()) {
            if (name.equals("sign_type")) {
                continue;
            }
            Map<String, String> changed = new TreeMap<>(good);
            changed.put(name, name.equals("sign") ? "A" + good.get(name).substring(1) : good.get(name) + "0");
            boolean same = changed.get(name).equals(good.get(name));
            assertThat(sdkBelieves(changed)).as(name).isEqualTo(same);
            assertThat(ours(changed) instanceof NoticeReading.Genuine).as(name).isEqualTo(same);

            changed.remove(name);
            assertThat(sdkBelieves(changed)).as("without " + name).isFalse();
            assertThat(ours(changed)).as("without " + name).isInstanceOf(NoticeReading.Forged.class);
        }
        Map<String, String> more = new TreeMap<>(good);
        more.put("passback_params", " \n");
        assertThat(sdkBelieves(more)).as("blank ones are not signed").isTrue();
        assertThat(ours(more)).isEqualTo(ours(good));
        more.put("passback_params", "x");
        assertThat(sdkBelieves(more)).isFalse();
        assertThat(ours(more)).isInstanceOf(NoticeReading.Forged.class);
    }

    @Test
    void the_vectors_that_the_sdk_publishes_fit() {
        // RSACheckTest: the parameters are those of an app's request, so that sign_type is signed with them.
        Map<String, String> vectors = new LinkedHashMap<>();
        vectors.put(
                "app_id=2019090366875133&method=koubei.marketing.data.indicator.query&sign_type=RSA2",
                "NQHIJKRCoCJCUXqzzK8WUtA/58m4/e3NGLutUFxFUD8udlauzRCgCINxDqs3atXrJ8KeSxpf8IU8nrnK7qzCQiYdj2Xj"
                        + "fkXDrZllPEXlrelHitj9qpPqMXlAbP1HArNlBTpaGmq6hwvf/W50O/8kOjPEpmdpFcYZrlR/aA3uwdiOXHGNfd6p2"
                        + "wA7JjHiLQtPXGVm2oLLp+HDEtdhqxs66Br4bTQZPrQNKJrhqRcqwTzA5ZyDMQK724ECTYBI/+8PEvFCpi4Ny6piO7"
                        + "8clFE/bSAuKCdhbivBzWDYkvmQymq0M86W3usljVENbnOyBatl7/y4f7S53Ht/yBmO/f+gYg==");
        vectors.put(
                "app_id=2019090366875133&extra=中文测试&method=koubei.marketing.data.indicator.query&sign_type=RSA2",
                "LhPRG5h6xo8Pk1tFIbiCt2S81S3jvDs5is9yO8uH87kVY0vpnOuxGgauKim9SnFGGxGmhQY4TJSrASlW6NsML2qIaxqs"
                        + "SFTNVUbct7MgdBBKqkoORNOq1gpLIymyI+G88qDaodOXkEAtUNYm4I6r1wkJVvdumrmRoHg8GcLpP//3J3hNELIJB"
                        + "2SC5SJ2pe4als+Psmjpd5xyK/qgDXf2qTmBooA0z673xqxjtd8H1FBlUCnGmTG3ClnGatmfjxIL0HF+PLyrmqzDO8"
                        + "UOjod0Kh2SwxH7zQikhr4VUihQ04MrP08nsGKjIPvZFAZiW7dnchVr4I/Tid0cbuthjmoWyw==");
        vectors.forEach((content, sign) -> {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            assertThat(Rsa.isSigned(Rsa.publicKey("the key", PUBLISHED_KEY), bytes, sign))
                    .as(content)
                    .isTrue();
        });
    }

    @Test
    void the_sdk_and_ours_are_served_alike() throws Exception {
        try (AlipayStandIn standIn = new AlipayStandIn()) {
            standIn.pay("cart42_p1", new Money(4_900, Currency.CNY));
            AlipayClient sdk = new DefaultAlipayClient(
                    standIn.url() + "/gateway.do",
                    AlipaySamples.APP_ID,
                    AlipaySamples.base64(AlipaySamples.SHOP.getPrivate()),
                    "json",
                    "utf-8",
                    ALIPAY_PUBLIC,
                    "RSA2");
            AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
            request.setBizContent("{\"out_trade_no\":\"cart42_p1\"}");
            AlipayTradeQueryResponse response = sdk.execute(request);
            PaymentWord word =
                    AlipaySamples.builder(standIn.url()).build().query(new PaymentId(new CheckoutId("cart42"), 1));

            assertThat(response.isSuccess()).isTrue();
            assertThat(word)
                    .isEqualTo(new PaymentWord.Paid(
                            response.getTradeNo(), Money.parse(response.getTotalAmount(), Currency.CNY)));
            Map<String, String> theirs = standIn.seen.get(0);
            Map<String, String> ours = standIn.seen.get(1);
            // What the SDK adds for itself, and what differs with every request.
            assertThat(ours.keySet()).isEqualTo(without(theirs, "alipay_sdk").keySet());
            for (String name : new String[] {"app_id", "method", "charset", "sign_type", "version", "biz_content"}) {
                assertThat(ours).containsEntry(name, theirs.get(name));
            }
        }
    }

    private static Map<String, String> without(Map<String, String> parameters, String name) {
        Map<String, String> rest = new TreeMap<>(parameters);
        rest.remove(name);
        return rest;
    }

    /** Where ours is stricter on purpose: the SDK, asked for the signature, says yes to each. */
    @Test
    void where_ours_asks_for_more_than_the_sdk() throws Exception {
        Map<String, Map<String, String>> stricter = new LinkedHashMap<>();
        stricter.put("sent 301 s ago", changed("notify_time", "2026-11-23 08:25:04"));
        stricter.put("sent in 301 s", changed("notify_time", "2026-11-23 08:35:06"));
        stricter.put("another app", changed("app_id", "2021000000000002"));
        stricter.put("another seller", changed("seller_id", "2088000000000002"));
        stricter.put("no seller", changed("seller_id", ""));
        stricter.put("another charset", changed("charset", "gbk"));
        stricter.put("amount 1e2", changed("total_amount", "1e2"));
        stricter.put("amount with three decimals", changed("total_amount", "49.001"));
        stricter.put("amount in full-width digits", changed("total_amount", "４９.00"));
        stricter.put("no trade number", changed("trade_no", ""));
        stricter.put(
                "the old RSA with SHA-1",
                AlipaySamples.signed(
                        AlipaySamples.paid(AlipaySamples.NOW), "RSA", "SHA1withRSA", StandardCharsets.UTF_8));
        Map<String, String> spelt = signedByTheSdk(AlipaySamples.paid(AlipaySamples.NOW));
        spelt.put("sign", spelt.get("sign").replaceAll("(.{64})", "$1\n"));
        stricter.put("a signature in several lines", spelt);
        Map<String, String> hidden = new TreeMap<>(changed("refund_fee", "49.00"));
        hidden.put("receipt_amount", hidden.get("receipt_amount") + "&refund_fee=" + hidden.remove("refund_fee"));
        stricter.put("a refund that is hidden in another value", hidden);

        stricter.forEach((name, notice) -> {
            assertThat(sdkBelieves(notice)).as("SDK: " + name).isTrue();
            assertThat(ours(notice)).as("ours: " + name).isInstanceOf(NoticeReading.Forged.class);
        });

        // A doubled parameter reaches the SDK as whichever its server kept.
        Map<String, String> good = signedByTheSdk(AlipaySamples.paid(AlipaySamples.NOW));
        assertThat(sdkBelieves(good)).isTrue();
        String doubled = AlipaySamples.form(good, StandardCharsets.UTF_8) + "&total_amount=49.00";
        assertThat(gateway.read(AlipaySamples.posted(doubled, AlipaySamples.NOW)))
                .isInstanceOf(NoticeReading.Forged.class);
    }

    private static Map<String, String> changed(String name, String value) throws AlipayApiException {
        Map<String, String> notice = AlipaySamples.paid(AlipaySamples.NOW);
        notice.put(name, value);
        return signedByTheSdk(notice);
    }

    @Test
    void where_ours_asks_for_more_than_the_sdk_of_answers() throws Exception {
        try (AlipayStandIn standIn = new AlipayStandIn()) {
            AlipayClient sdk = new DefaultAlipayClient(
                    standIn.url() + "/gateway.do",
                    AlipaySamples.APP_ID,
                    AlipaySamples.base64(AlipaySamples.SHOP.getPrivate()),
                    "json",
                    "utf-8",
                    ALIPAY_PUBLIC,
                    "RSA2");
            Alipay ours = AlipaySamples.builder(standIn.url()).build();
            PaymentId payment = new PaymentId(new CheckoutId("cart42"), 1);
            AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
            request.setBizContent("{\"out_trade_no\":\"cart42_p1\"}");

            // A refusal without a signature: the SDK hands it on, and a shop would take the trade for missing.
            standIn.answers(body -> "{\"alipay_trade_query_response\":{\"code\":\"40004\",\"msg\":\"Business Failed\","
                    + "\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}}");
            assertThat(sdk.execute(request).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
            assertThat(ours.query(payment)).isInstanceOf(PaymentWord.Unknown.class);

            // A good answer about another payment.
            standIn.answersObject("{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"cart43_p1\","
                    + "\"trade_no\":\"t1\",\"trade_status\":\"TRADE_SUCCESS\",\"total_amount\":\"49.00\"}");
            assertThat(sdk.execute(request).isSuccess()).isTrue();
            assertThat(ours.query(payment)).isInstanceOf(PaymentWord.Unknown.class);

            // And what the SDK refuses, ours does not believe either.
            standIn.answersObject("{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"cart42_p1\"}");
            standIn.answers(body -> AlipaySamples.answer("alipay.trade.query", "{\"code\":\"10000\"}")
                    .replace("10000", "10000 "));
            assertThatThrownBy(() -> sdk.execute(request)).isInstanceOf(AlipayApiException.class);
            assertThat(ours.query(payment)).isInstanceOf(PaymentWord.Unknown.class);
        }
    }
}
