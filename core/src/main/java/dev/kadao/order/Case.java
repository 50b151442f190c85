package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work for a person about one order or payment. Kind and subject are its identity while it is open: opening it twice
 * is a repetition that adds evidence.
 *
 * @param subject what it is about: an order, payment, dispatch, refund or trade number
 * @param line the order; null if it concerns a payment alone
 * @param payment the payment; null if it concerns an order alone
 * @param closedAt null while open
 * @param due by when a person is to have ended it; null for one that was opened before this was recorded
 * @param escalated how often it was escalated since it is overdue; null if never
 */
public record Case(
        int number,
        Kind kind,
        String subject,
        @Nullable Integer line,
        @Nullable Integer payment,
        Instant openedAt,
        List<Evidence> evidence,
        @Nullable Instant closedAt,
        @Nullable Instant due,
        @Nullable Integer escalated) {
    /** So often a case is escalated at most; from then on it is told daily at the same level. */
    public static final int MOST_ESCALATIONS = 3;

    /** What the person is asked to look at. */
    public enum Kind {
        /** Beyond the promise, with a sign of life from whoever's turn it is. */
        LATE,
        /** Beyond the promise, without one. */
        STUCK,
        /** Automation has come to its end: the order waits for a person's decision. */
        PARKED,
        /** Less money came than was asked for. */
        SHORT,
        /** More money came than was asked for. */
        OVER,
        OTHER_CURRENCY,
        /** What another side says does not fit what is on record, for example money or goods taken back. */
        CONFLICT,
        /** The gateway will not give the money back: pay it back by other means. */
        REFUND_DECLINED,
        /** The goods were, or may have been, handed over more than once. */
        SUPPLIED_TWICE,
        /** The buyer disputes goods of a completed order. */
        DISPUTE,
        /** The shop's own people are to hand over: mark it delivered with evidence, or refund it. */
        DELIVERY,
        /** Its evidence names the cause. */
        OTHER,
        /** One person proposed a refund or an attested delivery: another one is to approve or decline it. */
        APPROVAL,
        /** Paid, and held by a rule about risk: release it, or refund it. */
        RISK
    }

    /**
     * One thing a person should know.
     *
     * @param fact our own words, free of personal data
     * @param text what a person wrote; null if there is none
     */
    public record Evidence(String fact, @Nullable Commitment text) {
        public static Evidence of(String fact) {
            return new Evidence(fact, null);
        }
    }

    public Case {
        evidence = List.copyOf(evidence);
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    /** By when a person is to have ended it: its own time, else at once. */
    public Instant dueAt() {
        return due == null ? openedAt : due;
    }

    /** How often it was escalated: 0 while a person has time for it. */
    public int level() {
        return escalated == null ? 0 : escalated;
    }

    /** The level at which it is told at a time: one more than before once its own time is over. */
    public int levelAt(Instant now) {
        boolean overdue = due != null && !now.isBefore(due);
        return overdue ? Math.min(level() + 1, MOST_ESCALATIONS) : level();
    }

    /** This case with more evidence, the first and the latest nineteen kept. */
    public Case with(Evidence more) {
        List<Evidence> all = new ArrayList<>(evidence);
        if (all.size() >= 20) {
            all.remove(1);
        }
        all.add(more);
        return new Case(number, kind, subject, line, payment, openedAt, all, closedAt, due, escalated);
    }

    public Case closed(Instant at) {
        return new Case(number, kind, subject, line, payment, openedAt, evidence, at, due, escalated);
    }

    /** This case escalated to a level. */
    public Case escalated(int newLevel) {
        return new Case(number, kind, subject, line, payment, openedAt, evidence, closedAt, due, newLevel);
    }
}
