package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

/**
 * A unit of money: a code and the number of decimals of its minor unit. Kadao's own type, since shops also take units
 * that ISO 4217 does not list, such as {@code USDT}.
 *
 * @param code 3 to 8 capital letters or digits
 * @param decimals 0 to 8, for example 2 for CNY (fen) and 0 for JPY
 */
public record Currency(String code, int decimals) {
    public static final Currency CNY = new Currency("CNY", 2);
    public static final Currency USD = new Currency("USD", 2);
    public static final Currency EUR = new Currency("EUR", 2);
    public static final Currency JPY = new Currency("JPY", 0);

    public Currency {
        require(code.matches("[A-Z0-9]{3,8}"), "currency code '" + code + "' is not 3 to 8 capital letters or digits");
        require(decimals >= 0 && decimals <= 8, "currency " + code + " has " + decimals + " decimals; use 0 to 8");
    }

    /**
     * The currency of a code, with the decimals that ISO 4217 gives it.
     *
     * @throws InvalidValueException if ISO 4217 does not know the code: how many decimals it has is then for the shop to
     *     say, since a guess would misread every amount
     */
    public static Currency of(String code) {
        return java.util.Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(code))
                .findFirst()
                .map(known -> new Currency(code, Math.max(0, known.getDefaultFractionDigits())))
                .orElseThrow(() -> new InvalidValueException("currency '" + code
                        + "' is not in ISO 4217: say its decimals with new Currency(code, decimals)"));
    }
}
