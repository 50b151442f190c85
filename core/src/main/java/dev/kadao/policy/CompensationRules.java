package dev.kadao.policy;

import dev.kadao.order.Compensation;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What buyers get on top when the goods, or the money back, come too late. Each order gets at most one compensation, ever:
 * of the rules that hold, the one of the longest breach; among several of the same, the first one in this list. It is decided
 * when the wait has ended, by the goods delivered or, where there is no delivery, the money back; never while that is open.
 *
 * @param rules at most 10; default none. A share of the price is only given with goods: of money that is back there is none
 */
public record CompensationRules(List<Rule> rules) {
    public CompensationRules {
        rules = List.copyOf(rules);
        if (rules.size() > Terms.Remedies.MOST_RULES) {
            throw new InvalidValueException(
                    "at most " + Terms.Remedies.MOST_RULES + " rules of compensation, not " + rules.size());
        }
    }

    public static CompensationRules defaults() {
        return new CompensationRules(List.of());
    }

    /** These rules. */
    public static CompensationRules of(Rule... rules) {
        return new CompensationRules(List.of(rules));
    }

    /**
     * One rule.
     *
     * @param breachOf it holds from so long beyond {@code sla.late} on; counted from the payment, the release of a hold or the
     *     decision to replace, whichever is last; zero for whatever is late
     * @param from for orders of at least this amount, in its currency
     * @param below for orders below this amount, in the same currency; null without a bound
     */
    public record Rule(
            Duration breachOf, Money from, @Nullable Money below, Remedy remedy) {
        public Rule {
            terms(breachOf, from, below, remedy);
        }

        /** For every amount of that currency from {@code from} on. */
        public static Rule from(Duration breachOf, Money from, Remedy remedy) {
            return new Rule(breachOf, from, null, remedy);
        }

        CompensationTerms terms() {
            return terms(breachOf, from, below, remedy);
        }

        private static CompensationTerms terms(Duration breachOf, Money from, @Nullable Money below, Remedy remedy) {
            if (remedy instanceof Remedy.RefundShare share) {
                return new CompensationTerms(
                        breachOf, from, below, Compensation.Kind.REFUND_SHARE, share.permille(), null, null);
            }
            if (remedy instanceof Remedy.Credit credit) {
                return new CompensationTerms(
                        breachOf, from, below, Compensation.Kind.CREDIT, null, credit.amount(), null);
            }
            String kind = ((Remedy.Coupon) remedy).kind();
            return new CompensationTerms(breachOf, from, below, Compensation.Kind.COUPON, null, null, kind);
        }
    }

    /** What is given. */
    public sealed interface Remedy {
        /**
         * A part of the price goes back the way it came, rounded down to a minor unit.
         *
         * @param permille of the order's amount, 1 to 999
         */
        record RefundShare(int permille) implements Remedy {}

        /**
         * The shop credits an amount to the buyer, by its {@code Compensator}.
         *
         * @param amount below the smallest amount that the rule is for
         */
        record Credit(Money amount) implements Remedy {}

        /**
         * The shop gives the buyer a coupon, by its {@code Compensator}.
         *
         * @param kind in the shop's own words, 1 to 64 printable characters; its worth is the shop's to keep below the price
         */
        record Coupon(String kind) implements Remedy {}
    }

    /** Whether somebody must be there who grants credits and coupons. */
    public boolean needCompensator() {
        return rules.stream().anyMatch(rule -> !(rule.remedy() instanceof Remedy.RefundShare));
    }

    /** The rules as they are recorded with a checkout; null if there are none. */
    public @Nullable List<CompensationTerms> recorded() {
        return rules.isEmpty() ? null : rules.stream().map(Rule::terms).toList();
    }
}
