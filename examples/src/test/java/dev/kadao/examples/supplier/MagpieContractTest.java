package dev.kadao.examples.supplier;

import dev.kadao.order.DispatchId;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import dev.kadao.testkit.DispatcherContract;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class MagpieContractTest extends DispatcherContract {
    private final MagpieServer server = new MagpieServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Dispatcher openDispatcher() {
        return adapter(server.account(), Duration.ofSeconds(20));
    }

    @Override
    protected Optional<Dispatcher> openDispatcherAt(URI endpoint, Duration callLimit) {
        return Optional.of(adapter(MagpieServer.accountAt(endpoint), callLimit));
    }

    Dispatcher adapter(MagpieAccount account, Duration callLimit) {
        return new MagpieTopUp(account, callLimit);
    }

    @Override
    protected Dispatcher.Request request(DispatchId reference, int send) {
        return MagpieOrders.topUp(reference, send);
    }

    @Override
    protected int executions(DispatchId reference) {
        return server.executions(reference.toString());
    }

    @Override
    protected int requestsArrived() {
        return server.arrived();
    }

    @Override
    protected Optional<InboundNotice> noticeOf(DispatchId reference) {
        return Optional.of(server.noticeOf(reference.toString()));
    }
}
