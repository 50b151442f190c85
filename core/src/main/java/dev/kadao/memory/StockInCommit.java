package dev.kadao.memory;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the stock requests of a step inside its commit. Whoever calls holds the lock of store and stock. */
final class StockInCommit {
    private static final Logger LOG = LoggerFactory.getLogger(StockInCommit.class);
    private final KeyShelf shelf;
    private final SuppliedKeys supplied;
    private final IndexTable index;

    StockInCommit(KeyShelf shelf, IndexTable index) {
        this.shelf = shelf;
        this.supplied = new SuppliedKeys(shelf);
        this.index = index;
    }

    /** What became of a step after its stock was asked; the shelf's changes are not final yet. */
    sealed interface Finished {
        record Writes(Step.Write write) implements Finished {}

        /** Nothing is to be written without what was answered so. */
        record Lacks(StockAnswer answer) implements Finished {}
    }

    Finished finish(Step.WithStock step, Instant now) {
        try {
            List<StockAnswer> answers = new ArrayList<>();
            for (StockRequest request : step.requests()) {
                answers.add(answer(request, step.id(), now));
            }
            return finished(step, answers);
        } catch (RuntimeException e) {
            shelf.takeBack();
            LOG.error(
                    "Step {} of checkout {} failed on its stock and is written as not tried.",
                    step.stepId(),
                    step.id(),
                    e);
            return notTried(
                    step,
                    "stock or its continuation failed with " + e.getClass().getName());
        }
    }

    private static Finished finished(Step.WithStock step, List<StockAnswer> answers) {
        Optional<StockAnswer> missing = step.missing(answers);
        return missing.isPresent()
                ? new Finished.Lacks(missing.get())
                : new Finished.Writes(step.continuation().apply(List.copyOf(answers)));
    }

    /** What becomes of the step where there is no stock to ask, or asking failed. */
    static Finished notTried(Step.WithStock step, String reason) {
        List<StockAnswer> answers = new ArrayList<>();
        step.requests().forEach(request -> answers.add(new StockAnswer.NotTried(reason)));
        return finished(step, answers);
    }

    private StockAnswer answer(StockRequest request, CheckoutId checkout, Instant now) {
        if (request instanceof StockRequest.Take take) {
            return take(take, checkout, now);
        }
        if (request instanceof StockRequest.ReserveUnpaid unpaid) {
            return reserveUnpaid(unpaid, checkout, now);
        }
        if (request instanceof StockRequest.LetGo letGo) {
            shelf.letGo(letGo.order());
            return new StockAnswer.Gone();
        }
        if (request instanceof StockRequest.Replace replace) {
            ReserveAnswer answer =
                    shelf.replace(replace.order(), replace.sku(), replace.quantity(), replace.replacement(), now);
            return answered(answer, replace.order());
        }
        if (request instanceof StockRequest.Supply supply) {
            return supplied.supply(supply, now);
        }
        if (request instanceof StockRequest.SetAside aside) {
            return supplied.setAside(aside);
        }
        StockRequest.Release release = (StockRequest.Release) request;
        return new StockAnswer.Returned(shelf.release(release.order(), release.cause(), now));
    }

    /** Only who has nothing yet stands in the queue: a repetition gets what it has. */
    private StockAnswer take(StockRequest.Take take, CheckoutId checkout, Instant now) {
        boolean isNew = shelf.binding(take.order()) == null;
        if (isNew && index.othersWait(take.sku(), checkout, take.paidAt())) {
            return new StockAnswer.OutOfStock();
        }
        ReserveAnswer answer = shelf.reserve(take.order(), take.sku(), take.quantity(), now);
        if (answer instanceof ReserveAnswer.Reserved) {
            shelf.handOver(take.order());
        }
        return answered(answer, take.order());
    }

    /** Who has paid and waits comes before who has not paid. */
    private StockAnswer reserveUnpaid(StockRequest.ReserveUnpaid request, CheckoutId checkout, Instant now) {
        boolean isNew = shelf.binding(request.order()) == null;
        if (isNew && index.othersWait(request.sku(), checkout, now)) {
            return new StockAnswer.ForUnpaid(new UnpaidAnswer.OutOfStock());
        }
        return new StockAnswer.ForUnpaid(
                shelf.reserveUnpaid(request.order(), request.sku(), request.quantity(), request.cap(), now));
    }

    private StockAnswer answered(ReserveAnswer answer, OrderId order) {
        if (answer instanceof ReserveAnswer.Reserved) {
            return new StockAnswer.Taken();
        }
        if (answer instanceof ReserveAnswer.OutOfStock) {
            return new StockAnswer.OutOfStock();
        }
        Binding tombstone = shelf.binding(order);
        ReleaseAnswer released = tombstone == null ? null : tombstone.released();
        return new StockAnswer.Returned(released == null ? new ReleaseAnswer.NeverReserved() : released);
    }
}
