package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Response;

/**
 * The buyers' side of the shop. Every call answers with a response or throws a
 * {@link dev.kadao.examples.cardshop.http.Problem}; ids come as they were sent and may be no ids at all (404).
 */
public interface BuyerCalls {
    Response place(PlaceCheckout checkout, Caller caller);

    Response openPayment(String checkout, Caller caller, Unread<OpenPayment> request);

    Response order(String order, Caller caller);

    Response diagnosis(String order, Caller caller);

    Response reveal(String order, Caller caller);

    /** Confirms, complains or disputes. */
    Response act(String order, Caller caller, Unread<BuyerAct> act);
}
