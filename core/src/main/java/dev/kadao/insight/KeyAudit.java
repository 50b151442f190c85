package dev.kadao.insight;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.KeySlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether keys and orders agree on whose the keys are (I3). First sees every key, then every order, then finishes. Keeps
 * about a hundred bytes for each order that has keys. Not thread-safe.
 *
 * <p>Keys and documents of one database change together, but an inventory may also be called between two steps: what an
 * order has asked for and not yet recorded is no violation.
 */
public final class KeyAudit {
    private static final class Tally {
        private final String sku;
        private int reserved;
        private int sold;
        private int soldOfLatest;
        private int latest = -1;

        Tally(String sku) {
            this.sku = sku;
        }

        void sold(int replacement) {
            sold++;
            if (replacement > latest) {
                latest = replacement;
                soldOfLatest = 0;
            }
            if (replacement == latest) {
                soldOfLatest++;
            }
        }
    }

    private final Map<OrderId, Tally> tallies = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private @Nullable String previous;
    private long seen;

    /** Begins an audit of keys. */
    public KeyAudit() {}

    /** Sees a key; they come in the order of their ids. */
    public void see(KeySlot slot) {
        if (slot.id().equals(previous)) {
            violated(slot.id(), "the key is there twice");
        }
        previous = slot.id();
        seen++;
        OrderId owner = slot.order();
        switch (slot.state()) {
            case FREE -> {
                if (owner != null) {
                    violated(slot.id(), "the key is free and belongs to order " + owner);
                }
            }
            case RESERVED, SOLD -> {
                if (owner == null) {
                    if (slot.state() == KeySlot.State.SOLD && slot.replacement() == KeySlot.PURGED) {
                        return;
                    }
                    violated(slot.id(), "the key is " + slot.state() + " and belongs to nobody");
                } else {
                    count(slot, owner);
                }
            }
            case VOID -> {}
        }
    }

    private void count(KeySlot slot, OrderId owner) {
        Tally tally = tallies.computeIfAbsent(owner, order -> new Tally(slot.sku()));
        if (!tally.sku.equals(slot.sku())) {
            violated(slot.id(), "order " + owner + " has keys of " + tally.sku + " and of " + slot.sku());
        }
        if (slot.state() == KeySlot.State.SOLD) {
            tally.sold(slot.replacement());
        } else {
            tally.reserved++;
        }
    }

    /** Compares an order with the keys that name it. */
    public void check(Order order) {
        Tally tally = tallies.remove(order.id());
        if (tally != null && !tally.sku.equals(order.sku())) {
            violated(order.id(), "the order is for " + order.sku() + " and has keys of " + tally.sku);
        }
        int sold = tally == null ? 0 : tally.sold;
        int reserved = tally == null ? 0 : tally.reserved;
        String wrong = switch (order.keys().state()) {
            case NONE -> wrongWithNone(order, sold, reserved);
            case RESERVED -> wrongWhileReserved(order, sold, reserved);
            case HANDED_OVER -> isOwnedAsRecorded(order, tally) ? null : "all were handed over";
            case RETURNED -> sold + reserved > 0 ? "all were taken back" : null;
        };
        if (wrong != null) {
            violated(
                    order.id(),
                    sold + " keys are sold to the order and " + reserved + " reserved; it is for " + order.quantity()
                            + " in delivery " + order.keys().replacement() + " and says that " + wrong);
        }
    }

    private static @Nullable String wrongWithNone(Order order, int sold, int reserved) {
        boolean gaveBack = order.stage() == Stage.CLOSED && order.keys().atPlacing() == Keys.AtPlacing.LET_GO;
        if (gaveBack && reserved > 0) {
            return "what was reserved went back to stock";
        }
        return sold > 0 ? "none of them was handed over" : null;
    }

    private static @Nullable String wrongWhileReserved(Order order, int sold, int reserved) {
        if (order.stage() == Stage.AWAITING_PAYMENT) {
            return sold == 0 && reserved == order.quantity() ? null : "they are reserved until it is paid";
        }
        int bound = sold + reserved;
        return bound == 0 || bound == order.quantity() ? null : "they are reserved";
    }

    private static boolean isOwnedAsRecorded(Order order, @Nullable Tally tally) {
        boolean takenBack = order.stage() == Stage.REFUNDING;
        if (tally == null || tally.sold == 0) {
            return takenBack && (tally == null || tally.reserved == 0);
        }
        int recorded = order.keys().replacement();
        boolean current =
                tally.latest == recorded || (order.stage() == Stage.REPLACING && tally.latest == recorded + 1);
        boolean whole = tally.sold == order.quantity() && tally.soldOfLatest == tally.sold;
        return current && whole && tally.reserved == 0;
    }

    /** What is left: keys sold to orders that do not exist. */
    public List<Violation> finish() {
        tallies.forEach((order, tally) -> {
            if (tally.sold > 0) {
                violated(order, tally.sold + " keys are sold to an order that does not exist");
            }
        });
        tallies.clear();
        return List.copyOf(violations);
    }

    public long seen() {
        return seen;
    }

    private void violated(Object id, String sentence) {
        violations.add(new Violation(id.toString(), Invariant.I3, sentence));
    }
}
