package dev.kadao.order;

import static dev.kadao.order.InvalidValueException.require;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One rule of compensation, as it is recorded at placing.
 *
 * @param breach it holds from so long beyond the promise on
 * @param from for orders of at least this amount, and of its currency
 * @param below for orders below this amount; null without a bound
 * @param permille the share of the price that goes back; null for other kinds
 * @param credit less than any price it holds for; null for other kinds
 * @param coupon the kind of coupon in the shop's words; null for other kinds
 */
public record CompensationTerms(
        Duration breach,
        Money from,
        @Nullable Money below,
        Compensation.Kind kind,
        @Nullable Integer permille,
        @Nullable Money credit,
        @Nullable String coupon) {
    /** The longest name of a kind of coupon. */
    public static final int COUPON_LIMIT = 64;

    public CompensationTerms {
        require(!breach.isNegative(), "compensation: a breach of " + breach + " is none; at least PT0S");
        require(from.isPositive(), "compensation: it is for orders from " + from + " on; name an amount above zero");
        require(
                below == null || (below.currency().equals(from.currency()) && below.isMoreThan(from)),
                "compensation: no amount is from " + from + " on and below " + below);
        int said = (permille == null ? 0 : 1) + (credit == null ? 0 : 1) + (coupon == null ? 0 : 1);
        boolean fits = switch (kind) {
            case REFUND_SHARE -> permille != null;
            case CREDIT -> credit != null;
            case COUPON -> coupon != null;
        };
        require(fits && said == 1, "compensation: " + kind + " needs exactly what it is made of");
        require(
                permille == null || (permille >= 1 && permille <= 999),
                "compensation: " + permille + " permille of the price; 1 to 999, so that it stays below the price");
        require(
                credit == null || isBelow(credit, from),
                "compensation: a credit of " + credit + " for orders from " + from
                        + " on: positive, of the same currency and below that, so that it stays below the price");
        require(
                coupon == null
                        || (!coupon.isBlank()
                                && coupon.length() <= COUPON_LIMIT
                                && coupon.chars().noneMatch(Character::isISOControl)),
                "compensation: the kind of coupon is 1 to " + COUPON_LIMIT + " printable characters");
    }

    private static boolean isBelow(Money credit, Money from) {
        return credit.isPositive() && credit.currency().equals(from.currency()) && from.isMoreThan(credit);
    }

    /** Whether it holds for an order of this amount that was late by so much. */
    public boolean holdsFor(Money amount, Duration late) {
        return amount.currency().equals(from.currency())
                && !from.isMoreThan(amount)
                && (below == null || below.isMoreThan(amount))
                && late.compareTo(breach) >= 0;
    }
}
