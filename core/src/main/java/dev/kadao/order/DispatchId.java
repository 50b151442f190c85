package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one numbered attempt to get an order's goods from a supplier, as {@code cart42_1_2}; the reference that the
 * supplier knows and by which it recognises a repetition.
 *
 * @param number 1 to 99 within the order
 */
public record DispatchId(OrderId order, int number) {
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z_]{3,26})_([1-9][0-9]?)_([1-9][0-9]?)");

    public DispatchId {
        require(number >= 1 && number <= 99, "dispatch number " + number + " of " + order + " is not 1 to 99");
    }

    /**
     * Reads the form that {@link #toString()} gives.
     *
     * @throws InvalidValueException if the text has another form
     */
    public static DispatchId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        require(matcher.matches(), "'" + text + "' is no dispatch reference such as cart42_1_1");
        OrderId order = new OrderId(new CheckoutId(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return new DispatchId(order, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return order.checkout() + "_" + order.line() + "_" + number;
    }
}
