package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an order, as {@code cart42.1}: the checkout and the line in it.
 *
 * @param line 1 to 20
 */
public record OrderId(CheckoutId checkout, int line) implements Comparable<OrderId> {
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z_]{3,26})\\.([1-9][0-9]?)");

    public OrderId {
        require(line >= 1 && line <= 20, "order line " + line + " of " + checkout + " is not 1 to 20");
    }

    /**
     * Reads the form that {@link #toString()} gives.
     *
     * @throws InvalidValueException if the text has another form
     */
    public static OrderId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        require(matcher.matches(), "'" + text + "' is no order id such as cart42.1");
        return new OrderId(new CheckoutId(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(OrderId other) {
        int byCheckout = checkout.compareTo(other.checkout);
        return byCheckout != 0 ? byCheckout : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return checkout + "." + line;
    }
}
