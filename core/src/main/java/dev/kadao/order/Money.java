package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount in minor units (fen, cent) of one currency. Arithmetic is exact or throws; nothing is ever rounded.
 *
 * @param minorUnits the amount in the currency's minor unit; may be negative only in intermediate results
 */
public record Money(long minorUnits, Currency currency) {
    private static final Pattern PLAIN = Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]+)?");

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * Reads a plain decimal such as {@code 49.00}: digits, and exactly as many decimals as the currency has.
     *
     * @throws InvalidValueException for any other spelling ({@code 1e2}, {@code 100.001}, spaces, signs)
     */
    public static Money parse(String decimal, Currency currency) {
        require(
                PLAIN.matcher(decimal).matches(),
                "amount '" + decimal + "' is not a plain decimal such as 49.00 in " + currency.code());
        int dot = decimal.indexOf('.');
        int decimals = dot < 0 ? 0 : decimal.length() - dot - 1;
        require(
                decimals == currency.decimals(),
                "amount '" + decimal + "' has " + decimals + " decimals; " + currency.code() + " has "
                        + currency.decimals());
        return new Money(
                new BigDecimal(decimal).movePointRight(currency.decimals()).longValueExact(), currency);
    }

    /** The amount as a plain decimal with the currency's decimals, for example {@code 49.00}. */
    public String toDecimal() {
        return BigDecimal.valueOf(minorUnits, currency.decimals()).toPlainString();
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    public boolean isPositive() {
        return minorUnits > 0;
    }

    /**
     * Whether this amount is greater than the other.
     *
     * @throws CurrencyMismatchException if the currencies differ
     */
    public boolean isMoreThan(Money other) {
        return minorUnits > sameCurrency(other).minorUnits;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new CurrencyMismatchException(currency, other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return currency.code() + " " + toDecimal();
    }
}
