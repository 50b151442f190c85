package dev.kadao.port;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

        record Replace(OrderId order, String sku, int quantity, int replacement) implements StockRequest {}

        record Release(OrderId order, String cause) implements StockRequest {}
    }

    /** What the stock answered inside the commit. */
    sealed interface StockAnswer {
        /** Taken and handed over, or replaced. */
        record Taken() implements StockAnswer {}

        record OutOfStock() implements StockAnswer {}

        /** What came of a release; also the answer to a take or replace whose order was released before. */
        record Returned(KeyInventory.ReleaseAnswer answer) implements StockAnswer {}

        /** Stock could not be asked in time; nothing was changed. */
        record NotTried(String reason) implements StockAnswer {}
    }
}
