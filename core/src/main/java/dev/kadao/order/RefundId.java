package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one refund of a checkout, as {@code cart42_r1}; the reference that the gateway knows ({@code out_refund_no}).
 *
 * @param number 1 to 99
 */
public record RefundId(CheckoutId checkout, int number) {
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z_]{3,26})_r([1-9][0-9]?)");

    public RefundId {
        require(number >= 1 && number <= 99, "refund number " + number + " of " + checkout + " is not 1 to 99");
    }

    /**
     * Reads the form that {@link #toString()} gives.
     *
     * @throws InvalidValueException if the text has another form
     */
    public static RefundId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        require(matcher.matches(), "'" + text + "' is no refund id such as cart42_r1");
        return new RefundId(new CheckoutId(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return checkout + "_r" + number;
    }
}
