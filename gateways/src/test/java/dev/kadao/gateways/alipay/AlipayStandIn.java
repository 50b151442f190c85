package dev.kadao.gateways.alipay;

import static org.awaitility.Awaitility.await;

import com.alipay.api.internal.util.AlipaySignature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.order.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Alipay's gateway on this machine, after its documents: it verifies requests and signs answers by the official SDK, and
 * creates a trade only when the code is scanned. What it answers can be replaced by a script.
 */
final class AlipayStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parameters of the requests that came, each as far as it was read, in order. */
    final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Trade> trades = new ConcurrentHashMap<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private volatile boolean scansAtOnce;
    private volatile UnaryOperator<String> script = body -> body;
    private volatile int status = 200;

    private static final class Trade {
        final String number;
        final BigDecimal total;
        final Map<String, BigDecimal> refunds = new ConcurrentHashMap<>();
        volatile String status = "WAIT_BUYER_PAY";
        volatile boolean paid;

        Trade(String number, String total) {
            this.number = number;
            this.total = new BigDecimal(total);
        }

        BigDecimal givenBack() {
            return refunds.values().stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
        }
    }

    AlipayStandIn() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Buyers scan each code as soon as it is made, so that its trade exists. */
    void scansAtOnce() {
        scansAtOnce = true;
    }

    /** Changes the bodies of all answers from now on; {@code hangUp()} where it answers null. */
    void answers(UnaryOperator<String> next) {
        script = next;
    }

    /** Answers this object, signed, whatever is asked. */
    void answersObject(String object) {
        answers(body -> AlipaySamples.answer(seen.get(seen.size() - 1).getOrDefault("method", "?"), object));
    }

    void answersStatus(int next) {
        status = next;
    }

    void scan(String payment, String total) {
        trades.putIfAbsent(payment, new Trade("20261123220014" + (10_000_000 + trades.size()), total));
    }

    /** A buyer pays; the notice's parameters. */
    Map<String, String> pay(String payment, Money amount) {
        scan(payment, amount.toDecimal());
        Trade trade = trades.get(payment);
        trade.status = "TRADE_SUCCESS";
        trade.paid = true;
        Map<String, String> notice = AlipaySamples.paid(AlipaySamples.NOW);
        notice.put("out_trade_no", payment);
        notice.put("trade_no", trade.number);
        notice.put("total_amount", amount.toDecimal());
        return notice;
    }

    void closeUnpaid(String payment) {
        trades.get(payment).status = "TRADE_CLOSED";
    }

    /** Given back at the merchant's console. */
    void giveBack(String payment, String reference, String amount) {
        refund(trades.get(payment), reference, new BigDecimal(amount));
    }

    long givenBack(String payment) {
        Trade trade = trades.get(payment);
        return trade == null ? 0 : trade.givenBack().movePointRight(2).longValueExact();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Map<String, String> parameters = read(connection.getInputStream());
            while (parameters != null) {
                seen.add(parameters);
                String body = script.apply(answer(parameters));
                if (body == null) {
                    return;
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n";
                connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().write(bytes);
                connection.getOutputStream().flush();
                parameters = read(connection.getInputStream());
            }
        } catch (Exception e) {
            // The other side sees a connection that was lost, and what it asked is in 'seen'.
            connections.remove(connection);
        }
    }

    private static Map<String, String> read(InputStream in) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return null;
        }
        String[] lines = head.split("\r\n");
        int length = 0;
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        String target = lines[0].split(" ")[1];
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(":path", target.substring(0, target.indexOf('?')));
        parameters.put(":in the body", body);
        put(parameters, target.substring(target.indexOf('?') + 1));
        put(parameters, body);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String form) {
        for (String pair : form.split("&")) {
            String name = pair.substring(0, pair.indexOf('='));
            parameters.put(name, URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            head.write(next);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            next = in.read();
        }
        return "";
    }

    private String answer(Map<String, String> parameters) throws Exception {
        String flaw = flawOf(parameters);
        if (!flaw.isEmpty()) {
            return "{\"error_response\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\",\"sub_code\":\"" + flaw
                    + "\"}}";
        }
        String method = parameters.get("method");
        JsonNode content = JSON.readTree(parameters.get("biz_content"));
        ObjectNode node = JSON.createObjectNode();
        String refused = business(method, content, content.path("out_trade_no").asText(), node);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("code", refused.isEmpty() ? "10000" : "40004");
        answer.put("msg", refused.isEmpty() ? "Success" : "Business Failed");
        if (!refused.isEmpty()) {
            answer.put("sub_code", refused);
        }
        answer.setAll(node);
        String text = JSON.writeValueAsString(answer);
        String sign =
                AlipaySignature.rsaSign(text, AlipaySamples.base64(AlipaySamples.ALIPAY.getPrivate()), "utf-8", "RSA2");
        // As Alipay does for the code's address: signed without, sent with backslashes.
        String sent = text.replace("/", "\\/");
        return "{\"" + method.replace('.', '_') + "_response\":" + sent + ",\"sign\":\"" + sign + "\"}";
    }

    private static String flawOf(Map<String, String> parameters) throws Exception {
        Map<String, String> signed = new TreeMap<>(parameters);
        signed.keySet().removeIf(name -> name.startsWith(":"));
        String sign = signed.remove("sign");
        String content = AlipaySignature.getSignContent(signed);
        String shopKey = AlipaySamples.base64(AlipaySamples.SHOP.getPublic());
        if (sign == null || !AlipaySignature.rsaCheck(content, sign, shopKey, "utf-8", "RSA2")) {
            return "isv.invalid-signature";
        }
        return AlipaySamples.APP_ID.equals(signed.get("app_id")) && "/gateway.do".equals(parameters.get(":path"))
                ? ""
                : "isv.invalid-app-id";
    }

    /** Answers the reason of a refusal, empty if it is done. */
    private String business(String method, JsonNode content, String payment, ObjectNode node) {
        Trade trade = trades.get(payment);
        if (method.equals("alipay.trade.precreate")) {
            node.put("out_trade_no", payment);
            node.put("qr_code", codes.computeIfAbsent(payment, key -> "https://qr.alipay.com/bax" + codes.size()));
            if (scansAtOnce) {
                scan(payment, content.path("total_amount").asText());
            }
            return "";
        }
        if (trade == null) {
            return "ACQ.TRADE_NOT_EXIST";
        }
        node.put("out_trade_no", payment);
        node.put("trade_no", trade.number);
        return switch (method) {
            case "alipay.trade.query" -> asked(trade, node);
            case "alipay.trade.close" -> closed(trade);
            case "alipay.trade.refund" -> refunded(trade, content, node);
            default -> askedRefund(trade, content, node);
        };
    }

    private static String asked(Trade trade, ObjectNode node) {
        node.put("trade_status", trade.status);
        node.put("total_amount", trade.total.toPlainString());
        if (trade.paid) {
            node.put("send_pay_date", AlipaySamples.NOW_IN_CHINA);
        }
        return "";
    }

    private static String closed(Trade trade) {
        if (!trade.status.equals("WAIT_BUYER_PAY")) {
            return "ACQ.REASON_TRADE_STATUS_INVALID";
        }
        trade.status = "TRADE_CLOSED";
        return "";
    }

    private static String refunded(Trade trade, JsonNode content, ObjectNode node) {
        String reference = content.path("out_request_no").asText();
        BigDecimal amount = new BigDecimal(content.path("refund_amount").asText());
        if (!trade.paid) {
            return "ACQ.TRADE_STATUS_ERROR";
        }
        BigDecimal before = trade.refunds.get(reference);
        if (before != null && before.compareTo(amount) != 0) {
            return "ACQ.DISCORDANT_REPEAT_REQUEST";
        }
        if (before == null && trade.givenBack().add(amount).compareTo(trade.total) > 0) {
            return "ACQ.REASON_TRADE_REFUND_FEE_ERR";
        }
        node.put("fund_change", before == null ? "Y" : "N");
        refund(trade, reference, amount);
        node.put("refund_fee", trade.givenBack().toPlainString());
        return "";
    }

    private static void refund(Trade trade, String reference, BigDecimal amount) {
        trade.refunds.put(reference, amount);
        if (trade.givenBack().compareTo(trade.total) == 0) {
            trade.status = "TRADE_CLOSED";
        }
    }

    private static String askedRefund(Trade trade, JsonNode content, ObjectNode node) {
        String reference = content.path("out_request_no").asText();
        BigDecimal amount = trade.refunds.get(reference);
        if (amount == null) {
            node.removeAll();
            return "";
        }
        node.put("out_request_no", reference);
        node.put("refund_amount", amount.toPlainString());
        node.put("refund_status", "REFUND_SUCCESS");
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdown();
        await("end of all connections").atMost(60, TimeUnit.SECONDS).until(threads::isTerminated);
    }
}
