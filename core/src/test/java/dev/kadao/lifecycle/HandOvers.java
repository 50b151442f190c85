package dev.kadao.lifecycle;

import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Started;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may have been handed over, in the eyes of somebody who knows only what was sent, what was said, and what the
 * suppliers declared. It shares nothing with the code that decides: it sees each send as it is started, keeps for each
 * reference whether a supplier that keeps its word may have executed it or may do so yet, and calls every send a fault by
 * which goods could be handed over twice, and every refund one by which goods and money could both be the buyer's.
 */
final class HandOvers {

    private enum No {
        NONE,
        /** It said no, to this very reference. */
        DECLINED,
        /** It does not know the reference, and declared that this means never. */
        NOT_FOUND
    }

    private static final class Reference {
        private final SupplierTerms terms;
        private final Instant firstSent;
        private Started last;
        /** The last caller has reported, so that its send is not under way any more. */
        private @Nullable Instant reported;
        /** Some send of it may have reached the supplier. */
        private boolean mayHaveArrived;
        /** The supplier said that it has it: from then on not knowing it is no word to rely on. */
        private boolean accepted;

        private boolean handedOver;
        /** What the supplier is bound to: that it was not and will not be executed. */
        private No no = No.NONE;

        Reference(SupplierTerms terms, Started first) {
            this.terms = terms;
            this.firstSent = first.at();
            this.last = first;
        }

        Reference(Reference other) {
            this(other.terms, other.last, other.firstSent);
            reported = other.reported;
            mayHaveArrived = other.mayHaveArrived;
            accepted = other.accepted;
            handedOver = other.handedOver;
            no = other.no;
        }

        private Reference(SupplierTerms terms, Started last, Instant firstSent) {
            this.terms = terms;
            this.firstSent = firstSent;
            this.last = last;
        }

        /** Whether a send of it may still be on its way. */
        boolean isOut(Instant now) {
            return reported == null && now.isBefore(last.sendBefore().plus(terms.callLimit()));
        }

        boolean mayBeExecuted() {
            return handedOver || (no == No.NONE && (mayHaveArrived || reported == null));
        }
    }

    private final Map<Integer, Reference> references = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    HandOvers copy() {
        HandOvers copy = new HandOvers();
        references.forEach((number, reference) -> copy.references.put(number, new Reference(reference)));
        copy.faults.addAll(faults);
        return copy;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    void decided(List<Entry> entries, Instant now) {
        for (Entry entry : entries) {
            if (entry instanceof Entry.DispatchStarted started) {
                started(started);
            } else if (entry instanceof Entry.RefundStarted) {
                references.forEach((number, reference) -> {
                    if (reference.mayBeExecuted() || reference.isOut(now)) {
                        faults.add("money goes back while dispatch " + number + " may be executed");
                    }
                });
            }
        }
    }

    private void started(Entry.DispatchStarted started) {
        Instant now = started.started().at();
        references.forEach((number, other) -> {
            if (number != started.dispatch() && (other.mayBeExecuted() || other.isOut(now))) {
                faults.add("dispatch " + started.dispatch() + " is sent while " + number + " may be executed");
            }
        });
        Reference known = references.get(started.dispatch());
        if (known == null) {
            references.put(started.dispatch(), new Reference(started.supplierTerms(), started.started()));
            return;
        }
        resent(started, known);
    }

    private void resent(Entry.DispatchStarted started, Reference known) {
        String what = "dispatch " + started.dispatch() + " is sent again ";
        if (known.handedOver || known.no == No.DECLINED || known.accepted) {
            faults.add(what + "though the supplier has spoken");
        }
        boolean perhapsThere = known.mayHaveArrived || known.reported == null;
        if (perhapsThere && !isRecognised(known, started.started())) {
            faults.add(what + "to a supplier that may not recognise it");
        }
        known.mayHaveArrived = perhapsThere;
        known.last = started.started();
        known.reported = null;
    }

    /** Whether the supplier still knows the reference of the first send when this one arrives at the latest. */
    private static boolean isRecognised(Reference known, Started again) {
        return known.terms.guarantee() instanceof Guarantee.Idempotent idempotent
                && again.sendBefore()
                        .plus(known.terms.callLimit())
                        .isBefore(known.firstSent.plus(idempotent.keyLifetime()));
    }

    /** @param send the send whose caller reports; 0 for a notice or an answer to a question */
    void said(int dispatch, int send, Answer answer, Instant now) {
        Reference reference = references.get(dispatch);
        if (reference == null) {
            return;
        }
        boolean byCaller = send == reference.last.send() && reference.reported == null;
        if (byCaller) {
            reference.reported = now;
            reference.mayHaveArrived |= !(answer instanceof Answer.NotSent);
        }
        if (answer instanceof Answer.Delivered || answer instanceof Answer.Partial) {
            reference.mayHaveArrived = true;
            reference.handedOver = true;
        } else if (answer instanceof Answer.Declined) {
            reference.no = No.DECLINED;
        } else if (answer instanceof Answer.Accepted) {
            accepted(reference);
        } else if (answer instanceof Answer.NotFound && reference.no == No.NONE && isReliable(reference, now)) {
            reference.no = No.NOT_FOUND;
        }
    }

    /** A "processing" that comes after a definite no was overtaken by it; after a "not found" it shows that was wrong. */
    private static void accepted(Reference reference) {
        if (reference.no != No.DECLINED) {
            reference.no = No.NONE;
            reference.accepted = true;
            reference.mayHaveArrived = true;
        }
    }

    private static boolean isReliable(Reference reference, Instant now) {
        Guarantee.Asking asking = reference.terms.guarantee().howToAsk();
        Instant latestWrite = reference.reported != null && reference.reported.isBefore(reference.last.sendBefore())
                ? reference.reported
                : reference.last.sendBefore();
        return asking != null
                && asking.notFoundIsFinal()
                && !reference.accepted
                && !now.isBefore(latestWrite.plus(asking.settle()));
    }
}
