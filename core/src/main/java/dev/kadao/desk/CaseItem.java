package dev.kadao.desk;

import dev.kadao.order.Case;
import dev.kadao.order.Snapshot;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work for a person: a case of a checkout, or an orphan notice.
 *
 * @param id {@code <checkout>_c<number>}, or {@code orphan_<notice key>}
 * @param kind lower-case words with hyphens, such as {@code other-currency}; {@code orphan} for a notice
 * @param subject what it is about
 * @param due by when a person is to have ended it, also once it is closed; for an orphan when it is told again, null if
 *     never
 * @param found the case of a checkout; null for an orphan
 * @param orphan the notice; null for a case of a checkout
 */
public record CaseItem(
        String id,
        String kind,
        String subject,
        Instant openedAt,
        @Nullable Instant due,
        @Nullable CaseOfCheckout found,
        @Nullable StoredNotice orphan) {

    /** A case with its checkout. */
    public record CaseOfCheckout(Case theCase, Snapshot snapshot) {}
}
