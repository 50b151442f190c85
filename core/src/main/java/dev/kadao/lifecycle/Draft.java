package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.Schedule.Attempt;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: the checkout as the entries so far leave it. Lives for one call of {@code decide}, so that
 * each part sees what the parts before it have decided.
 */
final class Draft {
    private final Checkout before;
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();
    private Checkout checkout;
    private Verdict.@Nullable Refused refusal;

    Draft(Checkout checkout, Instant now) {
        this.before = checkout;
        this.checkout = checkout.at(now);
        this.now = now;
    }

    /** The store's time, against which waits are compared. */
    Instant now() {
        return now;
    }

    Checkout checkout() {
        return checkout;
    }

    Order order(int line) {
        return checkout.order(line);
    }

    void add(Entry entry) {
        checkout = Apply.apply(checkout, entry, checkout.at());
        entries.add(entry);
        String ended = Parts.endedBy(entry);
        if (ended != null) {
            checkout = checkout.with(checkout.schedule().without(ended));
        }
    }

    /** The entries of one kind decided so far. */
    <E extends Entry> Stream<E> decided(Class<E> kind) {
        // Most parts ask in vain in most steps, some of them many times.
        return entries.isEmpty()
                ? Stream.empty()
                : List.copyOf(entries).stream().filter(kind::isInstance).map(kind::cast);
    }

    /** How often the part was tried since it entered its state. */
    int tries(String part) {
        Attempt attempt = checkout.schedule().of(part);
        return attempt == null ? 0 : attempt.count();
    }

    /** Counts a try of the part and sets the next one. */
    void tryAgain(String part, Duration gap, boolean alive) {
        Attempt last = checkout.schedule().of(part);
        Instant missingSince = last == null ? null : last.missingSince();
        plan(part, new Attempt(tries(part) + 1, now.plus(gap), missingSince, alive));
    }

    void plan(String part, Attempt attempt) {
        checkout = checkout.with(checkout.schedule().with(part, attempt));
    }

    /** Makes the part due now, keeping its count. */
    void hurry(String part) {
        Attempt last = checkout.schedule().of(part);
        plan(
                part,
                last == null
                        ? new Attempt(0, now, null, false)
                        : new Attempt(last.count(), now, last.missingSince(), last.alive()));
    }

    /** Opens a case, or adds the evidence to the open one of the same kind and subject. */
    void openCase(Case.Kind kind, String subject, @Nullable Integer line, @Nullable Integer payment, String fact) {
        openCase(kind, subject, line, payment, Case.Evidence.of(fact));
    }

    void openCase(
            Case.Kind kind, String subject, @Nullable Integer line, @Nullable Integer payment, Case.Evidence evidence) {
        Terms.Handling handling = checkout.terms().handling();
        Duration within = handling == null ? null : kind == Case.Kind.DISPUTE ? handling.disputes() : handling.cases();
        openCase(kind, subject, line, payment, evidence, within == null ? null : now.plus(within));
    }

    /** @param due of a case that is opened; an open one keeps its own */
    void openCase(
            Case.Kind kind,
            String subject,
            @Nullable Integer line,
            @Nullable Integer payment,
            Case.Evidence evidence,
            @Nullable Instant due) {
        Case open = checkout.openCase(kind, subject);
        if (open == null) {
            add(new Entry.CaseOpened(checkout.cases().size() + 1, kind, subject, line, payment, evidence, due));
        } else if (!open.evidence().contains(evidence)) {
            add(new Entry.CaseExtended(open.number(), evidence));
        }
    }

    /** Refuses the event; whatever was drafted is dropped. */
    void refuse(Verdict.Refusal why, String sentence) {
        refusal = new Verdict.Refused(why, sentence);
    }

    boolean isRefused() {
        return refusal != null;
    }

    Verdict verdict() {
        if (refusal != null) {
            return refusal;
        }
        if (!entries.isEmpty()) {
            return new Verdict.Moved(checkout, entries);
        }
        boolean sameSchedule = checkout.schedule().equals(before.schedule());
        return sameSchedule ? new Verdict.Repeated() : new Verdict.Moved(before.with(checkout.schedule()), List.of());
    }
}
