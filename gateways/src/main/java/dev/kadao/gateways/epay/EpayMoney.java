package dev.kadao.gateways.epay;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.wire.UnreadableException;

/**
 * Amounts in yuan, as text.
 *
 * @param zerosLeftOut whether {@code 49} and {@code 49.5} are read as {@code 49.00} and {@code 49.50}: the services built
 *     on 彩虹易支付 write their notices so, since its {@code creat_callback} casts the amount to a PHP float
 */
record EpayMoney(boolean zerosLeftOut) {

    /** @throws UnreadableException for anything but a plain decimal with two decimals, or fewer where zeros may be left out */
    Money read(String text) throws UnreadableException {
        try {
            return Money.parse(zerosLeftOut ? withZeros(text) : text, Currency.CNY);
        } catch (InvalidValueException e) {
            // Its message is left out: it quotes what came.
            boolean wouldDo = !zerosLeftOut && withZeros(text).matches("(0|[1-9][0-9]{0,14})\\.[0-9]{2}");
            throw new UnreadableException(
                    wouldDo
                            ? "the amount has fewer than two decimals; if this service leaves zeros out, say so with"
                                    + " EpayBuilder.amountsLeaveOutZeros()"
                            : "the amount is no plain decimal with two decimals");
        }
    }

    private static String withZeros(String text) {
        if (text.matches("[0-9]{1,15}")) {
            return text + ".00";
        }
        return text.matches("[0-9]{1,15}\\.[0-9]") ? text + "0" : text;
    }
}
