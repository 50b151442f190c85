package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to pay a checkout at one gateway account.
 *
 * @param payWith what the buyer pays with; null until the gateway has answered
 */
public record Payment(
        PaymentId id,
        String gateway,
        GatewayTerms gatewayTerms,
        Money amount,
        State state,
        Instant requestedAt,
        Instant deadline,
        @Nullable PayWith payWith,
        List<Receipt> receipts) {

    /** How far the attempt is at the gateway. */
    public enum State {
        /** Committed by us, not yet opened at the gateway. */
        REQUESTED,
        OPEN,
        /** The deadline passed or another payment settled: to be closed. */
        CLOSING,
        CLOSED,
        PAID,
        /** Asked about for 31 days without an end; a person has a case. */
        GIVEN_UP
    }

    public Payment {
        receipts = List.copyOf(receipts);
    }

    /** Whether the gateway may still report money, so that it is asked. */
    public boolean isWatched() {
        return state == State.REQUESTED || state == State.OPEN || state == State.CLOSING;
    }

    public @Nullable Receipt receipt(String tradeNumber) {
        return receipts.stream()
                .filter(receipt -> receipt.tradeNumber().equals(tradeNumber))
                .findFirst()
                .orElse(null);
    }

    public Payment with(State newState) {
        return new Payment(id, gateway, gatewayTerms, amount, newState, requestedAt, deadline, payWith, receipts);
    }

    public Payment opened(PayWith answer) {
        State next = state == State.REQUESTED ? State.OPEN : state;
        return new Payment(id, gateway, gatewayTerms, amount, next, requestedAt, deadline, answer, receipts);
    }

    /** This payment with a receipt added, or replaced where its trade number is known. */
    public Payment with(Receipt receipt) {
        List<Receipt> changed = new ArrayList<>(receipts);
        changed.removeIf(known -> known.tradeNumber().equals(receipt.tradeNumber()));
        changed.add(receipt);
        return new Payment(id, gateway, gatewayTerms, amount, state, requestedAt, deadline, payWith, changed);
    }
}
