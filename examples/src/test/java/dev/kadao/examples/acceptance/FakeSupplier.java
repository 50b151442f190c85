package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A supplier of the shop's reference protocol. Idempotent by reference; counts how often goods were really handed over.
 * What it does follows from the recipient, which a test chooses, since the shop alone chooses references. Its records
 * live in the test's process and so survive every death of the shop. Thread-safe.
 */
final class FakeSupplier implements AutoCloseable {
    /** An order as the shop sent it. */
    record Request(String reference, String sku, String recipient, int quantity, String amount, String currency) {}

    private final String name;
    private final String secret;
    private final SignedEndpoint endpoint;
    private final List<Request> requests = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();
    private final Map<String, Request> accepted = new HashMap<>();
    private final Map<String, ObjectNode> records = new HashMap<>();
    private final Map<String, Integer> executions = new HashMap<>();
    private final Map<String, Deque<Behaviour>> scripts = new HashMap<>();
    private final Map<String, WireAnswer> queryAnswers = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final boolean notFoundIsFinal;
    private Function<Request, Behaviour> rule = request -> Behaviour.succeed();
    private List<String> lastSold = List.of();
    private String keyMark = "SOLD-";

    FakeSupplier(String name) {
        this(name, false);
    }

    /** @param notFoundIsFinal whether it keeps to that: an order that comes in after all is not carried out */
    FakeSupplier(String name, boolean notFoundIsFinal) {
        this.name = name;
        this.notFoundIsFinal = notFoundIsFinal;
        this.secret = "supplier-secret-of-" + name + "-7b1c";
        this.endpoint = new SignedEndpoint("supplier " + name, secret, this::answer);
    }

    String name() {
        return name;
    }

    String secret() {
        return secret;
    }

    URI uri() {
        return endpoint.uri();
    }

    List<String> violations() {
        return endpoint.violations();
    }

    /** Orders for {@code recipient} are treated so, one after the other; the last one stays. */
    synchronized void when(String recipient, Behaviour... behaviours) {
        scripts.put(recipient, new ArrayDeque<>(Arrays.asList(behaviours)));
    }

    /** Orders for whose recipient nothing was said are treated by this rule. */
    synchronized void otherwise(Function<Request, Behaviour> wanted) {
        rule = wanted;
    }

    /** Questions about orders for {@code recipient} get this answer, whatever the records say. */
    synchronized void answerQueries(String recipient, WireAnswer answer) {
        queryAnswers.put(recipient, answer);
    }

    synchronized void answerQueriesHonestly(String recipient) {
        queryAnswers.remove(recipient);
    }

    void closePort() {
        endpoint.closePort();
    }

    void reopenPort() {
        endpoint.reopenPort();
    }

    /** When each order that came in was signed, by its reference. */
    Map<String, List<Instant>> signedTimes() {
        return endpoint.arrivals().stream()
                .filter(arrival -> arrival.method().equals("POST"))
                .collect(Collectors.groupingBy(
                        arrival -> Json.read(arrival.body()).path("reference").asText(),
                        Collectors.mapping(SignedEndpoint.Arrival::signed, Collectors.toList())));
    }

    /** How often goods were handed over, by recipient. */
    synchronized Map<String, Integer> executionsByRecipient() {
        Map<String, Integer> counts = new HashMap<>();
        accepted.forEach((reference, request) ->
                counts.merge(request.recipient(), executions.getOrDefault(reference, 0), Integer::sum));
        return counts;
    }

    /** Everything the shop sent for {@code recipient}, repetitions included. */
    synchronized List<Request> requests(String recipient) {
        return requests.stream()
                .filter(request -> request.recipient().equals(recipient))
                .toList();
    }

    /** The different references the shop used for {@code recipient}, in order. */
    synchronized List<String> references(String recipient) {
        return requests(recipient).stream().map(Request::reference).distinct().toList();
    }

    synchronized int queries(String reference) {
        return (int) queries.stream().filter(reference::equals).count();
    }

    /** How often goods were handed over to {@code recipient}, over all references. */
    synchronized int executions(String recipient) {
        return references(recipient).stream()
                .mapToInt(reference -> executions.getOrDefault(reference, 0))
                .sum();
    }

    /** Completes an order that was being processed. */
    synchronized void complete(String reference) {
        execute(reference, Behaviour.Outcome.SUCCEED);
    }

    /** Sells the keys of an order that was being processed, or sold too few of. */
    synchronized void sell(String reference) {
        execute(reference, Behaviour.Outcome.SELL_KEYS);
    }

    /** What the keys begin with that it sells from now on. */
    synchronized void marksKeys(String mark) {
        keyMark = mark;
    }

    /** Gives up an order that was being processed. */
    synchronized void giveUp(String reference) {
        records.put(reference, failed("order"));
    }

