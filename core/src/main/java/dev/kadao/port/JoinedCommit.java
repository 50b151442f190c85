package dev.kadao.port;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.util.Optional;

/**
 * An open transaction of the caller that placing may be written into. It comes from the store (for example {@code
 * JdbcCheckoutStore.join}) and lasts as long as that transaction; it is as little thread-safe as its connection.
 * Whether what it wrote exists at all is for the caller to say, by COMMIT or ROLLBACK: neither is ever done here.
 */
public interface JoinedCommit {

    /**
     * Writes the first step of a new checkout (expected version 0) into the transaction. If the same id is being written
     * by another transaction, this waits until that one has ended.
     *
     * @return {@code Done}, which is as good as the caller's COMMIT; or {@code Stale} if the id exists, in this
     *     transaction or for everybody. Never {@code Unknown}
     * @throws StoreException if a statement failed. Nothing of this step is left, but the transaction may be broken:
     *     roll it back, and where {@link StoreException#isTransient()} run it again from its start
     */
    StepResult commit(Step.Plain placing);

    /**
     * Reads a checkout as this transaction sees it; empty if it sees none.
     *
     * @throws StoreException as {@link #commit} does
     */
    Optional<StoredCheckout> read(CheckoutId id);
}
