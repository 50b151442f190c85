package dev.kadao.examples.cardshop.config;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money, exact.
 *
 * @param minorUnits in the currency's smallest unit, zero or more
 * @param currency the currency's code
 * @param decimals how many decimals that currency is written with
 */
public record Amount(long minorUnits, String currency, int decimals) {
    private static final int MOST_DIGITS = 15;

    /** Reads a plain decimal with exactly the currency's decimals, or throws with a sentence that says what is wrong. */
    public static Amount parse(String currency, String decimal) {
        OptionalInt decimals = decimalsOf(currency);
        if (decimals.isEmpty()) {
            throw new IllegalArgumentException(
                    "the currency '" + currency + "' is not known; use a code such as CNY, USD or JPY");
        }
        int places = decimals.getAsInt();
        String fraction = places == 0 ? "" : "\\.[0-9]{" + places + "}";
        if (!decimal.matches("(0|[1-9][0-9]{0," + (MOST_DIGITS - 1) + "})" + fraction)) {
            throw new IllegalArgumentException("the amount must be a plain decimal with " + places + " decimals for "
                    + currency + ", such as " + BigDecimal.valueOf(4900, 2).setScale(places));
        }
        return new Amount(Long.parseLong(decimal.replace(".", "")), currency, places);
    }

    /** The decimals of a currency: ISO 4217's, and those of the few codes that payment gateways use besides. */
    public static OptionalInt decimalsOf(String currency) {
        if (currency.equals("USDT")) {
            return OptionalInt.of(6);
        }
        if (!currency.matches("[A-Z]{3}")) {
            return OptionalInt.empty();
        }
        @Nullable Currency known = iso(currency);
        return known == null || known.getDefaultFractionDigits() < 0
                ? OptionalInt.empty()
                : OptionalInt.of(known.getDefaultFractionDigits());
    }

    private static @Nullable Currency iso(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The plain decimal, with exactly the currency's decimals. */
    public String decimal() {
        return BigDecimal.valueOf(minorUnits, decimals).toPlainString();
    }

    @Override
    public String toString() {
        return currency + " " + decimal();
    }
}
