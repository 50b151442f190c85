package dev.kadao.policy;

import java.time.Duration;

/**
 * By when people are to be done with what needs them. A case that is still open at its time is told again, more
 * urgently, and daily from then on; nothing is decided by itself. What staff are to hand over has the time of its own
 * {@code ManualDelivery}.
 *
 * @param cases with a case of any other kind; default 4 h
 * @param complaints with a case that a buyer's complaint opened; default 2 h
 * @param disputes with a dispute; default 24 h
 * @param secondPerson whether a refund or an attested delivery at the desk is only proposed by one person and done when
 *     another one approves; default false
 */
public record HandlingSettings(Duration cases, Duration complaints, Duration disputes, boolean secondPerson) {
    public HandlingSettings {
        Positive.check("handling of cases", cases);
        Positive.check("handling of complaints", complaints);
        Positive.check("handling of disputes", disputes);
    }

    public static HandlingSettings defaults() {
        return new HandlingSettings(Duration.ofHours(4), Duration.ofHours(2), Duration.ofHours(24), false);
    }

    public HandlingSettings withCases(Duration within) {
        return new HandlingSettings(within, complaints, disputes, secondPerson);
    }

    public HandlingSettings withComplaints(Duration within) {
        return new HandlingSettings(cases, within, disputes, secondPerson);
    }

    public HandlingSettings withDisputes(Duration within) {
        return new HandlingSettings(cases, complaints, within, secondPerson);
    }

    public HandlingSettings withSecondPerson(boolean wanted) {
        return new HandlingSettings(cases, complaints, disputes, wanted);
    }
}
