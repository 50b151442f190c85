package dev.kadao.port;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import java.util.Optional;

/**
 * Tells the buyer that something happened, with a link and never with a key. Thread-safe; whatever is thrown counts as
 * not told and is tried again, so a message may arrive twice.
 */
@FunctionalInterface
public interface Notifier {

    /**
     * Tells one message.
     *
     * @param recipient the order's recipient; empty once erased
     * @param reference the same for every try of this message
     */
    void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference);
}
