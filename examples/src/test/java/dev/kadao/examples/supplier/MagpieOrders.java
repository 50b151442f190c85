package dev.kadao.examples.supplier;

import dev.kadao.order.Currency;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Money;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Request;
import java.time.Duration;

final class MagpieOrders {
    static final DispatchId REFERENCE = DispatchId.parse("cart42_1_1");
    static final String RECIPIENT = "13800000000";

    private MagpieOrders() {}

    static Request topUp(DispatchId reference, int send) {
        return new Request(reference, "phone-100", 1, RECIPIENT, Money.parse("99.50", Currency.CNY), send);
    }

    static Request cards(DispatchId reference, int send) {
        return new Request(reference, "game-30", 3, "buyer@example.com", Money.parse("90.00", Currency.CNY), send);
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(5));
    }
}
