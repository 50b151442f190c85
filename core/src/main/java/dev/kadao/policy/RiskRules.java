package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
 * @param ordersPerIp placed from one address, paid or not; default off
 * @param accountsPerIp accounts that place from one address, as one person with many accounts does; those beyond are held
 *     and not refused, since a school or a telephone network has one address too; default off
 * @param holdAbove totals above these are held, at most one amount for each currency; default none
 * @param oncePaid what is asked once more when a checkout is paid; default nothing
 */
public record RiskRules(
        int maxOpenOrdersPerIp,
        int checkoutsPerMinutePerBuyer,
        RiskLimit ordersPerAccount,
        RiskLimit ordersPerDevice,
        RiskLimit ordersPerRecipient,
        RiskLimit ordersPerIp,
        RiskLimit accountsPerIp,
        List<Money> holdAbove,
        RiskList allow,
        RiskList deny,
        PaidRiskRules oncePaid) {
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
        return new RiskRules(
                0, 0, off, off, off, off, off, List.of(), RiskList.none(), RiskList.none(), PaidRiskRules.off());
    }

    public RiskRules withMaxOpenOrdersPerIp(int most) {
        return with(copy -> copy.maxOpenOrdersPerIp = most);
    }

    public RiskRules withCheckoutsPerMinutePerBuyer(int most) {
        return with(copy -> copy.checkoutsPerMinutePerBuyer = most);
    }

    public RiskRules withOrdersPerAccount(RiskLimit limit) {
        return with(copy -> copy.ordersPerAccount = limit);
    }

    public RiskRules withOrdersPerDevice(RiskLimit limit) {
        return with(copy -> copy.ordersPerDevice = limit);
    }

    public RiskRules withOrdersPerRecipient(RiskLimit limit) {
        return with(copy -> copy.ordersPerRecipient = limit);
    }

    public RiskRules withOrdersPerIp(RiskLimit limit) {
        return with(copy -> copy.ordersPerIp = limit);
    }

    public RiskRules withAccountsPerIp(RiskLimit limit) {
        return with(copy -> copy.accountsPerIp = limit);
    }

    /** Holds totals above this one too. */
    public RiskRules withHoldAbove(Money amount) {
        List<Money> amounts = new ArrayList<>(holdAbove);
        amounts.add(amount);
        return with(copy -> copy.holdAbove = amounts);
    }

    public RiskRules withAllow(RiskList list) {
        return with(copy -> copy.allow = list);
    }

    public RiskRules withDeny(RiskList list) {
        return with(copy -> copy.deny = list);
    }

    public RiskRules withOncePaid(PaidRiskRules rules) {
        return with(copy -> copy.oncePaid = rules);
    }

    private RiskRules with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made();
    }

    /** So that a change names what changes alone. */
    private static final class Copy {
        private int maxOpenOrdersPerIp;
        private int checkoutsPerMinutePerBuyer;
        private RiskLimit ordersPerAccount;
        private RiskLimit ordersPerDevice;
        private RiskLimit ordersPerRecipient;
        private RiskLimit ordersPerIp;
        private RiskLimit accountsPerIp;
        private List<Money> holdAbove;
        private RiskList allow;
        private RiskList deny;
        private PaidRiskRules oncePaid;

        private Copy(RiskRules rules) {
            maxOpenOrdersPerIp = rules.maxOpenOrdersPerIp;
            checkoutsPerMinutePerBuyer = rules.checkoutsPerMinutePerBuyer;
            ordersPerAccount = rules.ordersPerAccount;
            ordersPerDevice = rules.ordersPerDevice;
            ordersPerRecipient = rules.ordersPerRecipient;
            ordersPerIp = rules.ordersPerIp;
            accountsPerIp = rules.accountsPerIp;
            holdAbove = rules.holdAbove;
            allow = rules.allow;
            deny = rules.deny;
            oncePaid = rules.oncePaid;
        }

        private RiskRules made() {
            return new RiskRules(
                    maxOpenOrdersPerIp,
                    checkoutsPerMinutePerBuyer,
                    ordersPerAccount,
                    ordersPerDevice,
                    ordersPerRecipient,
                    ordersPerIp,
                    accountsPerIp,
                    holdAbove,
                    allow,
                    deny,
                    oncePaid);
        }
    }
}
