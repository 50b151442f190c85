package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;

/** Where gateways and suppliers say of their own accord what happened. Nothing about them is checked yet. */
public interface NoticeCalls {
    Response fromGateway(String gateway, SignedMessage message);

    Response fromSupplier(String supplier, SignedMessage message);
}
