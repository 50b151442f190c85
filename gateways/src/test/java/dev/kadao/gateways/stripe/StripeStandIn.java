package dev.kadao.gateways.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.gateways.shared.FormStandIn;
import dev.kadao.gateways.shared.FormStandIn.Asked;
import dev.kadao.gateways.shared.FormStandIn.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Stripe as its documents have it, for Checkout Sessions, payment intents and refunds. */
final class StripeStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Newest first, as Stripe lists them. */
    private final List<Map<String, Object>> sessions = new ArrayList<>();

    private final List<Map<String, Object>> refunds = new ArrayList<>();
    private final Map<String, SortedMap<String, String>> keys = new LinkedHashMap<>();
    private final Map<String, Said> replies = new LinkedHashMap<>();
    final FormStandIn http = new FormStandIn(this::answer);
    boolean searchLags;

    synchronized Said answer(Asked asked) throws Exception {
        if (!asked.header("Authorization").equals(Optional.of("Bearer " + StripeSamples.API_KEY.expose()))) {
            return error(401, "invalid_request_error", "");
        }
        if (asked.method().equals("GET")) {
            return read(asked);
        }
        String key = asked.header("Idempotency-key").orElse("");
        if (key.isEmpty() || !keys.containsKey(key)) {
            Said said = write(asked);
            keys.put(key, asked.form());
            replies.put(key, said);
            return said;
        }
        return keys.get(key).equals(asked.form()) ? replies.get(key) : error(400, "idempotency_error", "");
    }

    private Said read(Asked asked) throws Exception {
        SortedMap<String, String> query = asked.query();
        return switch (asked.path()) {
            case "/v1/checkout/sessions" ->
                page(
                        sessions.stream()
                                .filter(session -> fits(session, "status", query.get("status")))
                                .filter(session -> fits(session, "payment_intent", query.get("payment_intent"))),
                        query);
            case "/v1/refunds" ->
                page(
                        refunds.stream().filter(refund -> fits(refund, "payment_intent", query.get("payment_intent"))),
                        query);
            case "/v1/payment_intents/search" -> search(query.get("query"));
            default -> one(asked.path().substring("/v1/checkout/sessions/".length()));
        };
    }

    private static boolean fits(Map<String, Object> object, String member, String wanted) {
        return wanted == null || wanted.equals(object.get(member));
    }

    private static Said page(Stream<Map<String, Object>> objects, SortedMap<String, String> query) throws Exception {
        List<Map<String, Object>> all = objects.toList();
        int from = 0;
        if (query.containsKey("starting_after")) {
            while (!all.get(from).get("id").equals(query.get("starting_after"))) {
                from++;
            }
            from++;
        }
        int until = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "10")));
        return ok(Map.of("object", "list", "data", all.subList(from, until), "has_more", until < all.size()));
    }

    private Said search(String query) throws Exception {
        String wanted = query.substring("metadata['payment']:'".length(), query.length() - 1);
        List<Map<String, Object>> found = sessions.stream()
                .filter(session -> session.get("payment_intent") != null && !searchLags)
                .filter(session -> wanted.equalsIgnoreCase((String) session.get("client_reference_id")))
                .map(session -> Map.of(
                        "id",
                        session.get("payment_intent"),
                        "object",
                        "payment_intent",
                        "metadata",
                        session.get("metadata")))
                .toList();
        return ok(Map.of("object", "search_result", "data", found, "has_more", false));
    }

    private Said one(String id) throws Exception {
        Optional<Map<String, Object>> session = session(id);
        return session.isPresent() ? ok(session.get()) : error(404, "invalid_request_error", "resource_missing");
    }

    private Optional<Map<String, Object>> session(String id) {
        return sessions.stream().filter(session -> session.get("id").equals(id)).findFirst();
    }

    private Said write(Asked asked) throws Exception {
        if (asked.path().equals("/v1/refunds")) {
            return refund(asked.form());
        }
        if (asked.path().equals("/v1/checkout/sessions")) {
            return create(asked.form());
        }
        String id = asked.path().replace("/v1/checkout/sessions/", "").replace("/expire", "");
        Map<String, Object> session = session(id).orElseThrow();
        if (!session.get("status").equals("open")) {
            return error(400, "invalid_request_error", "");
        }
        session.put("status", "expired");
        session.put("url", null);
        return ok(session);
    }

    private Said create(SortedMap<String, String> form) throws Exception {
        long inSeconds = form.containsKey("expires_at")
                ? Long.parseLong(form.get("expires_at")) - Instant.now().getEpochSecond()
                : 86_400;
        boolean whole = form.get("mode").equals("payment")
                && form.get("success_url").startsWith("https://")
                && form.get("line_items[0][quantity]").equals("1")
                && !form.get("line_items[0][price_data][product_data][name]").isEmpty();
        if (!whole || inSeconds < 1_800 || inSeconds > 86_400) {
            return error(400, "invalid_request_error", "parameter_invalid");
        }
        String payment = form.get("client_reference_id");
        Map<String, Object> session = add(
                payment,
                Long.parseLong(form.get("line_items[0][price_data][unit_amount]")),
                form.get("line_items[0][price_data][currency]"));
        session.put("metadata", Map.of("payment", form.get("payment_intent_data[metadata][payment]")));
        return ok(session);
    }

    /** An open session, as if opened by somebody. */
    synchronized Map<String, Object> add(String payment, long amount, String currency) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("id", "cs_test_" + sessions.size());
        session.put("client_reference_id", payment);
        session.put("amount_total", amount);
        session.put("currency", currency);
        session.put("metadata", Map.of("payment", payment));
        session.put("payment_intent", null);
        session.put("payment_status", "unpaid");
        session.put("status", "open");
        session.put("url", "https://checkout.stripe.test/c/pay/cs_test_" + sessions.size() + "#fid");
        sessions.add(0, session);
        return session;
    }

    /** The buyer pays; the event that Stripe sends. */
    synchronized String pay(String payment) throws Exception {
        Map<String, Object> session = sessions.stream()
                .filter(candidate -> payment.equals(candidate.get("client_reference_id")))
                .findFirst()
                .orElseThrow();
        session.put("status", "complete");
        session.put("payment_status", "paid");
        session.put("payment_intent", "pi_" + session.get("id"));
        session.put("url", null);
        return StripeSamples.event("checkout.session.completed", JSON.writeValueAsString(session));
    }

    private Said refund(SortedMap<String, String> form) throws Exception {
        String intent = form.get("payment_intent");
        Map<String, Object> session = sessions.stream()
                .filter(candidate -> intent.equals(candidate.get("payment_intent")))
                .findFirst()
                .orElseThrow();
        long back = refunded(intent);
        long paid = ((Number) session.get("amount_total")).longValue();
        if (back == paid) {
            return error(400, "invalid_request_error", "charge_already_refunded");
        }
        if (back + Long.parseLong(form.get("amount")) > paid) {
            return error(400, "invalid_request_error", "");
        }
        return ok(addRefund(intent, Long.parseLong(form.get("amount")), form.get("metadata[refund]"), "succeeded"));
    }

    /** A refund, as if made by somebody. */
    synchronized Map<String, Object> addRefund(String intent, long amount, String reference, String status) {
        Map<String, Object> refund = new LinkedHashMap<>();
        refund.put("id", "re_" + refunds.size());
        refund.put("amount", amount);
        refund.put("payment_intent", intent);
        refund.put("metadata", reference == null ? Map.of() : Map.of("refund", reference));
        refund.put("status", status);
        refunds.add(0, refund);
        return refund;
    }

    synchronized long refunded(String intent) {
        return refunds.stream()
                .filter(refund -> intent.equals(refund.get("payment_intent")))
                .mapToLong(refund -> ((Number) refund.get("amount")).longValue())
                .sum();
    }

    synchronized long refundedInAll() {
        return refunds.stream()
                .mapToLong(refund -> ((Number) refund.get("amount")).longValue())
                .sum();
    }

    /** After a day or more Stripe no longer knows a key. */
    synchronized void forgetKeys() {
        keys.clear();
        replies.clear();
    }

    private static Said ok(Map<String, ?> object) throws Exception {
        return new Said(200, JSON.writeValueAsString(object));
    }

    static Said error(int status, String type, String code) {
        return new Said(
                status,
                "{\"error\":{\"type\":\"" + type + "\",\"message\":\"Never shown: buyer@example.com\""
                        + (code.isEmpty() ? "" : ",\"code\":\"" + code + "\"") + "}}");
    }

    @Override
    public void close() {
        http.close();
    }
}
