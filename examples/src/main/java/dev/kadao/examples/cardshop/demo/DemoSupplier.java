package dev.kadao.examples.cardshop.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.http.Handler;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A supplier of top-ups and keys to play with, under {@code /demo/supplier}. It supplies once for each reference, however
 * often it is asked to; how it answers is chosen by hand.
 */
final class DemoSupplier {
    private static final TextRule NAME = TextRule.printable(64);
    private static final TextRule RECIPIENT = TextRule.printable(128);
    private static final int SLOW_SECONDS = 15;

    private final DemoTables tables;
    private final DemoNotices notices;
    private final Secret secret;
    private final Set<String> soldAsKeys;
    private final InstantSource clock;

    /** @param soldAsKeys the SKUs of which it sells keys, which look like keys and open nothing */
    DemoSupplier(DemoTables tables, DemoNotices notices, Secret secret, Set<String> soldAsKeys, InstantSource clock) {
        this.tables = tables;
        this.notices = notices;
        this.secret = secret;
        this.soldAsKeys = soldAsKeys;
        this.clock = clock;
    }

    private record Work(String reference, String sku, String state, String scope, String supplierOrder, int quantity) {

        Work succeeded() {
            return new Work(reference, sku, "success", scope, supplierOrder, quantity);
        }
    }

    void addRoutes(Router router) {
        router.add("POST", "/demo/supplier/orders", asked(this::order))
                .add("GET", "/demo/supplier/orders/{reference}", asked(this::query));
    }

    private Response order(Request request) {
        Members body = request.json();
        String reference = body.text("reference", NAME);
        String sku = body.text("sku", NAME);
        String recipient = body.text("recipient", RECIPIENT);
        int quantity = body.whole("quantity", 1, 1000);
        String mode = mode();
        Instant done = clock.instant().plusSeconds(SLOW_SECONDS);
        Work work = tables.inTransaction(t -> {
            Optional<Work> known = find(t, reference);
            if (known.isPresent()) {
                return known.get();
            }
            Work fresh = new Work(reference, sku, state(mode), scope(mode), "s_" + reference, quantity);
            t.write(
                    "insert into demo_supplier_order (reference, sku, recipient, quantity, state, scope, supplier_order,"
                            + " done_millis) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    reference,
                    sku,
                    recipient,
                    quantity,
                    fresh.state,
                    fresh.scope,
                    fresh.supplierOrder,
                    done.toEpochMilli());
            // A notice is kept as text until it is sent, and keys lie nowhere in plain: of those the shop asks.
            if (mode.equals("slow") && !soldAsKeys.contains(sku)) {
                ObjectNode later = answer(fresh.succeeded());
                later.put("reference", reference);
                notices.add(t, DemoNotices.OF_SUPPLIER, later, false, done);
            }
            return fresh;
        });
        if (mode.equals("loses-answers")) {
            throw new Problem(500, "The demo's supplier was told to do the work and lose the answer.");
        }
        return Response.json(200, answer(work));
    }

    private Response query(Request request) {
        return tables.inTransaction(t -> {
            Work work = find(t, request.path("reference"))
                    .orElseThrow(() -> Problem.notFound("The supplier has no such order."));
            return Response.json(200, answer(work));
        });
    }

    private static String state(String mode) {
        return switch (mode) {
            case "slow" -> "processing";
            case "declines-order", "declines-all" -> "failed";
            case "partial" -> "partial";
            case "no-proof" -> "no-proof";
            default -> "success";
        };
    }

    private static String scope(String mode) {
        return mode.equals("declines-all") ? "supplier" : "order";
    }

    private ObjectNode answer(Work work) {
        ObjectNode answer = StrictJson.object();
        answer.put("state", work.state.equals("no-proof") ? "success" : work.state);
        answer.put("supplierOrder", work.supplierOrder);
        if (work.state.equals("success")) {
            answer.put("proof", "receipt " + work.supplierOrder);
        }
        if (work.state.equals("success") && soldAsKeys.contains(work.sku)) {
            ArrayNode keys = answer.putArray("keys");
            for (int i = 1; i <= work.quantity; i++) {
                keys.add("DEMO-" + work.sku + "-" + digest(work.reference + ":" + i));
            }
        }
        if (work.state.equals("partial")) {
            answer.put("delivered", work.quantity / 2);
            answer.put("proof", "receipt " + work.supplierOrder);
        }
        if (work.state.equals("failed")) {
            answer.put("scope", work.scope);
            answer.put("reason", "The demo's supplier was told to decline.");
        }
        return answer;
    }

    private Optional<Work> find(DemoTables.Tables t, String reference) throws SQLException {
        return t.readOne(
                "select reference, sku, state, scope, supplier_order, quantity, done_millis from demo_supplier_order"
                        + " where reference = ?",
                row -> new Work(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).equals("processing") && clock.millis() >= row.getLong(7)
                                ? "success"
                                : row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6)),
                reference);
    }

    /** A question of the shop: signed, and unanswered while the supplier plays dead. */
    private Handler asked(Handler handler) {
        return request -> {
            if (!SignedMessage.of(request).isSignedWith(secret, clock.instant())) {
                throw new Problem(401, "The signature is missing or wrong.");
            }
            if (mode().equals("down")) {
                throw new Problem(503, "The demo's supplier was told to be down.");
            }
            return handler.answer(request);
        };
    }

    private String mode() {
        return tables.inTransaction(t -> DemoModes.of(DemoModes.SUPPLIER, t));
    }

    /** Keys are made anew from the order each time they are asked for: nothing of them is kept. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
