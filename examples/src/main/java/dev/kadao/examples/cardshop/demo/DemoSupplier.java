package dev.kadao.examples.cardshop.demo;

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
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A supplier of top-ups to play with, under {@code /demo/supplier}. It tops up once for each reference, however often
 * it is asked to; how it answers is chosen by hand.
 */
final class DemoSupplier {
    private static final TextRule NAME = TextRule.printable(64);
    private static final TextRule RECIPIENT = TextRule.printable(128);
    private static final int SLOW_SECONDS = 15;

    private final DemoTables tables;
    private final DemoNotices notices;
    private final Secret secret;
    private final InstantSource clock;

    DemoSupplier(DemoTables tables, DemoNotices notices, Secret secret, InstantSource clock) {
        this.tables = tables;
        this.notices = notices;
        this.secret = secret;
        this.clock = clock;
    }

    private record Work(String reference, String state, String scope, String supplierOrder, int quantity) {}

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
            Work fresh = new Work(reference, state(mode), scope(mode), "s_" + reference, quantity);
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
            if (mode.equals("slow")) {
                ObjectNode later = answer(new Work(reference, "success", "order", fresh.supplierOrder, quantity));
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

    private static ObjectNode answer(Work work) {
        ObjectNode answer = StrictJson.object();
        answer.put("state", work.state.equals("no-proof") ? "success" : work.state);
        answer.put("supplierOrder", work.supplierOrder);
        if (work.state.equals("success")) {
            answer.put("proof", "receipt " + work.supplierOrder);
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
                "select reference, state, scope, supplier_order, quantity, done_millis from demo_supplier_order"
                        + " where reference = ?",
                row -> new Work(
                        row.getString(1),
                        row.getString(2).equals("processing") && clock.millis() >= row.getLong(6)
                                ? "success"
                                : row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5)),
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
}
