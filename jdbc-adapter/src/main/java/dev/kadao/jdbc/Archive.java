package dev.kadao.jdbc;

import dev.kadao.port.StoredNotice;
import java.io.IOException;
import java.util.List;

/**
 * Takes over what a {@link JdbcRetention} is about to delete. Each batch is handed over within the transaction that then
 * deletes it, and is deleted only if the call returns: so it must return only when the batch lies safely elsewhere.
 *
 * <p>At least once: a process that dies between the call and COMMIT, or a COMMIT that fails, leaves the batch to be handed
 * over again, perhaps in other company. Write so that a repetition does no harm, for instance under the checkout's id.
 *
 * <p>Meanwhile the batch's checkouts are locked, and a late notice about one of them waits: be quick. Called by one
 * thread at a time for each run, not always the caller's.
 */
public interface Archive {

    /**
     * Takes checkouts over, the longest final first.
     *
     * @throws IOException if they are not safe: nothing of this batch is deleted and the run ends with the exception
     */
    void checkouts(List<PurgedCheckout> batch) throws IOException;

    /**
     * Takes over notices that never matched a payment and whose case is closed.
     *
     * @throws IOException if they are not safe: as with checkouts
     */
    void orphans(List<StoredNotice> batch) throws IOException;
}
