package dev.kadao.insight;

import dev.kadao.order.Entry;
import dev.kadao.order.Ladder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of one order, from its journal, as anyone may see it: no keys, no personal data, no payment, amount or
 * supplier. {@link Texts} says each node in words.
 */
public record Timeline(List<Node> nodes) {

    /** One thing that happened. */
    public record Node(Instant at, Kind kind) {}

    /**
     * One entry of the journal.
     *
     * @param at the time of its row
     */
    public record Fact(Instant at, Entry entry) {}

    /** What can happen. */
    public enum Kind {
        PLACED("placed"),
        PAID("paid"),
        PAID_LATE("paid-late"),
        HELD("held"),
        RELEASED("released"),
        CLOSED("closed"),
        RECIPIENT_CONFIRMED("recipient-confirmed"),
        RECIPIENT_CORRECTED("recipient-corrected"),
        STOCK_MISSING("stock-missing"),
        RESERVED("reserved"),
        SENT_TO_SUPPLIER("sent-to-supplier"),
        ACCEPTED("accepted"),
        WITH_STAFF("with-staff"),
        UNCLEAR("unclear"),
        LATE("late"),
        STAFF_TOLD("staff-told"),
        DECLINED("declined"),
        PARTIAL("partial"),
        READIED("readied"),
        DELIVERED("delivered"),
        SEEN("seen"),
        COMPLETED("completed"),
        COMPLAINED("complained"),
        DISPUTED("disputed"),
        DISPUTE_REJECTED("dispute-rejected"),
        REPLACING("replacing"),
        REPLACED("replaced"),
        PARKED("parked"),
        RETRIED("retried"),
        TAKEN("taken"),
        GIVEN_BACK("given-back"),
        REFUNDING("refunding"),
        KEYS_RETURNED("keys-returned"),
        MONEY_BACK("money-back"),
        MONEY_MOVED_BACK("money-moved-back"),
        REFUNDED("refunded");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that is shown, for ever. */
        public String word() {
            return word;
        }
    }

    /** Entries of an order that always mean the same; those that are not named are inner matters. */
    private static final Map<Class<? extends Entry.OfOrder>, Kind> KINDS = Map.ofEntries(
            Map.entry(Entry.OrderHeld.class, Kind.HELD),
            Map.entry(Entry.RecipientConfirmed.class, Kind.RECIPIENT_CONFIRMED),
            Map.entry(Entry.RecipientCorrected.class, Kind.RECIPIENT_CORRECTED),
            Map.entry(Entry.HoldReleased.class, Kind.RELEASED),
            Map.entry(Entry.OrderClosed.class, Kind.CLOSED),
            Map.entry(Entry.StockMissed.class, Kind.STOCK_MISSING),
            Map.entry(Entry.KeysReserved.class, Kind.RESERVED),
            Map.entry(Entry.KeysHandedOver.class, Kind.DELIVERED),
            Map.entry(Entry.KeysRevealed.class, Kind.SEEN),
            Map.entry(Entry.KeysReplaced.class, Kind.REPLACED),
            Map.entry(Entry.KeysReturned.class, Kind.KEYS_RETURNED),
            Map.entry(Entry.DispatchAccepted.class, Kind.ACCEPTED),
            Map.entry(Entry.DispatchDeclined.class, Kind.DECLINED),
            Map.entry(Entry.DispatchPartial.class, Kind.PARTIAL),
            Map.entry(Entry.OrderUncertain.class, Kind.UNCLEAR),
            Map.entry(Entry.OrderReadied.class, Kind.READIED),
            Map.entry(Entry.OrderDelivered.class, Kind.DELIVERED),
            Map.entry(Entry.DeliveryAttested.class, Kind.DELIVERED),
            Map.entry(Entry.OrderCompleted.class, Kind.COMPLETED),
            Map.entry(Entry.ComplaintMade.class, Kind.COMPLAINED),
            Map.entry(Entry.OrderDisputed.class, Kind.DISPUTED),
            Map.entry(Entry.DisputeRejected.class, Kind.DISPUTE_REJECTED),
            Map.entry(Entry.ReplacementDecided.class, Kind.REPLACING),
            Map.entry(Entry.OrderParked.class, Kind.PARKED),
            Map.entry(Entry.RetryDecided.class, Kind.RETRIED),
            Map.entry(Entry.OrderTaken.class, Kind.TAKEN),
            Map.entry(Entry.OrderGivenBack.class, Kind.GIVEN_BACK),
            Map.entry(Entry.OrderRefunding.class, Kind.REFUNDING),
            Map.entry(Entry.OrderUnfunded.class, Kind.MONEY_MOVED_BACK),
            Map.entry(Entry.OrderRefunded.class, Kind.REFUNDED));

    public Timeline {
        nodes = List.copyOf(nodes);
    }

    /**
     * The timeline of an order.
     *
     * @param facts all entries of its checkout, oldest first
     */
    public static Timeline of(List<Fact> facts, int line) {
        List<Node> nodes = new ArrayList<>();
        Map<Integer, Integer> lineOfRefund = new HashMap<>();
        Set<String> byPeople = new HashSet<>();
        Kind last = null;
        for (Fact fact : facts) {
            if (fact.entry() instanceof Entry.RefundWished wished && wished.line() != null) {
                lineOfRefund.put(wished.refund(), wished.line());
            }
            if (fact.entry() instanceof Entry.DispatchStarted started && isByPeople(started)) {
                byPeople.add(started.line() + "." + started.dispatch());
            }
            Kind kind = kindOf(fact.entry(), line, lineOfRefund, byPeople);
            if (kind != null && kind != last) {
                nodes.add(new Node(fact.at(), kind));
                last = kind;
            }
        }
        return new Timeline(nodes);
    }

    private static boolean isByPeople(Entry.DispatchStarted started) {
        return started.supplierTerms().byPeopleWithin() != null;
    }

    private static @Nullable Kind kindOf(
            Entry entry, int line, Map<Integer, Integer> lineOfRefund, Set<String> byPeople) {
        if (entry instanceof Entry.CheckoutPlaced) {
            return Kind.PLACED;
        }
        if (entry instanceof Entry.RefundDone done) {
            Integer of = lineOfRefund.get(done.refund());
            return of != null && of == line ? Kind.MONEY_BACK : null;
        }
        if (!(entry instanceof Entry.OfOrder ofOrder) || ofOrder.line() != line) {
            return null;
        }
        if (ofOrder instanceof Entry.OrderPaid paid) {
            return paid.late() ? Kind.PAID_LATE : Kind.PAID;
        }
        if (ofOrder instanceof Entry.DispatchStarted started) {
            return started.started().send() == 1 && !isByPeople(started) ? Kind.SENT_TO_SUPPLIER : null;
        }
        if (ofOrder instanceof Entry.DispatchAccepted accepted && byPeople.contains(line + "." + accepted.dispatch())) {
            return Kind.WITH_STAFF;
        }
        if (ofOrder instanceof Entry.DispatchDeclined declined && byPeople.contains(line + "." + declined.dispatch())) {
            return null;
        }
        return ofOrder instanceof Entry.RungReached reached ? kindOf(reached.rung()) : KINDS.get(ofOrder.getClass());
    }

    /** What is done at the other rungs shows by itself. */
    private static @Nullable Kind kindOf(Ladder.Rung rung) {
        return switch (rung) {
            case LATE -> Kind.LATE;
            case ESCALATE -> Kind.STAFF_TOLD;
            case REDISPATCH, END, END_WAITS -> null;
        };
    }
}
