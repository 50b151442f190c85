package dev.kadao.insight;

import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.RecipientHistory;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on record for when a buyer says that goods did not arrive, are invalid or went astray. No keys, no personal text.
 *
 * @param givesKeys whether the goods are keys, that the buyer looks at himself
 * @param deliveredAt when the present goods were handed over; null if they were not
 * @param byHand whether a person attested it
 * @param shown how often the present keys were shown, as far as it is recorded
 * @param firstShownAt when they were shown for the first time; null if never
 * @param lastShownAt when they were shown for the last time; null if never
 * @param origins from how many different known origins
 * @param supplier who handed over; null if the keys came from stock, or nobody did
 * @param supplierOrder the supplier's own number; null if it is not known
 * @param receipt commitment to the supplier's receipt; null if there is none
 * @param corrections how often the buyer corrected the recipient
 * @param recipientConfirmedAt when the buyer confirmed the recipient; null if never
 * @param windowEnd until when it may be disputed; null before delivery
 * @param hold what an escrow service holds of what was paid, or did; null if there is none
 */
public record DisputeEvidence(
        OrderId order,
        boolean givesKeys,
        @Nullable Instant deliveredAt,
        boolean byHand,
        int shown,
        @Nullable Instant firstShownAt,
        @Nullable Instant lastShownAt,
        int origins,
        @Nullable String supplier,
        @Nullable String supplierOrder,
        @Nullable Commitment receipt,
        int corrections,
        @Nullable Instant recipientConfirmedAt,
        @Nullable Instant windowEnd,
        @Nullable Hold hold) {

    /**
     * The evidence about an order.
     *
     * @param facts all entries of its checkout, oldest first
     */
    public static DisputeEvidence of(Checkout checkout, int line, List<Timeline.Fact> facts) {
        Order order = checkout.order(line);
        Collected collected = new Collected();
        for (Timeline.Fact fact : facts) {
            if (fact.entry() instanceof Entry.OfOrder entry && entry.line() == line) {
                collected.add(fact.at(), entry);
            }
        }
        Dispatch delivered = order.dispatches().stream()
                .filter(dispatch -> dispatch.state() == Dispatch.State.DELIVERED)
                .reduce((first, last) -> last)
                .orElse(null);
        RecipientHistory recipient = order.recipientHistory();
        return new DisputeEvidence(
                order.id(),
                order.route().givesKeys(),
                collected.deliveredAt,
                collected.byHand,
                collected.shown,
                collected.firstShownAt,
                collected.lastShownAt,
                collected.origins.size(),
                delivered == null ? null : delivered.supplier(),
                delivered == null ? null : delivered.supplierOrder(),
                collected.receipt,
                recipient == null ? 0 : recipient.corrections(),
                recipient == null ? null : recipient.confirmedAt(),
                order.windowEnd(),
                checkout.hold(line));
    }

    /** What the entries say so far. A new delivery begins anew. */
    private static final class Collected {
        private @Nullable Instant deliveredAt;
        private boolean byHand;
        private int shown;
        private @Nullable Instant firstShownAt;
        private @Nullable Instant lastShownAt;
        private final Set<Commitment> origins = new HashSet<>();
        private @Nullable Commitment receipt;

        void add(Instant at, Entry.OfOrder entry) {
            if (entry instanceof Entry.KeysHandedOver
                    || entry instanceof Entry.KeysReplaced
                    || entry instanceof Entry.OrderDelivered) {
                delivered(at, false);
            } else if (entry instanceof Entry.DeliveryAttested) {
                delivered(at, true);
            } else if (entry instanceof Entry.DispatchDelivered delivered) {
                receipt = delivered.receipt();
            } else if (entry instanceof Entry.ReplacementDecided) {
                delivered(at, false);
                deliveredAt = null;
                receipt = null;
            } else if (entry instanceof Entry.KeysRevealed first) {
                seen(at, first.origin());
            } else if (entry instanceof Entry.KeysRevealedAgain again) {
                seen(at, again.origin());
            }
        }

        private void delivered(Instant at, boolean attested) {
            deliveredAt = at;
            byHand = attested;
            shown = 0;
            firstShownAt = null;
            lastShownAt = null;
            origins.clear();
        }

        private void seen(Instant at, @Nullable Commitment origin) {
            shown++;
            firstShownAt = firstShownAt == null ? at : firstShownAt;
            lastShownAt = at;
            if (origin != null) {
                origins.add(origin);
            }
        }
    }
}
