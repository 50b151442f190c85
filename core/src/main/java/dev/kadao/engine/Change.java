package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.order.Personal;
import dev.kadao.port.NoticeWrite;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step is to do to the checkout it meets.
 *
 * @param personal the texts as they are to be kept if the step is written
 * @param notice the notice row that belongs to the same commit; null if there is none
 * @param supplied keys that came with the event and must be sealed in the same commit; null if there are none
 */
record Change(
        Event event,
        Personal personal,
        @Nullable NoticeWrite notice,
        @Nullable Supplied supplied) {

    Change(Event event, Personal personal, @Nullable NoticeWrite notice) {
        this(event, personal, notice, null);
    }

    /** Made anew for every state that is met. */
    @FunctionalInterface
    interface Intention {
        /** Empty if this checkout is not to be changed. Pure. */
        Optional<Change> on(Held held, Instant now);
    }

    static Optional<Change> of(Held held, Event event) {
        return Optional.of(new Change(event, held.personal(), null));
    }

    /** The personal texts with one more, unless they were erased. */
    static Personal remembering(Personal personal, String text) {
        return personal.isErased() ? personal : personal.with(text);
    }
}
