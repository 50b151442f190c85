package dev.kadao.port;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import java.util.Optional;

/**
 * Tells the buyer that something happened, with a link; keys only where the shop opted in. Thread-safe. One call is one
 * try, bounded in time by itself: Kadao tries again with growing gaps, also after a crash, 20 times over three and a half
 * days at the default back-off and never less, so a message may arrive twice.
 *
 * <p>Whatever is thrown counts as not told. {@link NotToldException} says more: whether trying again can help, and whether
 * the notifier itself is broken or just this recipient cannot be reached. Its reason is logged; of anything else thrown
 * only the class and the place are.
 */
@FunctionalInterface
public interface Notifier {

    /**
     * Tells one message.
     *
     * @param recipient the order's recipient; empty once erased
     * @param reference the same for every try of this message, other for every other one of the shop
     * @throws NotToldException if it was not told, or if that is not known
     */
    void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference);
}
