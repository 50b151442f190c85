package dev.kadao.gateways.stripe;

import dev.kadao.gateways.stripe.StripeApi.Done;
import dev.kadao.gateways.stripe.StripeApi.Failed;
import dev.kadao.gateways.stripe.StripeApi.Reply;
import dev.kadao.order.PaymentId;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the Checkout Session of a payment. Stripe can neither be asked for a {@code client_reference_id} nor told an id for
 * a session, and an adapter keeps no state, so it looks
 *
 * <ol>
 *   <li>through the newest 250 sessions: what was opened minutes ago is on the first page
 *   <li>for payment intents with our metadata (search), and for their sessions: what was paid is found at any age. Search
 *       lags by a minute, by an hour when Stripe is in trouble, and is not to be had in India (docs.stripe.com/search)
 *   <li>through the newest 500 of those that are still open
 * </ol>
 */
final class Sessions {
    static final String PATH = "/v1/checkout/sessions";
    private static final int NEWEST_PAGES = 5;
    private static final int OPEN_PAGES = 10;

    private Sessions() {}

    /** {@code End} is said only if all sessions were looked at: Stripe has none of this payment. */
    static Pages.Walk<Session> find(StripeApi.Call call, PaymentId payment) {
        Pages.Walk<Session> newest = listed(call, payment, Map.of(), NEWEST_PAGES);
        if (!(newest instanceof Pages.Beyond<Session>)) {
            return newest;
        }
        for (String intent : intents(call, payment)) {
            Pages.Walk<Session> paid = listed(call, payment, Map.of("payment_intent", intent), 1);
            if (paid instanceof Pages.Found<Session>) {
                return paid;
            }
        }
        Pages.Walk<Session> open = listed(call, payment, Map.of("status", "open"), OPEN_PAGES);
        // That it is not open says nothing of whether it was paid.
        return open instanceof Pages.End<Session> ? new Pages.Beyond<>() : open;
    }

    private static Pages.Walk<Session> listed(
            StripeApi.Call call, PaymentId payment, Map<String, String> filter, int mostPages) {
        return Pages.through(call, PATH, filter, mostPages, page -> among(page, payment));
    }

    /** The session of the payment, the paid one if there are several. */
    private static Optional<Session> among(List<StrictJson> page, PaymentId payment) throws UnreadableException {
        Optional<Session> found = Optional.empty();
        for (StrictJson json : page) {
            if (Session.paymentOf(json).equals(Optional.of(payment.toString()))) {
                Session session = Session.read(json);
                if (found.isEmpty() || session.isPaid()) {
                    found = Optional.of(session);
                }
            }
        }
        return found;
    }

    /** The payment intents of a payment, as far as search knows them; none as well where it does not answer. */
    static List<String> intents(StripeApi.Call call, PaymentId payment) {
        String query = "metadata['" + Ids.PAYMENT + "']:'" + payment + "'";
        Reply reply =
                call.get("/v1/payment_intents/search", Map.of("query", query, "limit", String.valueOf(Pages.SIZE)));
        if (reply instanceof Failed) {
            return List.of();
        }
        try {
            List<String> intents = new ArrayList<>();
            for (StrictJson intent : ((Done) reply).json().objects("data")) {
                // Search does not tell small letters from capitals; ids do.
                if (Ids.ofOurs(intent).equals(Optional.of(payment.toString()))) {
                    intents.add(Ids.required(intent, "id"));
                }
            }
            return List.copyOf(intents);
        } catch (UnreadableException e) {
            // As if it had not answered: search is a short cut, never a proof of absence.
            return List.of();
        }
    }

    static Pages.Walk<Session> byId(StripeApi.Call call, String id) {
        return read(call.get(PATH + "/" + id, Map.of()));
    }

    /** The session that is answered. */
    static Pages.Walk<Session> read(Reply reply) {
        if (reply instanceof Failed failed) {
            return new Pages.Unclear<>(failed.why());
        }
        try {
            return new Pages.Found<>(Session.read(((Done) reply).json()));
        } catch (UnreadableException e) {
            return new Pages.Unclear<>("a session: " + e.getMessage());
        }
    }
}
