package dev.kadao.examples.supplier;

import dev.kadao.order.DispatchId;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import java.util.Optional;

/** The same supplier where it sells keys: three of them an order. */
class MagpieCardsContractTest extends MagpieContractTest {

    @Override
    protected Dispatcher.Request request(DispatchId reference, int send) {
        return MagpieOrders.cards(reference, send);
    }

    /** Its notices say that there are cards, and never which. */
    @Override
    protected Optional<InboundNotice> noticeOf(DispatchId reference) {
        return Optional.empty();
    }
}
