package dev.kadao.port;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a checkout may be placed. Asked before it is written, outside of any transaction, and never about a
 * checkout that was placed before: a repetition is answered as it stands. Thread-safe. It may make calls; what it throws,
 * or does not answer within {@code EngineSettings.callLimit}, lets the checkout through and is logged, since a shop that is
 * closed by its own guard loses more than it guards.
 */
@FunctionalInterface
public interface RiskPolicy {

    RiskAnswer assess(RiskRequest request);

    /**
     * Who wants to buy what. Personal data: nothing of it may be kept in plain.
     *
     * @param checkout the id under which it is going to be placed; the same when placing is tried again
     * @param total of all lines
     * @param account of the buyer; null if there is none
     * @param ip of the buyer, as the shop says; null if it does not
     * @param device of the buyer, as the shop tells devices apart; null if it does not
     */
    record RiskRequest(
            CheckoutId checkout,
            List<Line> lines,
            Money total,
            @Nullable String account,
            @Nullable String ip,
            @Nullable String device) {
        public RiskRequest {
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return "RiskRequest(" + checkout + ")";
        }
    }

    /** One order of a {@link RiskRequest}. */
    record Line(String sku, int quantity, String recipient, Money amount) {
        @Override
        public String toString() {
            return "Line(" + sku + " x " + quantity + ")";
        }
    }

    /** What to do with a checkout. Of several answers a refusal counts before a hold, a hold before an allowance. */
    sealed interface RiskAnswer {

        static RiskAnswer allow() {
            return new Allowed();
        }

        /** Places it; once it is paid its orders are held for a person, who sees the reason. */
        static RiskAnswer hold(String reason) {
            return new Hold(reason);
        }

        /** Does not place it. The reason is logged; the buyer does not learn it. */
        static RiskAnswer refuse(String reason) {
            return new Refused(reason);
        }

        record Allowed() implements RiskAnswer {}

        /**
         * A person is to look at it first.
         *
         * @param reason 1 to 200 characters, free of personal data: it is stored and shown to staff
         */
        record Hold(String reason) implements RiskAnswer {
            public Hold {
                check(reason);
            }
        }

        /**
         * It is not placed.
         *
         * @param reason 1 to 200 characters, free of personal data: it is logged
         */
        record Refused(String reason) implements RiskAnswer {
            public Refused {
                check(reason);
            }
        }

        private static void check(String reason) {
            if (reason.isBlank() || reason.length() > 200) {
                throw new InvalidValueException("the reason of a risk answer has " + reason.length()
                        + " characters; use 1 to 200, not only blanks, and no personal data");
            }
        }
    }
}
