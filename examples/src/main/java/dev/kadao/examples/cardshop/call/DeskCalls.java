package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Response;

/** The desk's side of the shop. The admin token has been checked before these are called. */
public interface DeskCalls {
    /** Imports keys of one SKU, which is configured and sells keys. */
    Response importKeys(String sku, KeyImport keys);

    Response stock();

    Response orders(DeskLists.Orders list, Caller caller);

    Response cases(DeskLists.Cases list);

    Response payments(DeskLists.Payments list);

    Response audit();

    /** Whether the database answers and the due loop runs; 200 or 503. Needs no token. */
    Response health();
}
