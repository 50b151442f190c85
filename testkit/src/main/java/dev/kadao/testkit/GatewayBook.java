package dev.kadao.testkit;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fake gateway knows of one payment. Whoever calls holds the gateway's lock. */
final class GatewayBook {
    private final List<Trade> trades = new ArrayList<>();
    private boolean opened;
    private boolean closed;

    /** One transaction in which money came. */
    static final class Trade {
        private final String number;
        private final Money amount;
        private Money refunded;
        private Money movedBack;

        Trade(String number, Money amount) {
            this.number = number;
            this.amount = amount;
            this.refunded = Money.zero(amount.currency());
            this.movedBack = Money.zero(amount.currency());
        }

        void moveBack(Money more) {
            movedBack = movedBack.plus(more);
        }

        String number() {
            return number;
        }

        PaymentWord paid() {
            return new PaymentWord.Paid(number, amount);
        }

        PaymentWord word() {
            return movedBack.isPositive() ? new PaymentWord.MovedBack(number, movedBack.plus(refunded)) : paid();
        }
    }

    List<Trade> trades() {
        return trades;
    }

    Trade lastTrade(PaymentId payment) {
        if (trades.isEmpty()) {
            throw new IllegalStateException("payment " + payment + " was not paid: call pay(..) first");
        }
        return trades.get(trades.size() - 1);
    }

    void open() {
        opened = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes what was not paid; answers whether it is closed now. */
    boolean close() {
        closed = closed || trades.isEmpty();
        return closed && trades.isEmpty();
    }

    /** The latest trade speaks for the payment, as gateways that know one trade a payment do. */
    PaymentWord word() {
        if (!trades.isEmpty()) {
            return trades.get(trades.size() - 1).word();
        }
        if (closed) {
            return new PaymentWord.Closed();
        }
        return opened ? new PaymentWord.Pending() : new PaymentWord.NotFound();
    }

    /** Gives money back; answers why not, null if it did. */
    @Nullable
    String refund(String tradeNumber, Money amount) {
        for (Trade trade : trades) {
            if (trade.number.equals(tradeNumber)) {
                if (!trade.amount.currency().equals(amount.currency())) {
                    return "the trade is in " + trade.amount.currency().code();
                }
                Money left = trade.amount.minus(trade.refunded).minus(trade.movedBack);
                if (amount.isMoreThan(left)) {
                    return amount + " is more than the " + left + " that are left";
                }
                trade.refunded = trade.refunded.plus(amount);
                return null;
            }
        }
        return "no trade " + tradeNumber;
    }

    long refunded() {
        return trades.stream().mapToLong(trade -> trade.refunded.minorUnits()).sum();
    }

    long received() {
        return trades.stream().mapToLong(trade -> trade.amount.minorUnits()).sum();
    }
}
