package dev.kadao.gateways.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in of WeChat Pay on this machine: checks the merchant's signature as the real one does, keeps orders and
 * refunds, signs its answers, and misbehaves once where a test tells it to.
 */
final class StandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern AUTHORIZATION = Pattern.compile("WECHATPAY2-SHA256-RSA2048 mchid=\"([^\"]+)\","
            + "nonce_str=\"([^\"]+)\",timestamp=\"([0-9]+)\",serial_no=\"([^\"]+)\",signature=\"([^\"]+)\"");
    private static final String ORDERS = "/v3/pay/transactions/out-trade-no/";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";

    /** How an answer is signed. */
    enum Signing {
        RIGHT,
        NOT,
        BY_SOMEBODY_ELSE,
        TEN_MINUTES_AGO,
        IN_TEN_MINUTES,
        WITH_UNKNOWN_SERIAL,
        AS_A_PROBE,
        TWICE
    }

    private record Planned(String request, int status, String body, Signing signing) {}

    private record Said(int status, String body) {}

    private static final class Order {
        final ObjectNode opened;
        String state = "NOTPAY";
        long refunded;
        String trade = "";

        Order(ObjectNode opened) {
            this.opened = opened;
        }

        long total() {
            return opened.at("/amount/total").longValue();
        }
    }

    private final InstantSource clock;
    private final Loopback server;
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, ObjectNode> refunds = new HashMap<>();
    private final List<Planned> planned = new ArrayList<>();
    private int trades;

    StandIn(InstantSource clock) {
        this.clock = clock;
        this.server = new Loopback(this::answer);
    }

    WeChatPayBuilder settings() {
        return TestKeys.settings()
                .endpoint(server.url())
                .clock(clock)
                .callLimit(Duration.ofSeconds(60))
                .connectTimeout(Duration.ofSeconds(30));
    }

    List<Loopback.Request> seen() {
        return server.seen();
    }

    /** The next request that begins so, for example {@code POST /v3/refund}, is answered with this. */
    synchronized void next(String request, int status, String body, Signing signing) {
        planned.add(new Planned(request, status, body, signing));
    }

    synchronized void next(String request, int status, String body) {
        next(request, status, body, Signing.RIGHT);
    }

    /** A buyer pays; the trade number. */
    synchronized String pay(String payment) {
        Order order = orders.get(payment);
        order.state = "SUCCESS";
        order.trade = "42000012342026112300" + ++trades;
        return order.trade;
    }

    synchronized void state(String payment, String state) {
        orders.get(payment).state = state;
    }

    synchronized long refunded(String payment) {
        return orders.containsKey(payment) ? orders.get(payment).refunded : 0;
    }

    synchronized void refundStatus(String refund, String status) {
        refunds.get(refund).put("status", status);
    }

    synchronized String transaction(String payment) {
        Order order = orders.get(payment);
        ObjectNode json = JSON.createObjectNode();
        json.put("mchid", TestKeys.MCH_ID);
        json.put("appid", TestKeys.APP_ID);
        json.put("out_trade_no", payment);
        json.put("trade_state", order.state);
        json.put("trade_state_desc", "支付状态");
        if (!order.trade.isEmpty()) {
            json.put("transaction_id", order.trade);
            json.putObject("amount")
                    .put("total", order.total())
                    .put("payer_total", order.total())
                    .put("currency", "CNY")
                    .put("payer_currency", "CNY");
        }
        return json.toString();
    }

    private synchronized Loopback.Response answer(Loopback.Request request) {
        if (!isSignedByTheMerchant(request)) {
            return signed(new Said(401, error("SIGN_ERROR")), Signing.NOT);
        }
        for (Planned plan : planned) {
            if ((request.method() + " " + request.target()).startsWith(plan.request)) {
                planned.remove(plan);
                return signed(new Said(plan.status, plan.body), plan.signing);
            }
        }
        try {
            return signed(said(request), Signing.RIGHT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Said said(Loopback.Request request) throws IOException {
        String path = request.path();
        ObjectNode json =
                request.body().length == 0 ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(request.body());
        if (path.equals("/v3/pay/transactions/native")) {
            return open(json);
        }
        if (path.startsWith(ORDERS) && path.endsWith("/close")) {
            return close(path.substring(ORDERS.length(), path.length() - "/close".length()), json);
        }
        if (path.startsWith(ORDERS)) {
            String payment = path.substring(ORDERS.length());
            boolean known = orders.containsKey(payment) && request.target().endsWith("?mchid=" + TestKeys.MCH_ID);
            return known ? new Said(200, transaction(payment)) : new Said(404, error("ORDER_NOT_EXIST"));
        }
        if (path.equals(REFUNDS)) {
            return refund(json);
        }
        ObjectNode refund = refunds.get(path.substring(REFUNDS.length() + 1));
        return refund == null ? new Said(404, error("RESOURCE_NOT_EXISTS")) : new Said(200, refund.toString());
    }

    private Said open(ObjectNode json) {
        String payment = json.get("out_trade_no").textValue();
        Order known = orders.computeIfAbsent(payment, id -> new Order(json));
        if (!known.opened.equals(json)) {
            return new Said(400, error("INVALID_REQUEST"));
        }
        return known.state.equals("CLOSED")
                ? new Said(400, error("ORDER_CLOSED"))
                : new Said(200, "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=" + payment + "\"}");
    }

    private Said close(String payment, JsonNode json) {
        Order order = orders.get(payment);
        if (order == null || !json.get("mchid").textValue().equals(TestKeys.MCH_ID)) {
            return new Said(404, error("ORDER_NOT_EXIST"));
        }
        if (!order.trade.isEmpty()) {
            return new Said(400, error("ORDERPAID"));
        }
        if (order.state.equals("CLOSED")) {
            return new Said(400, error("ORDER_CLOSED"));
        }
        order.state = "CLOSED";
        return new Said(204, "");
    }

    private Said refund(ObjectNode json) {
        String payment = json.get("out_trade_no").textValue();
        String number = json.get("out_refund_no").textValue();
        long amount = json.at("/amount/refund").longValue();
        Order order = orders.get(payment);
        if (order == null || order.trade.isEmpty()) {
            return new Said(404, error("RESOURCE_NOT_EXISTS"));
        }
        if (refunds.containsKey(number)) {
            return new Said(200, refunds.get(number).toString());
        }
        if (json.at("/amount/total").longValue() != order.total()
                || !json.at("/amount/currency").asText().equals("CNY")) {
            return new Said(400, error("PARAM_ERROR"));
        }
        if (order.refunded + amount > order.total()) {
            return new Said(400, error("INVALID_REQUEST"));
        }
        order.refunded += amount;
        order.state = "REFUND";
        ObjectNode refund = JSON.createObjectNode();
        refund.put("refund_id", "50300806962026112300" + refunds.size());
        refund.put("out_refund_no", number);
        refund.put("out_trade_no", payment);
        refund.put("transaction_id", order.trade);
        refund.put("status", "PROCESSING");
        refund.putObject("amount")
                .put("refund", amount)
                .put("total", order.total())
                .put("currency", "CNY");
        refunds.put(number, refund);
        return new Said(200, refund.toString());
    }

    static String error(String code) {
        return "{\"code\":\"" + code + "\",\"message\":\"出错了\"}";
    }

    private boolean isSignedByTheMerchant(Loopback.Request request) {
        Matcher parts = AUTHORIZATION.matcher(request.headers().getOrDefault("authorization", ""));
        if (!parts.matches()
                || !parts.group(1).equals(TestKeys.MCH_ID)
                || !parts.group(4).equals(TestKeys.MERCHANT_SERIAL)
                || Math.abs(Long.parseLong(parts.group(3)) - clock.instant().getEpochSecond()) > 300) {
            return false;
        }
        String head = request.method() + "\n" + request.target() + "\n" + parts.group(3) + "\n" + parts.group(2) + "\n";
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(TestKeys.MERCHANT.getPublic());
            signature.update(head.getBytes(StandardCharsets.UTF_8));
            signature.update(request.body());
            signature.update((byte) '\n');
            return signature.verify(Base64.getDecoder().decode(parts.group(5)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Loopback.Response signed(Said said, Signing signing) {
        byte[] body = said.body.getBytes(StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "application/json"));
        if (signing != Signing.NOT) {
            Draft draft = drafted(said.body, signing);
            String signature = signing == Signing.AS_A_PROBE ? "WECHATPAY/SIGNTEST/" : draft.signature();
            headers.add(Map.entry("Wechatpay-Serial", draft.serial()));
            headers.add(Map.entry("Wechatpay-Nonce", draft.nonce()));
            headers.add(Map.entry("Wechatpay-Timestamp", draft.timestamp()));
            headers.add(Map.entry("Wechatpay-Signature", signature));
            if (signing == Signing.TWICE) {
                headers.add(Map.entry("Wechatpay-Signature", signature));
            }
        }
        return new Loopback.Response(said.status, headers, body);
    }

    private Draft drafted(String body, Signing signing) {
        Draft right = Draft.raw(body, clock.instant());
        Instant now = clock.instant();
        return switch (signing) {
            case BY_SOMEBODY_ELSE -> right.key(TestKeys.PLATFORM_SERIAL, TestKeys.MERCHANT.getPrivate());
            case WITH_UNKNOWN_SERIAL -> right.key("PUB_KEY_ID_1", TestKeys.PLATFORM.getPrivate());
            case TEN_MINUTES_AGO -> right.signedAt(now.minusSeconds(600));
            case IN_TEN_MINUTES -> right.signedAt(now.plusSeconds(600));
            case RIGHT, NOT, AS_A_PROBE, TWICE -> right;
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
