package dev.kadao.examples.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * An invented gateway: JSON over HTTP, each message signed with a shared secret and its time. Thread-safe; keeps no state
 * but pooled connections.
 */
public final class LanternPay implements PaymentGateway {
    private static final Traits TRAITS = new Traits(new GatewayTerms(true, true, true, true), false);
    private static final NoticeReply STORED = NoticeReply.text(200, "ok");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "again");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "unauthorized");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "bad request");

    private final Secret secret;
    private final LanternCalls calls;

    public LanternPay(URI endpoint, Secret secret, Duration limit) {
        this.secret = secret;
        this.calls = new LanternCalls(endpoint, secret, limit);
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        if (!LanternSignature.isGood(notice, secret)) {
            return new NoticeReading.Forged("signature or time is missing or wrong", NOT_BELIEVED);
        }
        try {
            JsonNode json = LanternJson.read(notice.body().toArray());
            String payment = LanternJson.text(json, "reference");
            return new NoticeReading.Genuine(payment, word(json), STORED, NOT_STORED);
        } catch (LanternJson.Unreadable | InvalidValueException e) {
            return new NoticeReading.Forged("signed, but unreadable", NOT_READ);
        }
    }

    private static PaymentWord word(JsonNode json) throws LanternJson.Unreadable {
        return switch (LanternJson.text(json, "status")) {
            case "paid" -> new PaymentWord.Paid(LanternJson.text(json, "trade"), money(json));
            case "reversed" -> new PaymentWord.MovedBack(LanternJson.text(json, "trade"), money(json));
            case "closed" -> new PaymentWord.Closed();
            // A status of tomorrow says nothing about money: the payment stays open and is asked about.
            default -> new PaymentWord.Pending();
        };
    }

    private static Money money(JsonNode json) throws LanternJson.Unreadable {
        return Money.parse(LanternJson.text(json, "amount"), Currency.of(LanternJson.text(json, "currency")));
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        LanternCalls.Reply reply = calls.post(
                "/payments",
                Map.of(
                        "reference", request.payment().toString(),
                        "amount", request.amount().toDecimal(),
                        "currency", request.amount().currency().code(),
                        "expires", request.deadline().toString()),
                deadline);
        try {
            return switch (reply.status()) {
                case 200 -> new OpenAnswer.Opened(PayWith.redirect(LanternJson.text(reply.json(), "url")));
                case 422 -> new OpenAnswer.Refused("the gateway takes no such payment");
                default -> new OpenAnswer.Unknown(reply.why());
            };
        } catch (LanternJson.Unreadable | InvalidValueException e) {
            return new OpenAnswer.Unknown("the answer cannot be read");
        }
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        LanternCalls.Reply reply = calls.get("/payments/" + payment);
        try {
            return switch (reply.status()) {
                case 200 -> word(reply.json());
                case 404 -> new PaymentWord.NotFound();
                default -> new PaymentWord.Unknown(reply.why());
            };
        } catch (LanternJson.Unreadable | InvalidValueException e) {
            return new PaymentWord.Unknown("the answer cannot be read");
        }
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        LanternCalls.Reply reply =
                calls.post("/payments/" + payment + "/close", Map.of(), Deadline.in(Duration.ofMinutes(1)));
        try {
            if (reply.status() != 200) {
                return new CloseAnswer.Unknown(reply.why());
            }
            return switch (LanternJson.text(reply.json(), "status")) {
                case "closed" -> new CloseAnswer.Closed();
                case "paid" -> new CloseAnswer.AlreadyPaid();
                default -> new CloseAnswer.Unknown("neither closed nor paid");
            };
        } catch (LanternJson.Unreadable e) {
            return new CloseAnswer.Unknown("the answer cannot be read");
        }
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        LanternCalls.Reply reply = calls.post(
                "/refunds",
                Map.of(
                        "reference", request.refund().toString(),
                        "payment", request.payment().toString(),
                        "trade", request.tradeNumber(),
                        "amount", request.amount().toDecimal(),
                        "currency", request.amount().currency().code()),
                deadline);
        return refundAnswer(reply);
    }

    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        LanternCalls.Reply reply = calls.get("/refunds/" + refund);
        return reply.status() == 404 ? new RefundAnswer.NotFound() : refundAnswer(reply);
    }

    private static RefundAnswer refundAnswer(LanternCalls.Reply reply) {
        try {
            if (reply.status() != 200) {
                return new RefundAnswer.Unknown(reply.why());
            }
            return switch (LanternJson.text(reply.json(), "status")) {
                case "done" -> new RefundAnswer.Refunded();
                case "pending" -> new RefundAnswer.Pending();
                case "declined" -> new RefundAnswer.Declined("the gateway declined");
                default -> new RefundAnswer.Unknown("a status that is not known");
            };
        } catch (LanternJson.Unreadable e) {
            return new RefundAnswer.Unknown("the answer cannot be read");
        }
    }

    @Override
    public String toString() {
        return "LanternPay(" + calls + ")";
    }
}
