package dev.kadao.gateways.stripe;

import dev.kadao.order.Money;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;

/**
 * Reads the body of a signed notice (docs.stripe.com/api/events/types). What an event says of the payment it names:
 *
 * <ul>
 *   <li>{@code checkout.session.completed}, {@code .async_payment_succeeded}: paid if {@code payment_status} is
 *       {@code paid}, else pending
 *   <li>{@code checkout.session.async_payment_failed}: closed, since the session is used up and Stripe advises to have a
 *       new order placed; {@code checkout.session.expired}: closed
 *   <li>{@code charge.refunded}: moved back, {@code amount_refunded} being the sum of all refunds of the charge; the
 *       payment is named by the metadata that Stripe copies from the payment intent. Refunds of ours are among it
 *   <li>{@code charge.dispute.funds_withdrawn}: moved back under the name of the payment intent, since a dispute names
 *       nothing of ours: it matches no payment and so becomes a case for a person
 * </ul>
 *
 * All others are of no concern, single refunds ({@code refund.*}) and disputes without money among them.
 */
final class Event {
    static final NoticeReply TAKEN = NoticeReply.text(200, "ok");
    static final NoticeReply NOT_STORED = NoticeReply.text(503, "try again later");

    private Event() {}

    /**
     * @param live whether the API key is of live mode; empty if the key does not show it
     * @throws UnreadableException if it is no event, or one that is not for us
     */
    static NoticeReading read(byte[] body, Optional<Boolean> live) throws UnreadableException {
        StrictJson json = StrictJson.read(body);
        String type = json.text("type").orElseThrow(() -> new UnreadableException("member 'type' is missing"));
        Optional<Boolean> livemode = json.flag("livemode");
        if (live.isPresent() && livemode.isPresent() && !live.equals(livemode)) {
            throw new UnreadableException(
                    livemode.get()
                            ? "the event is of live mode and the API key of test mode"
                            : "the event is of test mode and the API key of live mode");
        }
        if (json.member("account").isPresent()) {
            throw new UnreadableException("the event is of a connected account");
        }
        return switch (type) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                ofSession(object(json), false);
            case "checkout.session.expired", "checkout.session.async_payment_failed" -> ofSession(object(json), true);
            case "charge.refunded" -> ofRefundedCharge(object(json));
            case "charge.dispute.funds_withdrawn" -> ofDispute(object(json));
            default -> new NoticeReading.Irrelevant(TAKEN);
        };
    }

    private static StrictJson object(StrictJson json) throws UnreadableException {
        Optional<StrictJson> data = json.object("data");
        Optional<StrictJson> object =
                data.isEmpty() ? Optional.empty() : data.get().object("object");
        return object.orElseThrow(() -> new UnreadableException("member 'data.object' is missing"));
    }

    private static NoticeReading ofSession(StrictJson json, boolean over) throws UnreadableException {
        Optional<String> payment = Session.paymentOf(json);
        if (payment.isEmpty()) {
            return new NoticeReading.Irrelevant(TAKEN);
        }
        Session session = Session.read(json);
        return genuine(payment.get(), over && !session.isPaid() ? new PaymentWord.Closed() : session.word());
    }

    private static NoticeReading ofRefundedCharge(StrictJson charge) throws UnreadableException {
        Optional<String> payment = Ids.ofOurs(charge);
        Optional<String> intent = Ids.optional(charge, "payment_intent");
        if (payment.isEmpty() || intent.isEmpty()) {
            return new NoticeReading.Irrelevant(TAKEN);
        }
        Money back = money(charge, "amount_refunded");
        Money received = charge.amount("amount_captured").isPresent() ? money(charge, "amount_captured") : null;
        return genuine(payment.get(), new PaymentWord.MovedBack(intent.get(), back, received));
    }

    private static NoticeReading ofDispute(StrictJson dispute) throws UnreadableException {
        Optional<String> intent = Ids.optional(dispute, "payment_intent");
        if (intent.isEmpty()) {
            return new NoticeReading.Irrelevant(TAKEN);
        }
        Money back = money(dispute, "amount");
        return genuine(intent.get(), new PaymentWord.MovedBack(intent.get(), back));
    }

    private static Money money(StrictJson json, String member) throws UnreadableException {
        long units =
                json.amount(member).orElseThrow(() -> new UnreadableException("member '" + member + "' is missing"));
        String currency =
                json.text("currency").orElseThrow(() -> new UnreadableException("member 'currency' is missing"));
        return StripeMoney.received(units, currency);
    }

    private static NoticeReading genuine(String payment, PaymentWord word) {
        return new NoticeReading.Genuine(payment, word, TAKEN, NOT_STORED);
    }
}
