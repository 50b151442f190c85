package dev.kadao.suppliers.notify;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.NotToldException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fetches the keys that a message carries: none unless the shop opted in, and only for messages that are about keys. */
final class Reveal {
    private final @Nullable Function<OrderId, List<Secret>> reveal;

    Reveal(@Nullable Function<OrderId, List<Secret>> reveal) {
        this.reveal = reveal;
    }

    /**
     * The keys of this message. From here on they count as seen.
     *
     * @throws NotToldException if they are not to be had: then nothing is sent
     */
    List<Secret> of(OrderId order, Message.Kind kind) {
        boolean aboutKeys = switch (kind) {
            case DELIVERED, REPLACED -> true;
            case REFUNDED, CLOSED, ON_HOLD, DISPUTE_REJECTED, PAID, LATE, NEEDS_YOU, COMPENSATED -> false;
        };
        if (reveal == null || !aboutKeys) {
            return List.of();
        }
        try {
            return List.copyOf(reveal.apply(order));
        } catch (RuntimeException e) {
            // Its message is left out: it is not ours, and may name what must not be logged.
            throw NotToldException.recipientFailed(
                    "the keys could not be revealed (" + e.getClass().getSimpleName() + "), so nothing was sent");
        }
    }
}
