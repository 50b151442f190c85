package dev.kadao.insight;

import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.insight.AuditReport.Violation;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the stored facts of one checkout agree with each other, by what it says and what its journal says. Every state
 * between two steps passes, so that an audit may run at any time. Lives for one check; not thread-safe.
 */
public final class Audit {
    private final Checkout checkout;
    private final List<Entry> history;
    private final List<Violation> violations = new ArrayList<>();

    private Audit(Checkout checkout, List<Entry> history) {
        this.checkout = checkout;
        this.history = history;
    }

    /**
     * Checks a checkout's money and goods (I1, I2, I4).
     *
     * @param history all entries of its journal, oldest first
     */
    public static List<Violation> check(Checkout checkout, List<Entry> history) {
        Audit audit = new Audit(checkout, history);
        new MoneyAudit(audit).check();
        checkout.orders().forEach(order -> new GoodsAudit(audit, order).check());
        checkout.orders().forEach(order -> new HoldAudit(audit, order).check());
        return List.copyOf(audit.violations);
    }

    Checkout checkout() {
        return checkout;
    }

    void violated(Object id, Invariant invariant, String sentence) {
        violations.add(new Violation(id.toString(), invariant, sentence));
    }

    /** How often an entry of this kind was decided about the order. */
    long count(Class<? extends Entry.OfOrder> kind, Order order) {
        return history.stream()
                .filter(kind::isInstance)
                .filter(entry -> ((Entry.OfOrder) entry).line() == order.line())
                .count();
    }

    List<Entry> history() {
        return history;
    }

    /** Whether a person has, or had, a case of this kind about the order. */
    boolean hadCase(Case.Kind kind, Order order) {
        return checkout.cases().stream()
                .anyMatch(known -> known.kind() == kind && known.line() != null && known.line() == order.line());
    }

    /** Whether a person has, or had, a case of this kind about the payment. */
    boolean hadCase(Case.Kind kind, int payment) {
        return checkout.cases().stream()
                .anyMatch(known -> known.kind() == kind && known.payment() != null && known.payment() == payment);
    }
}
