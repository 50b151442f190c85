package dev.kadao.insight;

import dev.kadao.insight.Timeline.Kind;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few places that an order passes on its way to the buyer, for a progress bar: those it has passed, the one where it
 * is, and those ahead of it. Where a person decides nothing is ahead, since nobody knows yet. {@link Texts} names the
 * places.
 */
public record Track(List<Stop> stops) {

    /** One place on the way. The words are shown, for ever. */
    public enum Place {
        AWAITING_PAYMENT("awaiting-payment"),
        CLOSED("closed"),
        REVIEW("review"),
        PAID("paid"),
        SENDING("sending"),
        SENT("sent"),
        SENT_TO_ACCOUNT("sent-to-account"),
        DISPUTE("dispute"),
        REPLACING("replacing"),
        WITH_STAFF("with-staff"),
        REFUNDING("refunding"),
        REFUNDED("refunded"),
        COMPLETED("completed");

        private final String word;

        Place(String word) {
            this.word = word;
        }

        /** The word that is shown, for ever. */
        public String word() {
            return word;
        }
    }

    /** How an order stands to a place. */
    public enum State {
        DONE,
        CURRENT,
        AHEAD
    }

    /**
     * One place, and how the order stands to it.
     *
     * @param at when it was reached; null while it is ahead
     */
    public record Stop(Place place, State state, @Nullable Instant at) {}

    private static final Set<Kind> PAYING = EnumSet.of(Kind.PAID, Kind.PAID_LATE);
    private static final Set<Kind> SENDING = EnumSet.of(Kind.SENT_TO_SUPPLIER, Kind.WITH_STAFF);
    private static final Set<Kind> DELIVERING = EnumSet.of(Kind.DELIVERED, Kind.REPLACED);
    private static final Set<Kind> REFUNDING = EnumSet.of(Kind.REFUNDING, Kind.MONEY_MOVED_BACK);

    public Track {
        stops = List.copyOf(stops);
    }

    /**
     * The track of an order as it stands now.
     *
     * @param timeline of the same order; gives the times
     */
    public static Track of(Order order, Timeline timeline) {
        List<Stop> stops = new ArrayList<>();
        Place current = place(order);
        past(order, timeline, stops);
        stops.removeIf(stop -> stop.place() == current);
        stops.add(new Stop(current, State.CURRENT, order.since()));
        ahead(order).forEach(place -> stops.add(new Stop(place, State.AHEAD, null)));
        return new Track(stops);
    }

    /** The place where an order is. */
    static Place place(Order order) {
        return switch (order.stage()) {
            case AWAITING_PAYMENT -> Place.AWAITING_PAYMENT;
            case CLOSED -> Place.CLOSED;
            case ON_HOLD -> Place.REVIEW;
            case PAID, RESERVED -> Place.PAID;
            case DISPATCHING, UNCERTAIN -> Place.SENDING;
            case DELIVERED -> sent(order);
            case DISPUTED -> Place.DISPUTE;
            case REPLACING -> Place.REPLACING;
            case PARKED -> Place.WITH_STAFF;
            case REFUNDING -> Place.REFUNDING;
            case REFUNDED -> Place.REFUNDED;
            case COMPLETED -> Place.COMPLETED;
        };
    }

    private static Place sent(Order order) {
        return order.route().givesKeys() ? Place.SENT : Place.SENT_TO_ACCOUNT;
    }

    private static boolean isSupplied(Order order) {
        return order.route().kind() != Route.Kind.KEYS;
    }

    private static void past(Order order, Timeline timeline, List<Stop> stops) {
        pass(stops, Place.PAID, first(timeline, PAYING));
        if (isSupplied(order)) {
            pass(stops, Place.SENDING, first(timeline, SENDING));
        }
        pass(stops, sent(order), first(timeline, DELIVERING));
        boolean ended = place(order) == Place.REFUNDED;
        pass(stops, Place.REFUNDING, ended ? first(timeline, REFUNDING) : null);
    }

    private static void pass(List<Stop> stops, Place place, @Nullable Instant at) {
        if (at != null) {
            stops.add(new Stop(place, State.DONE, at));
        }
    }

    private static @Nullable Instant first(Timeline timeline, Set<Kind> kinds) {
        return timeline.nodes().stream()
                .filter(node -> kinds.contains(node.kind()))
                .map(Timeline.Node::at)
                .findFirst()
                .orElse(null);
    }

    private static List<Place> ahead(Order order) {
        Place sent = sent(order);
        return switch (place(order)) {
            case AWAITING_PAYMENT ->
                isSupplied(order)
                        ? List.of(Place.PAID, Place.SENDING, sent, Place.COMPLETED)
                        : List.of(Place.PAID, sent, Place.COMPLETED);
            case PAID ->
                isSupplied(order) ? List.of(Place.SENDING, sent, Place.COMPLETED) : List.of(sent, Place.COMPLETED);
            case SENDING, REPLACING -> List.of(sent, Place.COMPLETED);
            case SENT, SENT_TO_ACCOUNT -> List.of(Place.COMPLETED);
            case REFUNDING -> List.of(Place.REFUNDED);
            case CLOSED, REVIEW, DISPUTE, WITH_STAFF, REFUNDED, COMPLETED -> List.of();
        };
    }
}
