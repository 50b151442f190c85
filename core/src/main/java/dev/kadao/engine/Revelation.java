package dev.kadao.engine;

import dev.kadao.order.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking for the keys of an order. */
public sealed interface Revelation {
    record Shown(List<Secret> keys) implements Revelation {
        public Shown {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Nothing to show.
     *
     * @param receipt of a delivered top-up; null if there is none
     */
    record NotShown(Outcome why, @Nullable String receipt) implements Revelation {
        @Override
        public String toString() {
            return "NotShown(" + why + ")";
        }
    }
}
