package dev.kadao.gateways.epay;

import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An account at an epay service, and what the service would send. The key is the one of the services' own examples. */
final class EpaySamples {
    static final String PID = "1001";
    static final Secret KEY = Secret.of("89unJUB8HZ54Hj7x4nUj56HN4nUzUJ8i");
    static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

    private EpaySamples() {}

    static PaymentGateway gateway() {
        return builder("http://127.0.0.1:9").build();
    }

    static EpayBuilder builder(String endpoint) {
        return Epay.builder()
                .acceptingMd5()
                .endpoint(endpoint)
                .pid(PID)
                .key(KEY)
                .notifyUrl("https://shop.example/notify/epay")
                .returnUrl("https://shop.example/paid/{payment}")
                .name("VIP会员");
    }

    /** A paid notice for payment cart42_p1, as a GET. */
    static InboundNotice genuine(Instant now) {
        return get(signed(paid("cart42_p1", "49.00")), now);
    }

    static Map<String, String> paid(String payment, String money) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("pid", PID);
        parameters.put("trade_no", "2016080622555342651");
        parameters.put("out_trade_no", payment);
        parameters.put("type", "alipay");
        parameters.put("name", "VIP会员");
        parameters.put("money", money);
        parameters.put("trade_status", "TRADE_SUCCESS");
        return parameters;
    }

    static Map<String, String> signed(Map<String, String> parameters) {
        Map<String, String> signed = new LinkedHashMap<>(parameters);
        signed.put("sign", EpaySign.of(parameters, KEY));
        signed.put("sign_type", "MD5");
        return signed;
    }

    static InboundNotice get(Map<String, String> parameters, Instant at) {
        return new InboundNotice("GET", encoded(parameters), Map.of(), Bytes.EMPTY, at);
    }

    static InboundNotice post(String form, Instant at) {
        return new InboundNotice(
                "POST", "", Map.of("Content-Type", List.of("application/x-www-form-urlencoded")), Bytes.utf8(form), at);
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
