package dev.kadao.gateways.stripe;

import dev.kadao.gateways.stripe.StripeApi.Done;
import dev.kadao.gateways.stripe.StripeApi.Failed;
import dev.kadao.gateways.stripe.StripeApi.Reply;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refunds (docs.stripe.com/api/refunds). Stripe forgets idempotency keys after a day or more
 * (docs.stripe.com/api/idempotent_requests), so each is looked for among the refunds of its payment intent, by the refund
 * id in its metadata, before it is sent under that key: within the day the key keeps a second one away, later the list
 * does.
 */
final class Refunds {
    private static final String PATH = "/v1/refunds";
    private static final int MOST_PAGES = 5;

    /** Errors that say that this charge cannot be refunded, now or later (docs.stripe.com/error-codes). */
    private static final Set<String> FINAL =
            Set.of("charge_already_refunded", "charge_disputed", "charge_not_refundable", "refund_disputed_payment");

    private Refunds() {}

    static RefundAnswer send(StripeApi.Call call, RefundRequest request, Deadline deadline) {
        Optional<Long> units = StripeMoney.sent(request.amount());
        if (units.isEmpty()) {
            return new RefundAnswer.Declined("Stripe has no such amount as " + request.amount());
        }
        if (request.tradeNumber().startsWith("cs_")) {
            return new RefundAnswer.Declined("the payment has no payment intent at Stripe that a refund could name");
        }
        if (deadline.isExpired()) {
            return new RefundAnswer.Unknown("the send deadline had passed before connecting");
        }
        Pages.Walk<StrictJson> known = listed(call, request.tradeNumber(), request.refund());
        if (known instanceof Pages.Found<StrictJson> found) {
            return ofAmount(found.object(), units.get());
        }
        if (!(known instanceof Pages.End<StrictJson>)) {
            return new RefundAnswer.Unknown("not sent, since it may have been before: " + why(known));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("payment_intent", request.tradeNumber());
        form.put("amount", String.valueOf(units.get()));
        form.put("metadata[" + Ids.REFUND + "]", request.refund().toString());
        form.put("metadata[" + Ids.PAYMENT + "]", request.payment().toString());
        Reply reply = call.post(PATH, form, request.refund().toString(), deadline);
        if (reply instanceof Done done) {
            return ofAmount(done.json(), units.get());
        }
        Failed failed = (Failed) reply;
        return failed.status() == 400 && FINAL.contains(failed.code())
                ? new RefundAnswer.Declined(failed.why())
                : new RefundAnswer.Unknown(failed.why());
    }

    static RefundAnswer query(StripeApi.Call call, RefundId refund, PaymentId payment) {
        List<String> intents = intents(call, payment);
        for (String intent : intents) {
            Pages.Walk<StrictJson> known = listed(call, intent, refund);
            if (known instanceof Pages.Found<StrictJson> found) {
                return answer(found.object());
            }
            if (!(known instanceof Pages.End<StrictJson>)) {
                return new RefundAnswer.Unknown(why(known));
            }
        }
        return intents.isEmpty()
                ? new RefundAnswer.Unknown("no payment intent of " + payment + " is found")
                : new RefundAnswer.NotFound();
    }

    private static List<String> intents(StripeApi.Call call, PaymentId payment) {
        List<String> intents = Sessions.intents(call, payment);
        if (!intents.isEmpty()) {
            return intents;
        }
        if (Sessions.find(call, payment) instanceof Pages.Found<Session> found
                && found.object().word() instanceof PaymentWord.Paid paid) {
            return List.of(paid.tradeNumber());
        }
        return List.of();
    }

    private static Pages.Walk<StrictJson> listed(StripeApi.Call call, String intent, RefundId refund) {
        return Pages.through(call, PATH, Map.of("payment_intent", intent), MOST_PAGES, page -> {
            for (StrictJson json : page) {
                if (Ids.inMetadata(json, Ids.REFUND).equals(Optional.of(refund.toString()))) {
                    return Optional.of(json);
                }
            }
            return Optional.empty();
        });
    }

    private static String why(Pages.Walk<StrictJson> walk) {
        return walk instanceof Pages.Unclear<StrictJson> unclear
                ? unclear.why()
                : "the payment intent has over " + MOST_PAGES * Pages.SIZE + " refunds";
    }

    private static RefundAnswer ofAmount(StrictJson refund, long units) {
        try {
            boolean ours = refund.amount("amount").equals(Optional.of(units));
            return ours ? answer(refund) : new RefundAnswer.Unknown("Stripe has this refund with another amount");
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown(PATH + ": " + e.getMessage());
        }
    }

    private static RefundAnswer answer(StrictJson refund) {
        try {
            String status = refund.text("status").orElse("");
            return switch (status) {
                case "succeeded" -> new RefundAnswer.Refunded();
                case "pending", "requires_action" -> new RefundAnswer.Pending();
                case "failed", "canceled" -> new RefundAnswer.Declined("the refund is " + status + " at Stripe");
                default -> new RefundAnswer.Unknown("the refund has a status that is not known here");
            };
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown(PATH + ": " + e.getMessage());
        }
    }
}
