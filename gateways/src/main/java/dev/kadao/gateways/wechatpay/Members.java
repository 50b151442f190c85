package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The members that transactions and refunds have in common, in the gateway's forms. */
final class Members {
    /** {@code out_trade_no}, {@code out_refund_no} and the gateway's own numbers. */
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");

    private Members() {}

    static Optional<String> number(StrictJson json, String name) throws UnreadableException {
        Optional<String> number = json.text(name).filter(text -> !text.isEmpty());
        if (number.isPresent() && !NUMBER.matcher(number.get()).matches()) {
            throw new UnreadableException("member '" + name + "' has not the form of a number");
        }
        return number;
    }

    static String requiredNumber(StrictJson json, String name) throws UnreadableException {
        return number(json, name).orElseThrow(() -> missing(name));
    }

    static String requiredText(StrictJson json, String name) throws UnreadableException {
        return json.text(name).orElseThrow(() -> missing(name));
    }

    /** An amount in minor units; the currency is {@code CNY} where the object names none, as the documents have it. */
    static Optional<Money> money(StrictJson amount, String name) throws UnreadableException {
        Optional<Long> minorUnits = amount.amount(name);
        if (minorUnits.isEmpty()) {
            return Optional.empty();
        }
        String code = amount.text("currency").orElse(Currency.CNY.code());
        try {
            return Optional.of(new Money(minorUnits.get(), Currency.of(code)));
        } catch (InvalidValueException e) {
            throw new UnreadableException("member 'currency' is no code of ISO 4217");
        }
    }

    /** @throws UnreadableException if it is another merchant's */
    static void requireOurs(StrictJson json, Account account) throws UnreadableException {
        if (!requiredText(json, "mchid").equals(account.mchId())) {
            throw new UnreadableException("member 'mchid' is another merchant's");
        }
    }

    static UnreadableException missing(String name) {
        return new UnreadableException("member '" + name + "' is missing");
    }
}