    /** The notice that tells the present state of {@code reference}. */
    synchronized String notice(String reference) {
        ObjectNode known = records.get(reference);
        if (known == null) {
            throw new AssertionError("The supplier " + name + " knows nothing of " + reference + " to tell.");
        }
        return known.deepCopy().put("reference", reference).toString();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private synchronized WireAnswer answer(String method, String path, String body) {
        if (method.equals("POST") && path.equals("/orders")) {
            return order(Json.read(body));
        }
        if (method.equals("GET") && path.startsWith("/orders/")) {
            return query(path.substring("/orders/".length()));
        }
        endpoint.violated("was called with " + method + " " + path);
        return WireAnswer.status(404);
    }

    private WireAnswer order(JsonNode body) {
        Request request = parse(body);
        requests.add(request);
        if (denied.contains(request.reference())) {
            return WireAnswer.status(410);
        }
        Request earlier = accepted.putIfAbsent(request.reference(), request);
        if (earlier != null && !earlier.equals(request)) {
            endpoint.violated("got " + request.reference() + " with two contents: " + earlier + " and " + request);
        }
        ObjectNode known = records.get(request.reference());
        if (known != null && !known.path("scope").asText().equals("supplier")) {
            return WireAnswer.reply(known);
        }
        Behaviour behaviour = next(request);
        execute(request.reference(), behaviour.outcome());
        return seen(request.reference(), behaviour.transport());
    }

    private Request parse(JsonNode body) {
        for (String member : List.of("reference", "sku", "recipient", "amount", "currency")) {
            if (!body.path(member).isTextual()) {
                endpoint.violated("got an order without a textual " + member + ": " + body);
            }
        }
        if (!body.path("quantity").isIntegralNumber()) {
            endpoint.violated("got an order without a whole quantity: " + body);
        }
        return new Request(
                body.path("reference").asText(),
                body.path("sku").asText(),
                body.path("recipient").asText(),
                body.path("quantity").asInt(),
                body.path("amount").asText(),
                body.path("currency").asText());
    }

    private Behaviour next(Request request) {
        Deque<Behaviour> script = scripts.get(request.recipient());
        if (script == null) {
            return rule.apply(request);
        }
        return script.size() > 1 ? script.removeFirst() : script.getFirst();
    }

    private void execute(String reference, Behaviour.Outcome outcome) {
        switch (outcome) {
            case SUCCEED -> {
                executions.merge(reference, 1, Integer::sum);
                records.put(reference, state("success", reference).put("proof", "receipt-" + reference));
            }
            case SUCCEED_WITHOUT_PROOF -> records.put(reference, state("success", reference));
            case SUCCEED_WITH_BLANK_PROOF ->
                records.put(reference, state("success", reference).put("proof", "  "));
            case SELL_KEYS -> {
                executions.merge(reference, 1, Integer::sum);
                lastSold = sold(reference);
                records.put(reference, selling(reference, lastSold));
            }
            case SELL_TOO_FEW_KEYS ->
                records.put(reference, selling(reference, sold(reference).subList(1, quantity(reference))));
            case SELL_BLANK_KEYS ->
                records.put(reference, selling(reference, Collections.nCopies(quantity(reference), " ")));
            case SELL_OLD_KEYS -> records.put(reference, selling(reference, lastSold));
            case PROCESS -> records.put(reference, state("processing", reference));
            case PARTIAL -> records.put(reference, state("partial", reference).put("delivered", 1));
            case FAIL_ORDER -> records.put(reference, failed("order"));
            case FAIL_UNSCOPED -> records.put(reference, failed("").without(List.of("scope")));
            case FAIL_SUPPLIER -> records.put(reference, failed("supplier"));
            case NEVER_ARRIVED -> {
                // nothing is known of it later
            }
        }
    }

    private int quantity(String reference) {
        return accepted.get(reference).quantity();
    }

    private List<String> sold(String reference) {
        return IntStream.rangeClosed(1, quantity(reference))
                .mapToObj(number -> keyMark + reference + "-" + number)
                .toList();
    }

    private static ObjectNode selling(String reference, List<String> keys) {
        ObjectNode answer = state("success", reference);
        keys.forEach(answer.putArray("keys")::add);
        return answer;
    }

    private static ObjectNode state(String state, String reference) {
        return Json.object().put("state", state).put("supplierOrder", "so-" + reference);
    }

    private static ObjectNode failed(String scope) {
        return Json.object().put("state", "failed").put("scope", scope).put("reason", "no such number");
    }

    private WireAnswer seen(String reference, Behaviour.Transport transport) {
        return switch (transport) {
            case ANSWER -> {
                ObjectNode known = records.get(reference);
                yield known == null ? WireAnswer.status(404) : WireAnswer.reply(known);
            }
            case HOLD -> WireAnswer.hold();
            case DROP -> WireAnswer.drop();
            case ERROR -> WireAnswer.status(503);
            case UNREADABLE -> WireAnswer.unreadable();
        };
    }

    private WireAnswer query(String reference) {
        queries.add(reference);
        Request request = accepted.get(reference);
        if (request != null && queryAnswers.containsKey(request.recipient())) {
            return queryAnswers.get(request.recipient());
        }
        ObjectNode known = records.get(reference);
        if (known == null && notFoundIsFinal) {
            denied.add(reference);
        }
        return known == null ? WireAnswer.status(404) : WireAnswer.reply(known);
    }
}
