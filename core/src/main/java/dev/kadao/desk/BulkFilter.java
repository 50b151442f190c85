package dev.kadao.desk;

import dev.kadao.order.Case;
import dev.kadao.order.Order;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import java.time.Instant;
import java.util.Optional;

/**
 * Which orders a bulk act is about; what is empty does not narrow it.
 *
 * @param supplier one of the order's route, or one it was sent to
 * @param paidFrom paid at that time or later, as the promise counts
 * @param paidBefore paid before that time
 * @param caseKind with an open case of that kind about the order itself
 * @param taken by a person, or by nobody
 */
public record BulkFilter(
        Optional<Stage> stage,
        Optional<String> sku,
        Optional<String> supplier,
        Optional<Instant> paidFrom,
        Optional<Instant> paidBefore,
        Optional<Case.Kind> caseKind,
        Optional<Boolean> taken) {

    /** All orders. */
    public static BulkFilter all() {
        return new BulkFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public BulkFilter inStage(Stage wanted) {
        return new BulkFilter(Optional.of(wanted), sku, supplier, paidFrom, paidBefore, caseKind, taken);
    }

    public BulkFilter ofSku(String wanted) {
        return new BulkFilter(stage, Optional.of(wanted), supplier, paidFrom, paidBefore, caseKind, taken);
    }

    public BulkFilter ofSupplier(String wanted) {
        return new BulkFilter(stage, sku, Optional.of(wanted), paidFrom, paidBefore, caseKind, taken);
    }

    /** Paid within a time, its end not included. */
    public BulkFilter paid(Instant from, Instant before) {
        return new BulkFilter(stage, sku, supplier, Optional.of(from), Optional.of(before), caseKind, taken);
    }

    public BulkFilter withCase(Case.Kind wanted) {
        return new BulkFilter(stage, sku, supplier, paidFrom, paidBefore, Optional.of(wanted), taken);
    }

    public BulkFilter taken(boolean wanted) {
        return new BulkFilter(stage, sku, supplier, paidFrom, paidBefore, caseKind, Optional.of(wanted));
    }

    /** Whether an order, as it is now, is one of them. */
    public boolean matches(Order order, Snapshot snapshot) {
        Instant paidAt = order.paidAt();
        return stage.map(wanted -> order.stage() == wanted).orElse(true)
                && sku.map(wanted -> order.sku().equals(wanted)).orElse(true)
                && supplier.map(wanted -> isOf(order, wanted)).orElse(true)
                && paidFrom.map(from -> paidAt != null && !paidAt.isBefore(from))
                        .orElse(true)
                && paidBefore.map(end -> paidAt != null && paidAt.isBefore(end)).orElse(true)
                && caseKind.map(kind -> hasCase(order, snapshot, kind)).orElse(true)
                && taken.map(wanted -> wanted == (order.takenBy() != null)).orElse(true);
    }

    private static boolean isOf(Order order, String supplier) {
        return order.route().suppliers().contains(supplier)
                || order.dispatches().stream()
                        .anyMatch(dispatch -> dispatch.supplier().equals(supplier));
    }

    private static boolean hasCase(Order order, Snapshot snapshot, Case.Kind kind) {
        return snapshot.checkout().cases().stream()
                .anyMatch(open ->
                        open.isOpen() && open.kind() == kind && open.line() != null && open.line() == order.line());
    }
}
