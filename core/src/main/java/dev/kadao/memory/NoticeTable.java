package dev.kadao.memory;

import dev.kadao.port.NoticeWrite;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inbound notices by key. Whoever calls holds the lock. */
final class NoticeTable {
    private static final int REFERENCE_LENGTH = 64;
    private final TreeMap<String, StoredNotice> notices = new TreeMap<>();

    void write(NoticeWrite write, Instant now) {
        StoredNotice known = notices.get(write.key());
        if (known == null) {
            notices.put(write.key(), first(write, now));
        } else if (known.state() != StoredNotice.State.APPLIED) {
            notices.put(
                    known.key(),
                    new StoredNotice(
                            known.key(),
                            known.source(),
                            known.reference(),
                            known.word(),
                            known.raw(),
                            write.state(),
                            known.receivedAt(),
                            due(write)));
        }
    }

    private static StoredNotice first(NoticeWrite write, Instant now) {
        String reference = write.reference();
        return new StoredNotice(
                write.key(),
                write.source(),
                reference.length() <= REFERENCE_LENGTH ? reference : reference.substring(0, REFERENCE_LENGTH),
                write.word(),
                write.raw(),
                write.state(),
                now,
                due(write));
    }

    private static @Nullable Instant due(NoticeWrite write) {
        return write.due() == null ? null : write.due().truncatedTo(ChronoUnit.MICROS);
    }

    List<StoredNotice> dueBy(Instant now, int limit) {
        record Due(Instant at, StoredNotice notice) {}
        return notices.values().stream()
                .<Due>mapMulti((notice, found) -> {
                    Instant due = notice.due();
                    if (due != null && !due.isAfter(now)) {
                        found.accept(new Due(due, notice));
                    }
                })
                .sorted(Comparator.comparing(Due::at))
                .limit(Math.max(0, limit))
                .map(Due::notice)
                .toList();
    }

    List<StoredNotice> inState(StoredNotice.State state, String afterKey, int limit) {
        return notices.tailMap(afterKey, false).values().stream()
                .filter(notice -> notice.state() == state)
                .limit(Math.max(0, limit))
                .toList();
    }
}
