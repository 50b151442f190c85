package dev.kadao.gateways.stripe;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.wire.UnreadableException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Amounts as Stripe counts them, which is not always as ISO 4217 does (docs.stripe.com/currencies): MGA has no decimals
 * there and two in ISO; ISK and UGX have two there, always {@code 00}, and none in ISO; amounts with three decimals must
 * end in 0. HUF and TWD differ in payouts alone, which are of no concern here. Converted exactly or not at all.
 */
final class StripeMoney {
    private static final Set<String> NO_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** Stripe takes eight digits, for some currencies twelve; more would be no amount of its own. */
    private static final long MOST = 999_999_999_999L;

    private StripeMoney() {}

    private static int decimalsAtStripe(String code) {
        if (NO_DECIMALS.contains(code)) {
            return 0;
        }
        return THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    /** The amount as it is sent; empty if Stripe cannot take it, or would later report it as another one. */
    static Optional<Long> sent(Money amount) {
        String code = amount.currency().code();
        if (!isIso(amount.currency())) {
            return Optional.empty();
        }
        int shift = decimalsAtStripe(code) - amount.currency().decimals();
        Optional<Long> units = shifted(amount.minorUnits(), shift);
        boolean last = !THREE_DECIMALS.contains(code);
        return units.filter(value -> value > 0 && value <= MOST).filter(value -> last || value % 10 == 0);
    }

    private static boolean isIso(Currency currency) {
        try {
            return Currency.of(currency.code()).equals(currency);
        } catch (InvalidValueException notInIso) {
            return false;
        }
    }

    /**
     * What Stripe says, in ISO's decimals.
     *
     * @param code as Stripe writes it, in small letters
     * @throws UnreadableException if it is no such amount
     */
    static Money received(long units, String code) throws UnreadableException {
        if (!code.matches("[a-z]{3}")) {
            throw new UnreadableException("the currency is not three small letters");
        }
        if (units > MOST) {
            throw new UnreadableException("the amount has over twelve digits");
        }
        Currency currency = currency(code.toUpperCase(Locale.ROOT));
        long minor = shifted(units, currency.decimals() - decimalsAtStripe(currency.code()))
                .orElseThrow(() -> new UnreadableException("the amount has decimals that its currency has not"));
        return new Money(minor, currency);
    }

    private static Currency currency(String code) throws UnreadableException {
        try {
            return Currency.of(code);
        } catch (InvalidValueException e) {
            throw new UnreadableException("the currency is not in ISO 4217");
        }
    }

    private static Optional<Long> shifted(long units, int decimals) {
        long factor = 1;
        for (int i = 0; i < Math.abs(decimals); i++) {
            factor *= 10;
        }
        if (decimals >= 0) {
            return units > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(units * factor);
        }
        return units % factor == 0 ? Optional.of(units / factor) : Optional.empty();
    }

    /** The code as Stripe writes it. */
    static String code(Money amount) {
        return amount.currency().code().toLowerCase(Locale.ROOT);
    }
}
