package dev.kadao.port;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Money;
import dev.kadao.port.RiskPolicy.Line;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether what is paid may be handed over, or is held for a person. Asked after the payment is recorded and before
 * anything is taken from stock or sent, outside of any transaction. The first answer that is recorded counts; where a
 * process is killed before that, or a time-out passes, the same is asked again, so it must be harmless to answer twice.
 * A paid order is never refused: {@link RiskAnswer#refuse} holds it too. Thread-safe; each call is bounded by {@code
 * EngineSettings.callLimit}.
 */
@FunctionalInterface
public interface PaidRiskPolicy {

    RiskAnswer assess(PaidRequest request);

    /**
     * Who has paid what. Personal data: nothing of it may be kept in plain. Where the buyer was, and with which device, is
     * not known any more.
     *
     * @param lines with the recipients as they are now, corrected or not
     * @param total of all lines
     * @param account of the buyer; null if there is none
     * @param receipts by which it was paid: one, or several where a person accepted other amounts
     */
    record PaidRequest(
            CheckoutId checkout,
            List<Line> lines,
            Money total,
            @Nullable String account,
            List<Receipt> receipts) {
        public PaidRequest {
            lines = List.copyOf(lines);
            receipts = List.copyOf(receipts);
        }

        @Override
        public String toString() {
            return "PaidRequest(" + checkout + ")";
        }
    }

    /** Money that came. Who sent it only the gateway knows: ask it by the trade number. */
    record Receipt(String gateway, String tradeNumber, Money amount) {}
}
