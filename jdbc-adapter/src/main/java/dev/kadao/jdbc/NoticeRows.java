package dev.kadao.jdbc;

import dev.kadao.port.NoticeWrite;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the rows of inbound notices. */
final class NoticeRows {
    private NoticeRows() {}

    /** Steps without a notice have null. */
    static void write(Session session, List<@Nullable NoticeWrite> notices, Instant now) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        notices.stream()
                .filter(Objects::nonNull)
                .forEach(notice -> rows.add(Session.row(
                        notice.key(),
                        notice.source(),
                        Bounds.storable(cut(notice.reference())),
                        notice.word(),
                        notice.raw(),
                        notice.state().name(),
                        Micros.of(now),
                        Micros.ofNullable(notice.due()))));
        if (!rows.isEmpty()) {
            session.updateRows(Query.NOTICE_WRITE, rows);
        }
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
