package dev.kadao.examples.acceptance;

import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.order.Bytes;
import dev.kadao.order.Entry;
import dev.kadao.order.Started;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the journal tells of the sends to suppliers: their rights, and how soon others took over from who held one. */
final class StartedActs {
    private final Map<String, List<Started>> rights = new HashMap<>();
    private final Map<String, Started> open = new HashMap<>();
    private final List<Duration> recoveries = new ArrayList<>();

    private StartedActs() {}

    static StartedActs read(String url) throws SQLException {
        StartedActs acts = new StartedActs();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select checkout_id, entries from kadao_journal order by checkout_id, seq")) {
            while (rows.next()) {
                JournalEntry row = Codec.decodeJournal(Bytes.of(rows.getBytes(2)));
                for (Entry entry : row.entries()) {
                    acts.add(rows.getString(1), row.at(), entry);
                }
            }
        }
        return acts;
    }

    private void add(String checkout, Instant at, Entry entry) {
        if (entry instanceof Entry.DispatchStarted started) {
            String reference = reference(checkout, started.line(), started.dispatch());
            rights.computeIfAbsent(reference, key -> new ArrayList<>()).add(started.started());
            open.put(reference, started.started());
        } else if (entry instanceof Entry.DispatchUnclear unclear) {
            ended(reference(checkout, unclear.line(), unclear.dispatch()), at);
        } else if (entry instanceof Entry.DispatchDelivered delivered) {
            ended(reference(checkout, delivered.line(), delivered.dispatch()), at);
        } else if (entry instanceof Entry.DispatchNotSent notSent) {
            ended(reference(checkout, notSent.line(), notSent.dispatch()), at);
        }
    }

    /** An end from {@code quietAt} on was not written by who had begun, but by who found it begun. */
    private void ended(String reference, Instant at) {
        Started began = open.remove(reference);
        if (began != null && !at.isBefore(began.quietAt())) {
            recoveries.add(Duration.between(began.quietAt(), at));
        }
    }

    private static String reference(String checkout, int line, int dispatch) {
        return checkout + "_" + line + "_" + dispatch;
    }

    /** How long after send deadline, call limit and margin the first other process went on, in order. */
    List<Duration> recoveries() {
        return recoveries.stream().sorted().toList();
    }

    /** Requests that were signed outside of every right to send them, and references sent more often than allowed. */
    List<String> withoutRight(Map<String, List<Instant>> signed) {
        List<String> wrong = new ArrayList<>();
        signed.forEach((reference, times) -> {
            List<Started> allowed = rights.getOrDefault(reference, List.of());
            if (times.size() > allowed.size()) {
                wrong.add(reference + " came " + times.size() + " times with " + allowed.size() + " rights to send it");
            }
            for (Instant time : times) {
                if (allowed.stream().noneMatch(right -> covers(right, time))) {
                    wrong.add(reference + " was signed at " + time + ", allowed were " + allowed);
                }
            }
        });
        return wrong;
    }

    /** Whether the right under which this was signed was over for everybody at that time. */
    boolean isQuiet(String reference, Instant signed, Instant at) {
        return rights.getOrDefault(reference, List.of()).stream()
                .filter(right -> covers(right, signed))
                .allMatch(right -> !at.isBefore(right.quietAt()));
    }

    /** Requests carry whole seconds. */
    private static boolean covers(Started right, Instant signed) {
        return !signed.isBefore(right.at().truncatedTo(ChronoUnit.SECONDS)) && !signed.isAfter(right.sendBefore());
    }
}
