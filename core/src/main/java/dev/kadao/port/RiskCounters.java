package dev.kadao.port;

import dev.kadao.order.InvalidValueException;
import java.time.Duration;
import java.util.List;

/**
 * Exact counters that all processes of a shop share: places under a key, each held by somebody for a time. Unlike a count
 * that is read and then compared, taking is one guarded step, so that of thirty at once no more get through than there are
 * places. Time is the store's, not this machine's. Thread-safe.
 *
 * <p>Keys and holders are digests made by the engine: no personal data comes here. A place that nobody gives back lapses
 * by itself, so a killed process blocks nothing for longer than that.
 */
public interface RiskCounters {

    /**
     * Takes all places or none. A place that its holder has already is not counted again, and is kept until the later of
     * both times: taking the same again, or less, is always {@link TakeAnswer.Taken}. Of more, what is more is taken. Waits for others for a few seconds at most.
     *
     * @throws StoreException if the store failed: they may be taken or not, and taking again is safe
     */
    TakeAnswer take(List<Ticket> tickets);

    /**
     * Keeps the places that the holder was to have only {@link Ticket#whileOpen} until then from now at least. Those that
     * have lapsed or were given back are not taken again. Idempotent.
     *
     * @param lasting more than nothing
     */
    void prolong(String holder, Duration lasting);

    /** Gives back the places that the holder was to have only {@link Ticket#whileOpen}. Idempotent. */
    void release(String holder);

    /** Gives back all places of the holder, as if they had never been taken. Idempotent. */
    void cancel(String holder);

    /**
     * One wish.
     *
     * @param key what is counted, 1 to 64 letters, digits or {@code . _ -}
     * @param holder for whom, 1 to 64 of the same
     * @param weight how many places, at least 1
     * @param limit how many places the key has
     * @param lasting for how long from now, more than nothing
     * @param whileOpen whether {@link #release} ends it earlier
     */
    record Ticket(String key, String holder, int weight, int limit, Duration lasting, boolean whileOpen) {
        public Ticket {
            checkName("key", key);
            checkName("holder", holder);
            if (weight < 1 || limit < 1 || lasting.isNegative() || lasting.isZero()) {
                throw new InvalidValueException("a ticket of weight " + weight + ", limit " + limit + " for " + lasting
                        + " counts nothing: use at least 1 and 1, and more than no time");
            }
        }

        private static void checkName(String what, String name) {
            if (!name.matches("[0-9A-Za-z._-]{1,64}")) {
                throw new InvalidValueException("the " + what + " of a ticket has " + name.length()
                        + " characters or others than letters, digits, '.', '_' and '-'; use 1 to 64 of these");
            }
        }
    }

    /** Whether places were taken. */
    sealed interface TakeAnswer {

        static TakeAnswer taken() {
            return new Taken();
        }

        static TakeAnswer full(String key) {
            return new Full(key);
        }

        static TakeAnswer busy() {
            return new Busy();
        }

        record Taken() implements TakeAnswer {}

        /** None was taken: this key has too few free places. */
        record Full(String key) implements TakeAnswer {}

        /** None was taken: too many others wanted the same keys at once. Ask again. */
        record Busy() implements TakeAnswer {}
    }
}
