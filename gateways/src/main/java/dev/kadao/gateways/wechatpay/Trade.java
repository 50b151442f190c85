package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Money;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;

/**
 * A transaction of ours, as notices and queries describe it.
 *
 * @param payment the reference it is for ({@code out_trade_no}); in a notice it may be none of ours
 * @param number the gateway's number of it ({@code transaction_id}); there once it is paid
 * @param total what the order was opened with, coupons of the gateway included; there once it is paid
 */
record Trade(String payment, String state, Optional<String> number, Optional<Money> total) {
    private static final String SUCCESS = "SUCCESS";
    private static final String REFUND = "REFUND";
    private static final String CLOSED = "CLOSED";

    /** @throws UnreadableException if it is none of this account's, or not in the gateway's form */
    static Trade read(StrictJson json, Account account) throws UnreadableException {
        Members.requireOurs(json, account);
        String state = Members.requiredText(json, "trade_state");
        // Optional by the document of the query; whoever must see it asks for it.
        if (!json.text("appid").orElse(account.appId()).equals(account.appId())) {
            throw new UnreadableException("member 'appid' is another app's");
        }
        Optional<StrictJson> amount = json.object("amount");
        Optional<Money> total = amount.isEmpty() ? Optional.empty() : Members.money(amount.get(), "total");
        Trade trade = new Trade(
                Members.requiredNumber(json, "out_trade_no"), state, Members.number(json, "transaction_id"), total);
        if (trade.isPaid()
                && (trade.number.isEmpty() || !total.map(Money::isPositive).orElse(false))) {
            throw new UnreadableException("the transaction is paid, without 'transaction_id' or 'amount.total'");
        }
        return trade;
    }

    private static boolean isPaid(String state) {
        return state.equals(SUCCESS) || state.equals(REFUND);
    }

    /** Whether money came, whatever became of it since; number and total are there then. */
    boolean isPaid() {
        return isPaid(state);
    }

    /**
     * What it says of the payment. {@code REFUND} (转入退款: something was given back, all or a part) is no word that
     * could be acted on: the gateway tells the original total alone, so neither what is left nor what went back is
     * known. {@code NOTPAY}, {@code USERPAYING}, {@code ACCEPT}, {@code PAYERROR} and {@code REVOKED}, of which the last
     * two belong to payments at a till, say nothing of money, as does whatever the gateway may add one day.
     */
    PaymentWord word() {
        if (state.equals(SUCCESS)) {
            return new PaymentWord.Paid(number.orElseThrow(), total.orElseThrow());
        }
        if (state.equals(CLOSED)) {
            return new PaymentWord.Closed();
        }
        return state.equals(REFUND)
                ? new PaymentWord.Unknown("it was paid, and money was given back: how much, only the bill tells")
                : new PaymentWord.Pending();
    }
}
