package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Terms;
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
 * @param secondPersonForGoods whether so are the release of a hold and a replacement, by which goods leave the shop; only with
 *     {@code secondPerson}; default false
 */
public record HandlingSettings(
        Duration cases, Duration complaints, Duration disputes, boolean secondPerson, boolean secondPersonForGoods) {
    public HandlingSettings {
        Positive.check("handling of cases", cases);
        Positive.check("handling of complaints", complaints);
        Positive.check("handling of disputes", disputes);
        if (secondPersonForGoods && !secondPerson) {
            throw new InvalidValueException(
                    "goods are to need a second person and money is not (secondPersonForGoods true,"
                            + " secondPerson false): use withSecondPersonForGoods(), which asks for both");
        }
    }

    public static HandlingSettings defaults() {
        return new HandlingSettings(Duration.ofHours(4), Duration.ofHours(2), Duration.ofHours(24), false, false);
    }

    public HandlingSettings withCases(Duration within) {
        return new HandlingSettings(within, complaints, disputes, secondPerson, secondPersonForGoods);
    }

    public HandlingSettings withComplaints(Duration within) {
        return new HandlingSettings(cases, within, disputes, secondPerson, secondPersonForGoods);
    }

    public HandlingSettings withDisputes(Duration within) {
        return new HandlingSettings(cases, complaints, within, secondPerson, secondPersonForGoods);
    }

    /** For refunds and attested deliveries; without one for these there is none for goods either. */
    public HandlingSettings withSecondPerson(boolean wanted) {
        return new HandlingSettings(cases, complaints, disputes, wanted, wanted && secondPersonForGoods);
    }

    /** For refunds, attested deliveries, releases and replacements. */
    public HandlingSettings withSecondPersonForGoods() {
        return new HandlingSettings(cases, complaints, disputes, true, true);
    }

    /** As they are recorded with a checkout. */
    public Terms.Handling recorded() {
        return new Terms.Handling(cases, complaints, disputes, secondPerson, secondPersonForGoods ? true : null);
    }
}
