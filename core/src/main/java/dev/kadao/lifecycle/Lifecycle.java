package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of a checkout as pure functions. */
public final class Lifecycle {
    private Lifecycle() {}

    /** Decides a placing. */
    public static Verdict.Moved place(Event.Placed event) {
        throw new IllegalStateException("being written");
    }

    /** Decides an event about an existing checkout. */
    public static Verdict decide(Checkout checkout, Event event) {
        throw new IllegalStateException("being written");
    }

    /** Applies one entry; the only function that changes a checkout. {@code checkout} is null for the first entry. */
    public static Checkout apply(@Nullable Checkout checkout, Entry entry, Instant at) {
        throw new IllegalStateException("being written");
    }

    /** The effects that are due, at most one per part and eight in all; never a started act. */
    public static List<Effect> pending(Checkout checkout, Instant now) {
        throw new IllegalStateException("being written");
    }

    /** When the checkout wants attention next; null if never again by itself. */
    public static @Nullable Instant nextDue(Checkout checkout) {
        throw new IllegalStateException("being written");
    }
}
