package dev.kadao.desk;

import dev.kadao.order.Guarantee;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;

/**
 * Delivery by the shop's own people, as one supplier among others. It accepts every order at once and hands nothing over
 * itself: with the acceptance a case opens at the desk, due after the given time. Staff end it with
 * {@link DeskAct.Action#MARK_DELIVERED} and evidence, or with {@link DeskAct.Action#REFUND}, which is their word that
 * nothing was handed over. A case that nobody ends is alerted when it is due and daily from then on; beyond the last
 * limit the order is PARKED. Thread-safe; calls nobody.
 *
 * <p>The recipient stands in the checkout's snapshot that each item of the desk carries. As a later supplier of a chain
 * it gets what the earlier ones declined.
 */
public final class ManualDelivery implements Dispatcher {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(3);
    private static final Duration ASK_AGAIN = Duration.ofHours(1);
    private static final Duration AFTER_THE_DEADLINE = Duration.ofDays(3);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final SupplierTerms terms;

    /**
     * Delivery by people.
     *
     * @param within from acceptance to the time at which the case is due, for example {@code PT4H}
     * @param giveUp from sending to the time at which the order is PARKED; longer than {@code within}, at most 365 days
     * @throws InvalidValueException if one of them is out of bounds
     */
    public ManualDelivery(Duration within, Duration giveUp) {
        if (within.isNegative() || within.isZero() || within.compareTo(giveUp) >= 0 || giveUp.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("staff cannot be given " + within + " to deliver and " + giveUp
                    + " before an order is parked: use more than zero, the second longer than the first and at most "
                    + LONGEST);
        }
        // Idempotent: asking the same people for the same thing again opens no second case. Only a process that was
        // killed while it asked does so; within the hour it asks again, and a parked order never goes out under its
        // old number.
        Duration lifetime = giveUp.compareTo(ASK_AGAIN) < 0 ? giveUp : ASK_AGAIN;
        terms = new SupplierTerms(new Guarantee.Idempotent(lifetime, null), CALL_LIMIT, giveUp, within);
    }

    /** Delivery by people within a time; an order is PARKED when three days more have passed. */
    public static ManualDelivery within(Duration within) {
        return new ManualDelivery(within, within.plus(AFTER_THE_DEADLINE));
    }

    @Override
    public SupplierTerms terms() {
        return terms;
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        return deadline.isExpired()
                ? new Answer.NotSent("too late to ask for " + request.reference())
                : new Answer.Accepted(null, null);
    }
}
