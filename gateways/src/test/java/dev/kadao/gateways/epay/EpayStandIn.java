package dev.kadao.gateways.epay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.gateways.shared.FormStandIn;
import dev.kadao.gateways.shared.FormStandIn.Asked;
import dev.kadao.gateways.shared.FormStandIn.Said;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** A service on 彩虹易支付, as its published source answers: {@code mapi.php}, {@code api.php}. */
final class EpayStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
    private final Map<String, BigDecimal> back = new LinkedHashMap<>();
    final FormStandIn http = new FormStandIn(this::answer);

    synchronized Said answer(Asked asked) throws Exception {
        String act = asked.query().getOrDefault("act", "");
        return switch (asked.line() + " " + act) {
            case "POST /mapi.php " -> create(asked.form());
            case "GET /api.php order" -> order(asked.query());
            case "POST /api.php refund" -> refund(asked.form());
            default -> failure(-5);
        };
    }

    private Said create(SortedMap<String, String> form) throws Exception {
        if (!EpaySign.isSigned(form, EpaySamples.KEY)) {
            return failure(-3);
        }
        boolean whole = form.get("pid").equals(EpaySamples.PID)
                && form.get("money").matches("[0-9.]+")
                && !form.getOrDefault("notify_url", "").isEmpty()
                && !form.getOrDefault("clientip", "").isEmpty()
                && !form.getOrDefault("type", "").isEmpty();
        String reference = form.get("out_trade_no");
        Map<String, Object> known = orders.get(reference);
        boolean changed = known != null && !known.get("money").equals(form.get("money"));
        if (!whole || changed || (known != null && !known.get("status").equals(0))) {
            return failure(-1);
        }
        Map<String, Object> order = orders.computeIfAbsent(reference, key -> new LinkedHashMap<>());
        order.put("trade_no", "20260000" + orders.size());
        order.put("out_trade_no", reference);
        order.put("pid", Integer.parseInt(form.get("pid")));
        order.put("name", form.get("name"));
        order.put("money", form.get("money"));
        order.put("status", 0);
        return said(Map.of(
                "code",
                1,
                "trade_no",
                order.get("trade_no"),
                "payurl",
                "https://pay.test/pay/" + order.get("trade_no")));
    }

    /** An order, as if opened by somebody. */
    synchronized Map<String, Object> add(String reference, String money) {
        Map<String, Object> order = new LinkedHashMap<>(
                Map.of("trade_no", "t1", "out_trade_no", reference, "pid", 1001, "money", money, "status", 0));
        orders.put(reference, order);
        return order;
    }

    /** The buyer pays; the trade number. */
    synchronized String pay(String reference) {
        Map<String, Object> order = orders.get(reference);
        order.put("status", 1);
        return (String) order.get("trade_no");
    }

    private Said order(SortedMap<String, String> query) throws Exception {
        if (!query.get("key").equals(EpaySamples.KEY.expose())) {
            return failure(-3);
        }
        Map<String, Object> order = orders.get(query.get("out_trade_no"));
        if (order == null) {
            return failure(-1);
        }
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("code", 1, "msg", "succ"));
        answer.putAll(order);
        return said(answer);
    }

    private Said refund(SortedMap<String, String> form) throws Exception {
        if (!form.get("key").equals(EpaySamples.KEY.expose())) {
            return failure(-3);
        }
        Map<String, Object> order = orders.values().stream()
                .filter(candidate -> candidate.get("trade_no").equals(form.get("trade_no")))
                .findFirst()
                .orElseThrow();
        BigDecimal sum =
                back.getOrDefault(form.get("trade_no"), BigDecimal.ZERO).add(new BigDecimal(form.get("money")));
        if (sum.compareTo(new BigDecimal((String) order.get("money"))) > 0) {
            return failure(-1);
        }
        back.put(form.get("trade_no"), sum);
        order.put("status", 2);
        return said(Map.of("code", 0, "msg", "退款成功！", "trade_no", form.get("trade_no"), "money", form.get("money")));
    }

    synchronized long refundedInAll() {
        return back.values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .movePointRight(2)
                .longValueExact();
    }

    static Said failure(int code) {
        return new Said(200, "{\"code\":" + code + ",\"msg\":\"never shown\"}");
    }

    private static Said said(Map<String, ?> answer) throws Exception {
        return new Said(200, JSON.writeValueAsString(answer));
    }

    @Override
    public void close() {
        http.close();
    }
}
