package dev.kadao.port;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.KeyText;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.IndexRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One atomic commit. */
public sealed interface Step {
    /** Unique for ever; found in the row or journal after a COMMIT whose answer was lost. At most 32 characters. */
    String stepId();

    /** A step of a checkout. */
    sealed interface OfCheckout extends Step {
        CheckoutId id();

        /** The version this was decided on; 0 inserts a new checkout and is stale if the id exists. */
        long expectedVersion();

        Claim claim();

        /** A notice row to be written in the same commit; null if there is none. */
        @Nullable
        NoticeWrite notice();
    }

    /** A step that needs no stock. */
    record Plain(
            String stepId,
            CheckoutId id,
            long expectedVersion,
            Claim claim,
            @Nullable NoticeWrite notice,
            Write write) implements OfCheckout {}

    /**
     * A step that is finished with the answers of the stock.
     *
     * @param continuation pure; takes one answer per request, in order
     */
    record WithStock(
            String stepId,
            CheckoutId id,
            long expectedVersion,
            Claim claim,
            @Nullable NoticeWrite notice,
            List<StockRequest> requests,
            Function<List<StockAnswer>, Write> continuation)
            implements OfCheckout {
        public WithStock {
            requests = List.copyOf(requests);
        }

        /** The first of these answers for which nothing of this step is to be written; empty if there is none. */
        public Optional<StockAnswer> missing(List<StockAnswer> answers) {
            for (int i = 0; i < requests.size(); i++) {
                boolean required = requests.get(i) instanceof StockRequest.ReserveUnpaid wish && wish.orNothing();
                boolean had = answers.get(i) instanceof StockAnswer.ForUnpaid unpaid
                        && unpaid.answer() instanceof ReservingInventory.UnpaidAnswer.Reserved;
                if (required && !had) {
                    return Optional.of(answers.get(i));
                }
            }
            return Optional.empty();
        }
    }

    /** A notice row alone: its checkout is unknown, or could not be read, decided or won. */
    record NoticeAlone(String stepId, NoticeWrite notice) implements Step {}

    /**
     * What a step leaves in the row.
     *
     * @param format the version of the code's document format
     * @param due when it wants attention; null if never again. The stored due time is the later of this and a live claim
     * @param seq the number of its latest journal row, raised by one where {@code journal} is given
     * @param journal the entries of this step; null if it has none
     * @param index all index rows of the checkout; they replace the earlier ones
     */
    record Write(
            int format,
            Bytes document,
            Bytes personal,
            @Nullable Instant due,
            long seq,
            @Nullable Bytes journal,
            List<IndexRow> index) {
        public Write {
            index = List.copyOf(index);
        }
    }

    /** What a step does to the claim of its checkout, checked and written in the same update, by the store's clock. */
    sealed interface Claim {
        /** Leaves it as it is; whoever holds it keeps it. */
        record Keep() implements Claim {}

        /** Takes it for the worker unless somebody else's is alive; the step is written either way. */
        record Take(String worker, Duration lease) implements Claim {}

        /** The worker's own must be alive, else the step is stale; prolongs it. */
        record Hold(String worker, Duration lease) implements Claim {}

        /** Gives it back if it is the worker's. */
        record Release(String worker) implements Claim {}
    }

    /** Something asked of the stock inside the commit. */
    sealed interface StockRequest {
        /**
         * Reserve and hand over. Answered {@link StockAnswer.OutOfStock} also while another checkout waits for this SKU
         * since before {@code paidAt} (index kind {@code waiting}, value = SKU, a space, and the ISO time with
         * microseconds of its payment).
         */
        record Take(OrderId order, String sku, int quantity, Instant paidAt) implements StockRequest {}

        /**
         * Reserve for an order that is not paid yet, as {@link ReservingInventory#reserveUnpaid} does. Out of stock also
         * while another checkout waits for this SKU, as for a {@link Take} of now.
         *
         * @param cap how many keys of the SKU may be reserved at once
         * @param orNothing whether nothing of the step is written if they cannot be had: it is answered
         *     {@link StepResult.NotServed}, and what it has reserved besides goes back
         */
        record ReserveUnpaid(OrderId order, String sku, int quantity, int cap, boolean orNothing)
                implements StockRequest {}

        /** Give back what was reserved for an unpaid order, as {@link ReservingInventory#letGo} does. */
        record LetGo(OrderId order) implements StockRequest {}

        record Replace(OrderId order, String sku, int quantity, int replacement) implements StockRequest {}

        record Release(OrderId order, String cause) implements StockRequest {}

        /**
         * Keys that a supplier sold us for an order: sealed into the stock and handed over, all or none. Keys of this
         * order and dispatch that were set aside before count as new. Answered {@link StockAnswer.Taken}, also when
         * repeated; {@link StockAnswer.Unfit} where the stock knows one of them already, or the order has others: then
         * what is not known yet is set aside.
         *
         * @param dispatch the number of the dispatch that they came with, from 1
         * @param replacement which delivery of the order they are: 0 the first; from 1 on the earlier ones become void
         * @param keys kept as {@link KeyText#kept} says; a {@link KeyText#flaw} makes them unfit, and what has it itself is
         *     not kept
         */
        record Supply(OrderId order, String sku, int dispatch, int replacement, List<Secret> keys)
                implements StockRequest {
            public Supply {
                keys = List.copyOf(keys);
                refuseNumbers(order, dispatch, replacement);
            }
        }

        /**
         * Keys that a supplier sold us and that the order cannot have: sealed, void and nobody's, so that a person can
         * find them. Answered {@link StockAnswer.Taken}, also when repeated; what the stock knows already is left alone.
         *
         * @param cause why, for people; holds no secret
         */
        record SetAside(OrderId order, String sku, int dispatch, List<Secret> keys, String cause)
                implements StockRequest {
            public SetAside {
                keys = List.copyOf(keys);
                refuseNumbers(order, dispatch, 0);
            }
        }

        private static void refuseNumbers(OrderId order, int dispatch, int replacement) {
            if (dispatch < 1 || replacement < 0) {
                throw new InvalidValueException("keys that came for " + order + " name dispatch " + dispatch
                        + " and replacement " + replacement + ": dispatches count from 1, replacements from 0");
            }
        }
    }

    /** What the stock answered inside the commit. */
    sealed interface StockAnswer {
        /** Taken and handed over, replaced, supplied or set aside. */
        record Taken() implements StockAnswer {}

        record OutOfStock() implements StockAnswer {}

        /** What came of {@link StockRequest.ReserveUnpaid}. */
        record ForUnpaid(ReservingInventory.UnpaidAnswer answer) implements StockAnswer {}

        /** Nothing is reserved (any more) that was before the payment; keys that were handed over are untouched. */
        record Gone() implements StockAnswer {}

        /** What came of a release; also the answer to a take or replace whose order was released before. */
        record Returned(KeyInventory.ReleaseAnswer answer) implements StockAnswer {}

        /**
         * The order cannot have the keys that came for it; none was handed over.
         *
         * @param reason for people; holds no secret
         */
        record Unfit(String reason) implements StockAnswer {}

        /** Stock could not be asked in time; nothing was changed. */
        record NotTried(String reason) implements StockAnswer {}
    }
}
