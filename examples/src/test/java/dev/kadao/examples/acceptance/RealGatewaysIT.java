package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The shop driven by notices of WeChat Pay and Alipay that are signed and sealed by programs of others. The gateways
 * themselves are out of reach: nothing can be opened or asked there, and a genuine notice is enough.
 */
@Acceptance
class RealGatewaysIT {
    private static final String API_V3_KEY = "0123456789abcdefghijklmnopqrstuv";
    private static final String SERIAL = "7132D72A03E93CDDF8C03BBD1F37EEDF4F8A2F11";
    private static final DateTimeFormatter CHINA =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private static ShopWorld world;
    private static Path weChatKey;
    private static Path alipayKey;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                OutsideTools.areThere(),
                "needs the programs openssl and node, or python3 with its package cryptography");
        Path keys = ShopWorld.freshHome("RealGatewaysIT-keys");
        weChatKey = OutsideTools.rsaKey(keys, "wechatpay");
        alipayKey = OutsideTools.rsaKey(keys, "alipay");
        Path ours = OutsideTools.rsaKey(keys, "merchant");
        world = ShopWorld.withKeys()
                .configured(config -> config.with("gateway.wechatpay.mch-id", "1900000001")
                        .with("gateway.wechatpay.app-id", "wx0000000000000001")
                        .with("gateway.wechatpay.api-v3-key", API_V3_KEY)
                        .with("gateway.wechatpay.platform-serial", SERIAL)
                        .with("gateway.wechatpay.platform-public-key", OutsideTools.publicKey(weChatKey))
                        .with("gateway.wechatpay.merchant-serial", "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C")
                        .with("gateway.wechatpay.private-key", OutsideTools.privateKey(ours))
                        .with("gateway.wechatpay.endpoint", "http://127.0.0.1:1")
                        .with("gateway.alipay.app-id", "2021000000000001")
                        .with("gateway.alipay.seller-id", "2088000000000001")
                        .with("gateway.alipay.public-key", OutsideTools.publicKey(alipayKey))
                        .with("gateway.alipay.private-key", OutsideTools.privateKey(ours))
                        .with("gateway.alipay.endpoint", "http://127.0.0.1:1"));
        world.start("RealGatewaysIT");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.end();
        }
    }

    @Test
    void a_notice_of_wechat_pay_that_others_signed_delivers() {
        Placed placed = placed("wechatpay");
        String body = weChatBody(placed, 4_900);

        Reply reply = toldByWeChat(body, body);

        assertThat(reply.status()).isIn(200, 204);
        world.awaitStage(placed.order(), "DELIVERED");
        assertThat(toldByWeChat(body, body).status()).isIn(200, 204);
        assertThat(world.client()
                        .reveal(placed.order(), placed.token())
                        .expect(200)
                        .json()
                        .path("keys"))
                .hasSize(1);
    }

    @Test
    void a_notice_of_wechat_pay_with_one_byte_altered_changes_nothing() {
        Placed placed = placed("wechatpay");
        String body = weChatBody(placed, 4_900);

        for (int at : new int[] {1, body.length() / 2, body.length() - 2}) {
            Reply reply = toldByWeChat(body, altered(body, at));
            assertThat(reply.status()).isBetween(400, 499);
        }
        assertThat(toldByWeChat(body, body, Instant.now().minusSeconds(301)).status())
                .isEqualTo(401);
        assertThat(toldByWeChat(body, body, Instant.now().plusSeconds(330)).status())
                .isEqualTo(401);

        assertThat(world.stage(placed.order())).isEqualTo("AWAITING_PAYMENT");
    }

    @Test
    void a_notice_of_wechat_pay_for_a_cent_less_is_kept_and_holds_the_order() {
        Placed placed = placed("wechatpay");
        String body = weChatBody(placed, 4_899);

        assertThat(toldByWeChat(body, body).status()).isIn(200, 204);

        world.awaitStage(placed.order(), "ON_HOLD");
    }

    @Test
    void a_notice_of_alipay_that_others_signed_delivers() {
        Placed placed = placed("alipay");
        Map<String, String> said = alipayNotice(placed, "49.00");
        String form = form(said);

        assertThat(toldByAlipay(form).expect(200).body()).isEqualTo("success");

        world.awaitStage(placed.order(), "DELIVERED");
        assertThat(toldByAlipay(form).expect(200).body()).isEqualTo("success");
    }

    @Test
    void a_notice_of_alipay_with_one_byte_altered_changes_nothing() {
        Placed placed = placed("alipay");
        Map<String, String> said = alipayNotice(placed, "49.00");

        for (String name : said.keySet()) {
            Map<String, String> changed = new TreeMap<>(said);
            changed.computeIfPresent(name, (key, value) -> altered(value, value.length() / 2));
            Reply reply = toldByAlipay(form(changed));
            assertThat(reply.status()).as(name).isBetween(400, 499);
            assertThat(reply.body()).as(name).doesNotContain("success");
        }

        assertThat(world.stage(placed.order())).isEqualTo("AWAITING_PAYMENT");
    }

    private static Placed placed(String gateway) {
        String sku = world.sku();
        world.stock(sku, 1);
        return world.place(Cart.fresh().keys(sku, 1).withGateway(gateway));
    }

    private static String altered(String text, int at) {
        char other = text.charAt(at) == '0' ? '1' : '0';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String weChatBody(Placed placed, int total) {
        ObjectNode said = Json.object();
        said.put("mchid", "1900000001").put("appid", "wx0000000000000001");
        said.put("out_trade_no", placed.payment())
                .put("transaction_id", "4200" + UUID.randomUUID().toString().substring(0, 8));
        said.put("trade_type", "NATIVE").put("trade_state", "SUCCESS").put("trade_state_desc", "支付成功");
        said.put("bank_type", "OTHERS").put("attach", "").put("success_time", "2026-11-01T08:30:00+08:00");
        said.putObject("payer").put("openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        said.putObject("amount")
                .put("total", total)
                .put("payer_total", total)
                .put("currency", "CNY")
                .put("payer_currency", "CNY");
        String nonce = UUID.randomUUID().toString().substring(0, 12);
        ObjectNode notice = Json.object();
        notice.put("id", UUID.randomUUID().toString()).put("create_time", "2026-11-01T08:30:00+08:00");
        notice.put("resource_type", "encrypt-resource")
                .put("event_type", "TRANSACTION.SUCCESS")
                .put("summary", "支付成功");
        notice.putObject("resource")
                .put("original_type", "transaction")
                .put("algorithm", "AEAD_AES_256_GCM")
                .put("ciphertext", OutsideTools.sealed(API_V3_KEY, nonce, "transaction", said.toString()))
                .put("associated_data", "transaction")
                .put("nonce", nonce);
        return notice.toString();
    }

    private static Reply toldByWeChat(String signed, String sent) {
        return toldByWeChat(signed, sent, Instant.now());
    }

    private static Reply toldByWeChat(String signed, String sent, Instant at) {
        String time = Long.toString(at.getEpochSecond());
        String nonce = UUID.randomUUID().toString().replace("-", "");
        HttpRequest request = world.client()
                .to("/notify/wechatpay", ShopClient.NO_TOKEN)
                .header("Content-Type", "application/json")
                .header("Wechatpay-Timestamp", time)
                .header("Wechatpay-Nonce", nonce)
                .header("Wechatpay-Serial", SERIAL)
                .header(
                        "Wechatpay-Signature",
                        OutsideTools.signed(weChatKey, time + "\n" + nonce + "\n" + signed + "\n"))
                .POST(BodyPublishers.ofString(sent))
                .build();
        return world.client().send(request);
    }

    private static Map<String, String> alipayNotice(Placed placed, String amount) {
        String now = CHINA.format(Instant.now());
        Map<String, String> said = new TreeMap<>();
        said.put("notify_time", now);
        said.put("notify_type", "trade_status_sync");
        said.put("notify_id", UUID.randomUUID().toString().replace("-", ""));
        said.put("charset", "utf-8");
        said.put("version", "1.0");
        said.put("app_id", "2021000000000001");
        said.put("auth_app_id", "2021000000000001");
        said.put("seller_id", "2088000000000001");
        said.put("buyer_id", "2088000000000009");
        said.put("trade_no", "2026110122001" + UUID.randomUUID().toString().substring(0, 8));
        said.put("out_trade_no", placed.payment());
        said.put("trade_status", "TRADE_SUCCESS");
        said.put("total_amount", amount);
        said.put("receipt_amount", amount);
        said.put("buyer_pay_amount", amount);
        said.put("subject", "卡密 steam 50");
        said.put("gmt_create", now);
        said.put("gmt_payment", now);
        String text = said.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        said.put("sign", OutsideTools.signed(alipayKey, text));
        said.put("sign_type", "RSA2");
        return said;
    }

    private static String form(Map<String, String> said) {
        return said.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Reply toldByAlipay(String form) {
        HttpRequest request = world.client()
                .to("/notify/alipay", ShopClient.NO_TOKEN)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(form))
                .build();
        return world.client().send(request);
    }
}
