package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

/**
 * Names a checkout; given by the shop or generated, and the idempotency key of placing. Case-sensitive.
 *
 * @param value 3 to 26 of the characters {@code 0-9 A-Z a-z _}, so that every reference made from it stays within the
 *     32 characters that WeChat Pay and Alipay take as {@code out_trade_no}
 */
public record CheckoutId(String value) implements Comparable<CheckoutId> {
    public CheckoutId {
        require(
                value.matches("[0-9A-Za-z_]{3,26}"),
                "checkout id '" + value + "' is not 3 to 26 letters, digits or underscores");
    }

    @Override
    public int compareTo(CheckoutId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
