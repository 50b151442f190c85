package dev.kadao;

import dev.kadao.order.Snapshot;

/** What came of something a buyer asked for. */
public sealed interface Answer {

    /** Done, and stored; also the answer to a repetition, which changes nothing. */
    record Done(Snapshot snapshot, boolean repeated) implements Answer {}

    /** Not possible as the order stands. */
    record Refused(Why why, String sentence) implements Answer {}

    /** No such checkout or order. */
    record NotFound(String sentence) implements Answer {}

    /** Too much to do, or the store could not be reached in time: ask again. */
    record Busy(String sentence) implements Answer {}

    /** Why something is not possible. */
    enum Why {
        /** The order is in another stage. */
        WRONG_STAGE,
        /** A bound is reached, for example of open payments. */
        LIMIT_REACHED,
        /** What was given is not acceptable, for example a dispute without a reason. */
        BAD_INPUT
    }

    /**
     * The checkout after it.
     *
     * @throws RefusedException if it was not done
     */
    default Snapshot orThrow() {
        if (this instanceof Done done) {
            return done.snapshot();
        }
        if (this instanceof Refused refused) {
            throw new RefusedException(refused.sentence(), false);
        }
        if (this instanceof NotFound notFound) {
            throw new RefusedException(notFound.sentence(), false);
        }
        throw new RefusedException(((Busy) this).sentence(), true);
    }
}
