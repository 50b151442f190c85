package dev.kadao.gateways.stripe;

import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;

/**
 * A Checkout Session, as events carry it and answers show it (docs.stripe.com/api/checkout/sessions/object).
 *
 * @param payment what it was opened for: {@code client_reference_id}, else our metadata; empty if another integration
 *     opened it
 * @param word what it says of that payment
 * @param url where the buyer pays, as long as it is open
 */
record Session(String id, Optional<String> payment, Status status, PaymentWord word, Optional<String> url) {
    /** How far a session is. */
    enum Status {
        OPEN,
        COMPLETE,
        EXPIRED,
        /** One that Stripe has added since. */
        OTHER
    }

    /** What a session was opened for; to be asked first, since other integrations' sessions need not be readable. */
    static Optional<String> paymentOf(StrictJson json) throws UnreadableException {
        Optional<String> reference = json.text("client_reference_id");
        return reference.isPresent() ? reference : Ids.ofOurs(json);
    }

    /** @throws UnreadableException if it is no session */
    static Session read(StrictJson json) throws UnreadableException {
        String id = Ids.required(json, "id");
        Status status = switch (json.text("status").orElse("")) {
            case "open" -> Status.OPEN;
            case "complete" -> Status.COMPLETE;
            case "expired" -> Status.EXPIRED;
            default -> Status.OTHER;
        };
        return new Session(id, paymentOf(json), status, word(json, id, status), json.text("url"));
    }

    private static PaymentWord word(StrictJson json, String id, Status status) throws UnreadableException {
        String paymentStatus = json.text("payment_status").orElse("");
        if (!paymentStatus.equals("paid")) {
            // Expired sessions cannot be paid any more; a complete one that is unpaid is under way at a slow method.
            return status == Status.EXPIRED ? new PaymentWord.Closed() : new PaymentWord.Pending();
        }
        long units = json.amount("amount_total")
                .orElseThrow(() -> new UnreadableException("member 'amount_total' is missing"));
        String currency =
                json.text("currency").orElseThrow(() -> new UnreadableException("member 'currency' is missing"));
        // A session always has a payment intent once it is paid; its own id stands in rather than that money is lost.
        String trade = Ids.optional(json, "payment_intent").orElse(id);
        return new PaymentWord.Paid(trade, StripeMoney.received(units, currency));
    }

    boolean isPaid() {
        return word instanceof PaymentWord.Paid;
    }
}
