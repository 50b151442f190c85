package dev.kadao.examples.cardshop.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.config.Amount;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A payment gateway to play with: somebody pays there, and how it tells the shop is chosen by hand. Under
 * {@code /demo/gateway} it answers the sandbox gateway's questions.
 */
final class DemoGateway {
    private static final TextRule NAME = TextRule.printable(64);
    private static final TextRule PLAY =
            TextRule.oneOf(List.of("notify", "delay", "drop", "repeat", "forge", "short", "over"));
    private static final int DELAY_SECONDS = 20;

    private final DemoTables tables;
    private final DemoNotices notices;
    private final Secret secret;
    private final InstantSource clock;

    DemoGateway(DemoTables tables, DemoNotices notices, Secret secret, InstantSource clock) {
        this.tables = tables;
        this.notices = notices;
        this.secret = secret;
        this.clock = clock;
    }

    void addRoutes(Router router) {
        router.add("POST", "/demo/pay", this::pay)
                .add("GET", "/demo/gateway/payments/{payment}", asked(this::query))
                .add("POST", "/demo/gateway/payments/{payment}/close", asked(this::close))
                .add("POST", "/demo/gateway/refunds", asked(this::refund))
                .add("GET", "/demo/gateway/refunds/{reference}", asked(this::queryRefund));
    }

    /** Somebody pays on the demo's page; {@code play} is how the gateway tells the shop. */
    private Response pay(Request request) {
        Members body = request.json();
        String payment = body.text("payment", NAME);
        Amount amount = amount(body);
        String play = body.text("play", PLAY);
        Instant now = clock.instant();
        tables.inTransaction(t -> {
            if (play.equals("forge")) {
                notices.add(t, DemoNotices.TO_SHOP, notice(payment, "forged", amount, now), true, now);
                return 1;
            }
            Amount paid = played(amount, play);
            String trade = "t_" + payment;
            if (status(t, payment).isPresent()) {
                throw Problem.conflict("The payment " + payment + " is already "
                        + status(t, payment).get() + " at the gateway; open a further payment.");
            }
            t.write(
                    "insert into demo_payment (payment, status, amount, currency, trade_number) values (?, 'paid', ?, ?, ?)",
                    payment,
                    paid.decimal(),
                    paid.currency(),
                    trade);
            int copies = play.equals("drop") ? 0 : play.equals("repeat") ? 3 : 1;
            Instant due = play.equals("delay") ? now.plusSeconds(DELAY_SECONDS) : now;
            for (int copy = 0; copy < copies; copy++) {
                notices.add(t, DemoNotices.TO_SHOP, notice(payment, trade, paid, now), false, due);
            }
            return copies;
        });
        notices.sendDueSoon();
        ObjectNode answer = StrictJson.object();
        answer.put("payment", payment);
        answer.put("play", play);
        return Response.json(200, answer);
    }

    private static Amount played(Amount amount, String play) {
        return switch (play) {
            case "short" -> new Amount(Math.max(amount.minorUnits() - 1, 1), amount.currency(), amount.decimals());
            case "over" -> new Amount(amount.minorUnits() + 1, amount.currency(), amount.decimals());
            default -> amount;
        };
    }

    private static ObjectNode notice(String payment, String trade, Amount amount, Instant at) {
        ObjectNode notice = StrictJson.object();
        notice.put("noticeId", "n_" + trade);
        notice.put("payment", payment);
        notice.put("tradeNumber", trade);
        notice.put("status", "paid");
        notice.put("amount", amount.decimal());
        notice.put("currency", amount.currency());
        notice.put("at", at.toString());
        return notice;
    }

    private Response query(Request request) {
        return tables.inTransaction(t -> t.readOne(
                        "select status, trade_number, amount, currency from demo_payment where payment = ?",
                        row -> {
                            ObjectNode answer = StrictJson.object();
                            answer.put("status", row.getString(1));
                            answer.put("tradeNumber", row.getString(2));
                            answer.put("amount", row.getString(3));
                            answer.put("currency", row.getString(4));
                            return Response.json(200, answer);
                        },
                        request.path("payment"))
                .orElseThrow(() -> Problem.notFound("The gateway has no such payment.")));
    }

    private Response close(Request request) {
        String payment = request.path("payment");
        return tables.inTransaction(t -> {
            if (status(t, payment).isEmpty()) {
                t.write(
                        "insert into demo_payment (payment, status, amount, currency, trade_number)"
                                + " values (?, 'closed', '0', '', '')",
                        payment);
            }
            return state(status(t, payment).orElseThrow());
        });
    }

    private Response refund(Request request) {
        Members body = request.json();
        String reference = body.text("reference", NAME);
        String payment = body.text("payment", NAME);
        Amount amount = amount(body);
        return tables.inTransaction(t -> {
            if (refundStatus(t, reference).isEmpty()) {
                boolean declined = DemoModes.of(DemoModes.GATEWAY, t).equals("declines-refunds")
                        || !status(t, payment).equals(Optional.of("paid"));
                t.write(
                        "insert into demo_refund (reference, payment, status, amount, currency) values (?, ?, ?, ?, ?)",
                        reference,
                        payment,
                        declined ? "declined" : "refunded",
                        amount.decimal(),
                        amount.currency());
            }
            return state(refundStatus(t, reference).orElseThrow());
        });
    }

    private Response queryRefund(Request request) {
        return tables.inTransaction(t -> state(refundStatus(t, request.path("reference"))
                .orElseThrow(() -> Problem.notFound("The gateway has no such refund."))));
    }

    /** A question of the shop: signed, and unanswered while the gateway plays dead. */
    private Handler asked(Handler handler) {
        return request -> {
            if (!SignedMessage.of(request).isSignedWith(secret, clock.instant())) {
                throw new Problem(401, "The signature is missing or wrong.");
            }
            if (tables.inTransaction(t -> DemoModes.of(DemoModes.GATEWAY, t)).equals("down")) {
                throw new Problem(503, "The demo's gateway was told to be down.");
            }
            return handler.answer(request);
        };
    }

    private static Optional<String> status(DemoTables.Tables t, String payment) throws SQLException {
        return t.readOne("select status from demo_payment where payment = ?", DemoGateway::first, payment);
    }

    private static Optional<String> refundStatus(DemoTables.Tables t, String reference) throws SQLException {
        return t.readOne("select status from demo_refund where reference = ?", DemoGateway::first, reference);
    }

    private static String first(ResultSet row) throws SQLException {
        return row.getString(1);
    }

    private static Response state(String status) {
        return Response.json(200, StrictJson.object().put("status", status));
    }

    private static Amount amount(Members body) {
        try {
            return Amount.parse(body.text("currency", NAME), body.text("amount", NAME));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("'amount' or 'currency' cannot be read: " + e.getMessage() + ".");
        }
    }
}
