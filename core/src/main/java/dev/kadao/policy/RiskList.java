package dev.kadao.policy;

import dev.kadao.order.InvalidValueException;
import java.util.Set;

/**
 * Buyers who are known. Compared exactly, but for recipients that are denied, of which one spelling stands for all of the
 * same mailbox or telephone, and for addresses: {@code 203.0.113.7}, {@code 203.0.113.0/24} and
 * {@code 2001:db8::/32} stand for every spelling and every address within.
 *
 * @param accounts as the shop names them
 * @param ips addresses, or networks with the length of their prefix
 * @param recipients one of them in a checkout is enough to deny it; to allow it all must be here
 */
public record RiskList(Set<String> accounts, Set<String> ips, Set<String> recipients) {
    /** @throws InvalidValueException if an address is none */
    public RiskList {
        accounts = Set.copyOf(accounts);
        ips = Set.copyOf(ips);
        recipients = Set.copyOf(recipients);
        for (String ip : ips) {
            if (IpNetwork.of(ip).isEmpty()) {
                throw new InvalidValueException("'" + ip + "' in a list of addresses is none: write 203.0.113.7,"
                        + " 203.0.113.0/24, 2001:db8::7 or 2001:db8::/32");
            }
        }
    }

    public static RiskList none() {
        return new RiskList(Set.of(), Set.of(), Set.of());
    }

    public static RiskList ofAccounts(String... accounts) {
        return new RiskList(Set.of(accounts), Set.of(), Set.of());
    }

    public static RiskList ofIps(String... ips) {
        return new RiskList(Set.of(), Set.of(ips), Set.of());
    }

    public static RiskList ofRecipients(String... recipients) {
        return new RiskList(Set.of(), Set.of(), Set.of(recipients));
    }

    /** This list and the other one. */
    public RiskList and(RiskList other) {
        return new RiskList(
                union(accounts, other.accounts), union(ips, other.ips), union(recipients, other.recipients));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new java.util.HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** Says how many, not who: they are personal data. */
    @Override
    public String toString() {
        return "RiskList(" + accounts.size() + " accounts, " + ips.size() + " addresses, " + recipients.size()
                + " recipients)";
    }
}
