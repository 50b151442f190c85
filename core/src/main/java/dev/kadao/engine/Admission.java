package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a checkout may be placed. A repetition is neither asked about nor counted: it stands. What is counted for a
 * checkout and then not placed by a killed process lapses in time.
 */
final class Admission {
    private static final String SENTENCE = "this checkout is not taken: too much, or something unusual, was ordered"
            + " lately. Pay what is open or let it lapse, then try again; else ask the shop's support";

    private final @Nullable RiskAsking risk;
    private final Placing placing;
    private final Ids ids;
    private final RiskOncePaid oncePaid;

    /** Has the steps watched, so that what was counted is given back, if anything is counted. */
    static Admission of(
            EngineParts parts,
            Steps steps,
            Placing placing,
            Ids ids,
            Clockwork clockwork,
            Seldom seldom,
            RiskOncePaid oncePaid) {
        RiskGuard guard = parts.risk();
        RiskAsking risk =
                guard == null || !guard.asksAtPlacing() ? null : new RiskAsking(guard, parts, clockwork, seldom);
        if (risk != null) {
            steps.watcher(risk::written);
        }
        return new Admission(risk, placing, ids, oncePaid);
    }

    private Admission(@Nullable RiskAsking risk, Placing placing, Ids ids, RiskOncePaid oncePaid) {
        this.risk = risk;
        this.placing = placing;
        this.ids = ids;
        this.oncePaid = oncePaid;
    }

    /** Writes it. */
    interface Write {
        /**
         * Writes a placing that may be placed.
         *
         * @param riskHold why it is held once it is paid; null if it is not
         */
        Placement.Result of(Placement request, @Nullable String riskHold);
    }

    /** @param known what stands under the request's id; empty if nothing does */
    Placement.Result place(Placement request, Function<Placement, Optional<Placement.Result>> known, Write write) {
        RiskAsking asking = risk;
        if (asking == null) {
            return write.of(request, null);
        }
        Optional<Placement.Result> stands = known.apply(request);
        if (stands.isPresent()) {
            return stands.get();
        }
        CheckoutId id = request.id() == null ? ids.checkout() : request.id();
        Placement named = request.withId(id);
        Optional<Placement.Result> tooLarge = placing.tooLarge(named);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        RiskAsking.Opinion opinion = asking.asked(named);
        if (opinion instanceof RiskAsking.Opinion.Placed placed) {
            Placement.Result result = write.of(named, placed.hold());
            boolean unwritten = result instanceof Placement.Result.NoneToReserve;
            if (unwritten || (request.id() == null && result instanceof Placement.Result.Busy)) {
                // Nobody can place it again under that id; under one of the shop's another placing may have these
                // places.
                asking.cancelled(id);
            }
            return result;
        }
        return opinion instanceof RiskAsking.Opinion.TurnedDown
                ? new Placement.Result.TurnedDown(SENTENCE)
                : new Placement.Result.Busy("checkout " + id
                        + " is not placed: too many are being placed by the same buyers at once. Place it again");
    }

    /** These names, and those of the advisers that are not asked for now. */
    List<String> pausedToo(List<String> others) {
        Stream<String> advisers = Stream.concat(risk == null ? Stream.empty() : risk.paused(), oncePaid.paused());
        return Stream.concat(others.stream(), advisers).toList();
    }
}
