package dev.kadao.jdbc;

import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;

/** A supplier whose answer nobody ever hears. */
final class SilentSupplier implements Dispatcher {
    @Override
    public SupplierTerms terms() {
        return new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofSeconds(3), Duration.ofHours(2));
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        return new Answer.Unknown("silent");
    }
}
