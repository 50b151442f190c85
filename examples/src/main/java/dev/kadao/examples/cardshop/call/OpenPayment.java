package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Members;

/** A further payment of a checkout, at a gateway. */
public record OpenPayment(String gateway) {
    static OpenPayment read(Members body) {
        return new OpenPayment(body.text("gateway", PlaceCheckout.GATEWAY));
    }
}
