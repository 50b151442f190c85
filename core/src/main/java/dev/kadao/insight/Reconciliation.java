package dev.kadao.insight;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation looked at and what came of it. Holds no personal data.
 *
 * @param gateway whose books were compared with ours
 * @param from when the statement's period begins
 * @param until when it is over
 * @param lines how many lines were read, from the start line on
 * @param received how many of them say that money came
 * @param givenBack how many of them say that money went back
 * @param records how many receipts and refunds on record here, recorded within the period, were looked for in the statement
 * @param asked how often the gateway was asked
 * @param counts how often what came of it; what does not occur is left out
 * @param cases how many cases of checkouts were opened
 * @param unreadable the numbers of the first hundred lines that could not be read
 * @param findings what did not match, by line, those found in our own records at the end; the first two hundred
 * @param next the line to go on from where this run stopped; after the last one once all lines were gone through
 * @param stopped why it ended early; null if it came to its end
 */
public record Reconciliation(
        String gateway,
        Instant from,
        Instant until,
        long lines,
        long received,
        long givenBack,
        long records,
        long asked,
        Map<What, Long> counts,
        long cases,
        List<Long> unreadable,
        List<Finding> findings,
        long next,
        @Nullable String stopped) {

    /** What came of one line, or of one of our own records that the statement lacks. */
    public enum What {
        /** Both sides say the same. */
        MATCHED,
        /** It is recorded now, and whatever follows from it is under way. */
        REPAIRED,
        /** A payment that is none of ours: kept as an orphan, matched again for a day, then a case. */
        ORPHAN,
        /** The two sides contradict each other: a person was given a case. */
        CASE,
        /** A person was told in an earlier run, or by a notice. */
        TOLD,
        /** The statement lacks it and the gateway confirms it: it belongs to the period before or after. */
        EDGE,
        /** The statement lacks it and the gateway did not say: run again later. */
        UNANSWERED,
        /** It could not be recorded now: run again later. */
        FAILED,
        /** The line could not be read. */
        UNREADABLE
    }

    /**
     * One thing that did not match.
     *
     * @param line its number in the statement; 0 for what only our own records hold
     * @param subject our payment or refund, else the gateway's trade number
     * @param sentence what both sides say and what was done
     */
    public record Finding(long line, What what, String subject, String sentence) {}

    public Reconciliation {
        counts = Map.copyOf(counts);
        unreadable = List.copyOf(unreadable);
        findings = List.copyOf(findings);
    }

    public long count(What what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Whether all was gone through. */
    public boolean isComplete() {
        return stopped == null;
    }

    /** Whether all was gone through and every single thing is matched, repaired, or with a person. */
    public boolean isSettled() {
        return isComplete() && count(What.UNANSWERED) + count(What.FAILED) + count(What.UNREADABLE) == 0;
    }
}
