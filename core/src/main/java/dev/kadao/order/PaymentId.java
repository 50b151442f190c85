package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one attempt to pay a checkout, as {@code cart42_p1}; the reference that the gateway knows ({@code out_trade_no}).
 *
 * @param number 1 to 20
 */
public record PaymentId(CheckoutId checkout, int number) {
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z_]{3,26})_p([1-9][0-9]?)");

    public PaymentId {
        require(number >= 1 && number <= 20, "payment number " + number + " of " + checkout + " is not 1 to 20");
    }

    /**
     * Reads the form that {@link #toString()} gives.
     *
     * @throws InvalidValueException if the text has another form
     */
    public static PaymentId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        require(matcher.matches(), "'" + text + "' is no payment id such as cart42_p1");
        return new PaymentId(new CheckoutId(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return checkout + "_p" + number;
    }
}
