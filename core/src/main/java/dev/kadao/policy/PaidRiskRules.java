package dev.kadao.policy;

/**
 * The built-in rules that are asked once more when a checkout is paid. What they find is held for a person. Whoever is on
 * the allow list is neither held nor counted, but for the deny list, which comes first.
 *
 * @param ordersPerRecipient paid orders for one recipient; default off
 * @param ordersPerAccount paid orders of one account; default off
 * @param denyList whether accounts and recipients are looked up in the deny list once more, with what was added to it, and
 *     with recipients that were corrected, since placing; default no
 */
public record PaidRiskRules(RiskLimit ordersPerRecipient, RiskLimit ordersPerAccount, boolean denyList) {

    public static PaidRiskRules off() {
        return new PaidRiskRules(RiskLimit.off(), RiskLimit.off(), false);
    }

    public PaidRiskRules withOrdersPerRecipient(RiskLimit limit) {
        return new PaidRiskRules(limit, ordersPerAccount, denyList);
    }

    public PaidRiskRules withOrdersPerAccount(RiskLimit limit) {
        return new PaidRiskRules(ordersPerRecipient, limit, denyList);
    }

    public PaidRiskRules withDenyList() {
        return new PaidRiskRules(ordersPerRecipient, ordersPerAccount, true);
    }

    /** Whether any rule is on: if none is, nothing is asked. */
    public boolean areOn() {
        return ordersPerRecipient.isOn() || ordersPerAccount.isOn() || denyList;
    }
}
