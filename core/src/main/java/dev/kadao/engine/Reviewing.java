package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.order.Commitment;
import dev.kadao.order.OrderId;
import dev.kadao.order.Personal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a review as an event. Its text is for everybody to read, and is kept where it can be erased all the same. */
final class Reviewing {
    /** What is shorter stands in ordinary words by chance. */
    private static final int SHORTEST_NAME = 5;

    private Reviewing() {}

    static Change.Intention intention(OrderId order, int stars, @Nullable String text) {
        return (held, now) -> {
            if (!held.hasLine(order.line()) || (text != null && complaint(held, order, text) != null)) {
                return Optional.empty();
            }
            Personal personal = held.personal();
            Commitment commitment = text == null ? null : personal.commitTo(text);
            Event event = new Event.Reviewed(now, order.line(), stars, commitment);
            return Optional.of(new Change(event, text == null ? personal : Change.remembering(personal, text), null));
        };
    }

    /** Why this text cannot be kept, or must not be shown; null if neither. */
    private static @Nullable String complaint(Held held, OrderId order, String text) {
        boolean given = held.checkout().order(order.line()).review() != null;
        if (held.personal().isErased() && !given) {
            return "the texts of order " + order + " are erased and no new one is kept: review it with stars alone";
        }
        boolean namesBuyer = Stream.of(
                        held.checkout().order(order.line()).recipient(),
                        held.checkout().account())
                .flatMap(commitment -> Optional.ofNullable(commitment).stream())
                .flatMap(commitment -> held.personal().text(commitment).stream())
                .anyMatch(name -> name.length() >= SHORTEST_NAME && text.contains(name));
        return namesBuyer
                ? "everybody reads what a review says, and this one says who the recipient or the buyer of order "
                        + order + " is: leave that out"
                : null;
    }

    static String refusal(Held held, OrderId order, String text) {
        String complaint = complaint(held, order, text);
        return complaint == null ? "order " + order + " cannot be reviewed in these words" : complaint;
    }
}
