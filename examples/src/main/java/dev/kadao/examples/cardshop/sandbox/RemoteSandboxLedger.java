package dev.kadao.examples.cardshop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.examples.cardshop.sandbox.SignedCalls.NoReplyException;
import dev.kadao.examples.cardshop.sandbox.SignedCalls.Reply;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The ledger behind {@code gateway.sandbox.endpoint}, asked over signed HTTP. Any answer it does not know is unknown. */
public final class RemoteSandboxLedger implements SandboxLedger {
    private static final TextRule STATUS_OF_CLOSING = TextRule.oneOf(List.of("closed", "paid"));
    private static final TextRule STATUS_OF_REFUND = TextRule.oneOf(List.of("refunded", "pending", "declined"));

    private final SignedCalls calls;

    /** @param limit of one call, from connecting to the last byte */
    public RemoteSandboxLedger(URI endpoint, Secret secret, Duration limit, InstantSource clock) {
        this.calls = new SignedCalls(endpoint, secret, limit, clock);
    }

    @Override
    public PaymentWord payment(PaymentId payment) {
        try {
            Reply reply = calls.get("/payments/" + payment);
            return reply.status() == 404 ? new PaymentWord.NotFound() : SandboxNotice.word(members(reply));
        } catch (NoReplyException | Problem e) {
            return new PaymentWord.Unknown(why(e));
        }
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        try {
            Reply reply = calls.post("/payments/" + payment + "/close", new byte[0]);
            return members(reply).text("status", STATUS_OF_CLOSING).equals("closed")
                    ? new CloseAnswer.Closed()
                    : new CloseAnswer.AlreadyPaid();
        } catch (NoReplyException | Problem e) {
            return new CloseAnswer.Unknown(why(e));
        }
    }

    @Override
    public RefundAnswer refund(RefundRequest request) {
        ObjectNode body = StrictJson.object();
        body.put("reference", request.refund().toString());
        body.put("payment", request.payment().toString());
        body.put("amount", request.amount().toDecimal());
        body.put("currency", request.amount().currency().code());
        try {
            return refundAnswer(calls.post("/refunds", StrictJson.bytes(body)));
        } catch (NoReplyException | Problem e) {
            return new RefundAnswer.Unknown(why(e));
        }
    }

    @Override
    public RefundAnswer refundStatus(RefundId refund) {
        try {
            Reply reply = calls.get("/refunds/" + refund);
            return reply.status() == 404 ? new RefundAnswer.NotFound() : refundAnswer(reply);
        } catch (NoReplyException | Problem e) {
            return new RefundAnswer.Unknown(why(e));
        }
    }

    private static RefundAnswer refundAnswer(Reply reply) {
        return switch (members(reply).text("status", STATUS_OF_REFUND)) {
            case "refunded" -> new RefundAnswer.Refunded();
            case "pending" -> new RefundAnswer.Pending();
            default -> new RefundAnswer.Declined("the sandbox declined the refund");
        };
    }

    private static Members members(Reply reply) {
        if (reply.status() != 200) {
            throw new Problem(502, "status " + reply.status());
        }
        return StrictJson.read(reply.body().toArray());
    }

    private static String why(Exception e) {
        return e instanceof Problem problem ? problem.detail() : String.valueOf(e.getMessage());
    }
}
