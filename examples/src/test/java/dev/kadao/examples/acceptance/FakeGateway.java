package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sandbox gateway's own side: what was paid, closed and refunded there. Refunds are idempotent by reference.
 * Its records live in the test's process and so survive every death of the shop. Thread-safe.
 */
final class FakeGateway implements AutoCloseable {
    /** What the gateway does with one call for a refund. */
    enum RefundBehaviour {
        REFUND,
        REFUND_BUT_LOSE_THE_REPLY,
        PEND,
        DECLINE,
        FAIL
    }

    /** A refund that the gateway knows of. */
    record Refund(String reference, String payment, String amount, String currency, String status) {}

    private static final AtomicInteger TRADES = new AtomicInteger();

    private final String secret = "sandbox-gateway-secret-41fe";
    private final SignedEndpoint endpoint = new SignedEndpoint("gateway", secret, this::answer);
    private final Map<String, ObjectNode> payments = new HashMap<>();
    private final Map<String, BigDecimal> received = new HashMap<>();
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, Deque<RefundBehaviour>> refundScripts = new HashMap<>();
    private final List<String> closed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    String secret() {
        return secret;
    }

    URI uri() {
        return endpoint.uri();
    }

    List<String> violations() {
        return endpoint.violations();
    }

    /** From now on the gateway refuses connections. */
    void closePort() {
        endpoint.closePort();
    }

    void reopenPort() {
        endpoint.reopenPort();
    }

    /** The buyer pays under a new trade number; the notice of it is not sent by this. */
    synchronized SandboxNotice pay(String payment, String amount, String currency) {
        String trade = "t" + TRADES.incrementAndGet();
        received.merge(payment, new BigDecimal(amount), BigDecimal::add);
        payments.put(payment, state("paid", trade, amount, currency));
        return SandboxNotice.of(payment, trade, "paid", amount, currency);
    }

    /** The gateway gives the money back by itself, at its own console. */
    synchronized SandboxNotice moneyMovedBack(SandboxNotice paid) {
        payments.put(paid.payment(), state("refunded", paid.tradeNumber(), paid.amount(), paid.currency()));
        received.put(paid.payment(), BigDecimal.ZERO);
        return SandboxNotice.of(paid.payment(), paid.tradeNumber(), "refunded", paid.amount(), paid.currency());
    }

    synchronized void whenRefunding(String payment, RefundBehaviour... behaviours) {
        refundScripts.put(payment, new ArrayDeque<>(Arrays.asList(behaviours)));
    }

    /** A refund that was pending is done now. */
    synchronized void finishRefunds(String payment) {
        refunds.replaceAll((reference, refund) -> refund.payment().equals(payment)
                ? new Refund(reference, payment, refund.amount(), refund.currency(), "refunded")
                : refund);
    }

    /** The refunds of {@code payment}, each reference once. */
    synchronized List<Refund> refunds(String payment) {
        return refunds.values().stream()
                .filter(refund -> refund.payment().equals(payment))
                .toList();
    }

    synchronized List<Refund> refunds() {
        return List.copyOf(refunds.values());
    }

    synchronized boolean wasClosed(String payment) {
        return closed.contains(payment);
    }

    synchronized int timesAsked(String payment) {
        return (int) asked.stream().filter(payment::equals).count();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private synchronized WireAnswer answer(String method, String path, String body) {
        String[] parts = path.substring(1).split("/", -1);
        String call = method + " " + parts[0] + " " + parts.length;
        return switch (call) {
            case "GET payments 2" -> query(parts[1]);
            case "POST payments 3" -> close(parts[1], parts[2]);
            case "POST refunds 1" -> refund(Json.read(body));
            case "GET refunds 2" -> queryRefund(parts[1]);
            default -> misused(method + " " + path);
        };
    }

    private WireAnswer misused(String call) {
        endpoint.violated("was called with " + call);
        return WireAnswer.status(404);
    }

    private WireAnswer query(String payment) {
        asked.add(payment);
        ObjectNode known = payments.get(payment);
        return known == null ? WireAnswer.status(404) : WireAnswer.reply(known);
    }

    private WireAnswer close(String payment, String verb) {
        if (!verb.equals("close")) {
            return misused("POST payments/" + payment + "/" + verb);
        }
        if (received.containsKey(payment)) {
            return WireAnswer.reply(Json.object().put("status", "paid"));
        }
        closed.add(payment);
        return WireAnswer.reply(Json.object().put("status", "closed"));
    }

    private WireAnswer refund(JsonNode body) {
        String reference = body.path("reference").asText();
        Refund wanted = new Refund(
                reference,
                body.path("payment").asText(),
                body.path("amount").asText(),
                body.path("currency").asText(),
                "refunded");
        Refund known = refunds.get(reference);
        if (known != null) {
            checkSame(known, wanted);
            return WireAnswer.reply(Json.object().put("status", known.status()));
        }
        checkCovered(wanted);
        return carryOut(wanted, next(wanted.payment()));
    }

    private RefundBehaviour next(String payment) {
        Deque<RefundBehaviour> script = refundScripts.get(payment);
        if (script == null) {
            return RefundBehaviour.REFUND;
        }
        return script.size() > 1 ? script.removeFirst() : script.getFirst();
    }

    private WireAnswer carryOut(Refund refund, RefundBehaviour behaviour) {
        return switch (behaviour) {
            case REFUND -> keep(refund, "refunded");
            case PEND -> keep(refund, "pending");
            case DECLINE -> keep(refund, "declined");
            case REFUND_BUT_LOSE_THE_REPLY -> {
                keep(refund, "refunded");
                yield WireAnswer.drop();
            }
            case FAIL -> WireAnswer.status(503);
        };
    }

    private WireAnswer keep(Refund refund, String status) {
        refunds.put(
                refund.reference(),
                new Refund(refund.reference(), refund.payment(), refund.amount(), refund.currency(), status));
        return WireAnswer.reply(Json.object().put("status", status));
    }

    private void checkSame(Refund known, Refund wanted) {
        boolean same = known.payment().equals(wanted.payment())
                && known.amount().equals(wanted.amount())
                && known.currency().equals(wanted.currency());
        if (!same) {
            endpoint.violated("got refund " + wanted.reference() + " with two contents: " + known + " and " + wanted);
        }
    }

    private void checkCovered(Refund wanted) {
        BigDecimal sum = refunds(wanted.payment()).stream()
                .filter(refund -> !refund.status().equals("declined"))
                .map(refund -> new BigDecimal(refund.amount()))
                .reduce(new BigDecimal(wanted.amount()), BigDecimal::add);
        BigDecimal had = received.getOrDefault(wanted.payment(), BigDecimal.ZERO);
        if (sum.compareTo(had) > 0) {
            endpoint.violated("was told to pay back " + sum + " of " + wanted.payment() + ", which brought " + had);
        }
    }

    private WireAnswer queryRefund(String reference) {
        Refund known = refunds.get(reference);
        return known == null
                ? WireAnswer.status(404)
                : WireAnswer.reply(Json.object().put("status", known.status()));
    }

    private static ObjectNode state(String status, String trade, String amount, String currency) {
        return Json.object()
                .put("status", status)
                .put("tradeNumber", trade)
                .put("amount", amount)
                .put("currency", currency);
    }
}
