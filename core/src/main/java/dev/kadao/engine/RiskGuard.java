package dev.kadao.engine;

import dev.kadao.order.Secret;
import dev.kadao.policy.IfSilent;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.PaidRiskPolicy;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about risk.
 *
 * @param policy the shop's own, asked whether a checkout may be placed; null if it has none
 * @param counted the built-in rules; null if they are not used
 * @param oncePaid the shop's own, asked when a checkout is paid; null if it has none
 * @param ifSilent what becomes of what is paid if nobody answers
 */
public record RiskGuard(
        @Nullable RiskPolicy policy,
        @Nullable Counted counted,
        @Nullable PaidRiskPolicy oncePaid,
        IfSilent ifSilent) {

    /**
     * The built-in rules, and what they count with.
     *
     * @param digestKey under which accounts, addresses, devices and recipients become digests
     */
    public record Counted(RiskRules rules, RiskCounters counters, Secret digestKey) {}

    /** Whether anybody is asked before a checkout is placed. */
    boolean asksAtPlacing() {
        return policy != null || counted != null;
    }

    /** Whether anybody is asked when a checkout is paid. */
    boolean asksOncePaid() {
        return oncePaid != null
                || (counted != null && counted.rules().oncePaid().areOn());
    }
}
