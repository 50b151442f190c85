package dev.kadao;

import dev.kadao.order.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of asking to see the keys of an order. */
public sealed interface RevealResult {

    /** The buyer's current keys; that they were seen is stored. */
    record Shown(List<Secret> keys) implements RevealResult {
        public Shown {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Nothing to show.
     *
     * @param receipt the supplier's receipt of a delivered top-up; null if there is none
     */
    record NotShown(Answer why, @Nullable String receipt) implements RevealResult {
        @Override
        public String toString() {
            return "NotShown(" + why + ")";
        }
    }

    /**
     * The keys.
     *
     * @throws RefusedException if there is nothing to show
     */
    default List<Secret> orThrow() {
        if (this instanceof Shown shown) {
            return shown.keys();
        }
        ((NotShown) this).why().orThrow();
        throw new IllegalStateException("an answer that refused nothing");
    }
}
