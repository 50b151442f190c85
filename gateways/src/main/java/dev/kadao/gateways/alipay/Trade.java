package dev.kadao.gateways.alipay;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A trade as Alipay tells it, in a notice and in an answer alike. What the statuses mean stands in the document of
 * {@code alipay.trade.query}: {@code WAIT_BUYER_PAY} created, waits for the buyer; {@code TRADE_CLOSED} "not paid and
 * timed out, <em>or</em> paid and given back in full"; {@code TRADE_SUCCESS} paid, and still so after a part was given
 * back; {@code TRADE_FINISHED} paid, can no longer be given back.
 *
 * @param total {@code total_amount}, what the buyer paid
 * @param givenBack {@code refund_fee} of a notice: given back in all so far; an answer does not tell it
 * @param wasPaid whether a time of payment or of giving back is named, which a trade that closed unpaid does not have
 */
record Trade(
        String status, Optional<String> number, Optional<Money> total, Optional<Money> givenBack, boolean wasPaid) {
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z_]{1,64}");

    /**
     * What it says of money. Money given back without {@code TRADE_CLOSED} is {@code MovedBack} as well, with the sum so
     * far: whoever knows the payment subtracts what was sent back by the shop itself, so that a notice about our own
     * refund changes nothing. A status that is not known says nothing of money, and surely not that nobody can pay.
     */
    PaymentWord word() throws UnreadableException {
        return switch (status) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" ->
                wasGivenBack() ? movedBack() : new PaymentWord.Paid(knownNumber(), knownTotal());
            case "TRADE_CLOSED" -> wasGivenBack() || wasPaid ? movedBack() : new PaymentWord.Closed();
            default -> new PaymentWord.Pending();
        };
    }

    // A trade that closed unpaid says refund_fee=0.00 as well.
    private boolean wasGivenBack() {
        return givenBack.isPresent() && givenBack.get().isPositive();
    }

    private PaymentWord movedBack() throws UnreadableException {
        Money total = knownTotal();
        return new PaymentWord.MovedBack(
                knownNumber(), givenBack.filter(Money::isPositive).orElse(total), total);
    }

    private String knownNumber() throws UnreadableException {
        return number.filter(text -> NUMBER.matcher(text).matches())
                .orElseThrow(() -> new UnreadableException("'trade_no' is missing or no trade number"));
    }

    private Money knownTotal() throws UnreadableException {
        return total.orElseThrow(() -> new UnreadableException("'total_amount' is missing"));
    }

    /**
     * An amount in the currency that is named, CNY if none is.
     *
     * @param name says in messages which one it is
     */
    static Optional<Money> money(String name, Optional<String> amount, Optional<String> currency)
            throws UnreadableException {
        if (amount.isEmpty() || amount.get().isEmpty()) {
            return Optional.empty();
        }
        try {
            Currency unit =
                    currency.filter(code -> !code.isEmpty()).map(Currency::of).orElse(Currency.CNY);
            return Optional.of(Money.parse(amount.get(), unit));
        } catch (InvalidValueException e) {
            // Its message is left out, since it quotes what was sent.
            throw new UnreadableException("'" + name + "' is no plain decimal of a known currency");
        }
    }
}
