package dev.kadao.examples.cardshop.call;

import dev.kadao.Fulfillment;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.order.Bytes;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import java.time.InstantSource;

/** Where gateways and suppliers say of their own accord what happened. The library judges and answers. */
final class NoticeCalls {
    private final Fulfillment library;
    private final InstantSource clock;

    NoticeCalls(Fulfillment library, InstantSource clock) {
        this.library = library;
        this.clock = clock;
    }

    Response fromGateway(String gateway, Request request) {
        return response(library.receive(gateway, notice(request)));
    }

    Response fromSupplier(String supplier, Request request) {
        return response(library.receiveFromSupplier(supplier, notice(request)));
    }

    private InboundNotice notice(Request request) {
        return new InboundNotice(
                request.method(), request.rawQuery(), request.headers(), Bytes.of(request.body()), clock.instant());
    }

    private static Response response(NoticeReply reply) {
        return Response.of(reply.status(), reply.contentType(), reply.body().toArray());
    }
}
