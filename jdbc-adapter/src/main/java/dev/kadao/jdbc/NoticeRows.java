package dev.kadao.jdbc;

import dev.kadao.port.NoticeWrite;
import java.time.Instant;

/** The rows of inbound notices. */
final class NoticeRows {
    private NoticeRows() {}

    static void add(Changes changes, NoticeWrite notice, Instant now) {
        changes.add(
                Query.NOTICE_WRITE,
                notice.key(),
                notice.source(),
                Bounds.storable(cut(notice.reference())),
                notice.word(),
                notice.raw(),
                notice.state().name(),
                Micros.of(now),
                Micros.ofNullable(notice.due()));
    }

    /** Cut to the column, never through the middle of a character. */
    private static String cut(String reference) {
        if (reference.length() <= Bounds.REFERENCE_LENGTH) {
            return reference;
        }
        boolean splits = Character.isHighSurrogate(reference.charAt(Bounds.REFERENCE_LENGTH - 1));
        return reference.substring(0, Bounds.REFERENCE_LENGTH - (splits ? 1 : 0));
    }
}
