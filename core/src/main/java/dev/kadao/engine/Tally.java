package dev.kadao.engine;

import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.Reconciliation.Finding;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.port.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reconciliation has counted so far. For one thread. */
final class Tally {
    private static final int MOST_FINDINGS = 200;
    private static final int MOST_UNREADABLE = 100;

    private final Map<What, Long> counts = new EnumMap<>(What.class);
    private final List<Finding> findings = new ArrayList<>();
    private final List<Long> unreadable = new ArrayList<>();
    private long lines;
    private long received;
    private long givenBack;
    private long records;
    private long asked;
    private long cases;

    /**
     * What came of one thing.
     *
     * @param sentence for a person; empty where nobody needs one
     * @param cases how many cases were opened by it
     */
    record End(What what, String sentence, long cases, long asked) {
        static final End MATCHED = of(What.MATCHED, "");

        static End of(What what, String sentence) {
            return new End(what, sentence, 0, 0);
        }

        End afterAsking() {
            return new End(what, sentence, cases, asked + 1);
        }
    }

    void line(Statement.Line line) {
        lines++;
        if (line instanceof Statement.Line.Received) {
            received++;
        } else if (line instanceof Statement.Line.GivenBack) {
            givenBack++;
        }
    }

    long lines() {
        return lines;
    }

    void record() {
        records++;
    }

    void unreadable(long line, String reason) {
        if (unreadable.size() < MOST_UNREADABLE) {
            unreadable.add(line);
        }
        end(line, "line " + line, End.of(What.UNREADABLE, reason));
    }

    void end(long line, String subject, End end) {
        counts.merge(end.what(), 1L, Long::sum);
        cases += end.cases();
        asked += end.asked();
        if (!end.sentence().isEmpty() && findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(line, end.what(), subject, end.sentence()));
        }
    }

    Reconciliation report(String gateway, Statement statement, long next, @Nullable String stopped) {
        Comparator<Finding> byLine =
                Comparator.comparingLong(finding -> finding.line() == 0 ? Long.MAX_VALUE : finding.line());
        return new Reconciliation(
                gateway,
                statement.from(),
                statement.until(),
                lines,
                received,
                givenBack,
                records,
                asked,
                counts,
                cases,
                unreadable,
                findings.stream().sorted(byLine).toList(),
                next,
                stopped);
    }
}
