package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * The built-in rules by which a checkout is placed, held or refused. Start from {@link #defaults()} or {@link #off()} and
 * change what you need. The deny list comes before everything; then the allow list, to which no other rule here applies and
 * whose buyers are not counted; then the counts, which refuse, but for accounts of one address, which hold; then the
 * amounts, which hold. Several orders of one checkout count one each. A rule about something that the shop does not say (an
 * account, an address, a device) does not apply.
 *
 * @param maxOpenOrdersPerIp unpaid orders of one address (an IPv6 address counts as its /64) at a time; what is paid or
 *     closed counts no more; 0 switches it off; default 20
 * @param checkoutsPerMinutePerBuyer of one account, or of one address where there is no account; 0 switches it off;
 *     default 10
 * @param ordersPerAccount placed, paid or not; default off
 * @param ordersPerDevice placed, paid or not; default off
 * @param ordersPerRecipient placed, paid or not; default off
 * @param accountsPerIp accounts that place from one address, as one person with many accounts does; those beyond are held
 *     and not refused, since a school or a telephone network has one address too; default off
 * @param holdAbove totals above these are held, at most one amount for each currency; default none
 */
public record RiskRules(
        int maxOpenOrdersPerIp,
        int checkoutsPerMinutePerBuyer,
        RiskLimit ordersPerAccount,
        RiskLimit ordersPerDevice,
        RiskLimit ordersPerRecipient,
        RiskLimit accountsPerIp,
        List<Money> holdAbove,
        RiskList allow,
        RiskList deny) {
    /** The highest limit of any rule. */
    public static final int HIGHEST = 1_000_000;

    public RiskRules {
        holdAbove = List.copyOf(holdAbove);
        check("open orders per address", maxOpenOrdersPerIp);
        check("checkouts per minute and buyer", checkoutsPerMinutePerBuyer);
        long currencies = holdAbove.stream().map(Money::currency).distinct().count();
        if (currencies < holdAbove.size()) {
            throw new InvalidValueException(
                    "amounts above which is held name a currency twice: " + holdAbove + "; name each currency once");
        }
    }

    private static void check(String what, int most) {
        if (most < 0 || most > HIGHEST) {
            throw new InvalidValueException(what + " are limited to " + most + "; use 0 to " + HIGHEST);
        }
    }

    public static RiskRules defaults() {
        return off().withMaxOpenOrdersPerIp(20).withCheckoutsPerMinutePerBuyer(10);
    }

    /** No rule at all. */
    public static RiskRules off() {
        RiskLimit off = RiskLimit.off();
        return new RiskRules(0, 0, off, off, off, off, List.of(), RiskList.none(), RiskList.none());
    }

    public RiskRules withMaxOpenOrdersPerIp(int most) {
        return new RiskRules(
                most,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                allow,
                deny);
    }

    public RiskRules withCheckoutsPerMinutePerBuyer(int most) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                most,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                allow,
                deny);
    }

    public RiskRules withOrdersPerAccount(RiskLimit limit) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                limit,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                allow,
                deny);
    }

    public RiskRules withOrdersPerDevice(RiskLimit limit) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                limit,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                allow,
                deny);
    }

    public RiskRules withOrdersPerRecipient(RiskLimit limit) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                limit,
                accountsPerIp,
                holdAbove,
                allow,
                deny);
    }

    public RiskRules withAccountsPerIp(RiskLimit limit) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                limit,
                holdAbove,
                allow,
                deny);
    }

    /** Holds totals above this one too. */
    public RiskRules withHoldAbove(Money amount) {
        List<Money> amounts = new ArrayList<>(holdAbove);
        amounts.add(amount);
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                amounts,
                allow,
                deny);
    }

    public RiskRules withAllow(RiskList list) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                list,
                deny);
    }

    public RiskRules withDeny(RiskList list) {
        return new RiskRules(
                maxOpenOrdersPerIp,
                checkoutsPerMinutePerBuyer,
                ordersPerAccount,
                ordersPerDevice,
                ordersPerRecipient,
                accountsPerIp,
                holdAbove,
                allow,
                list);
    }
}
