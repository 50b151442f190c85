package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rungs of the promise to the buyer were reached, each once for one beginning of the promise.
 *
 * @param from when the promise began: payment, release of a hold or decision to replace
 */
public record Ladder(Instant from, List<Rung> reached) {

    /** What is done once the goods have been owed for so long. */
    public enum Rung {
        /** The buyer is told. */
        LATE,
        /** Whatever may safely be done is done now. */
        REDISPATCH,
        /** A person is told. */
        ESCALATE,
        /**
         * The order is ended by the shop's policy, now that it is surely safe; or a person tried it again after that time, and
         * from then on decides.
         */
        END,
        /**
         * The order was to be ended, and may have been handed over, or be so yet: a person is told, and END follows once that
         * is settled without a delivery.
         */
        END_WAITS
    }

    public Ladder {
        reached = List.copyOf(reached);
    }

    public Ladder with(Rung rung) {
        List<Rung> more = new ArrayList<>(reached);
        more.add(rung);
        return new Ladder(from, more);
    }

    public boolean has(Rung rung) {
        return reached.contains(rung);
    }
}
