package dev.kadao.engine;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.order.Terms;
import dev.kadao.policy.IpNetwork;
import dev.kadao.policy.PaidRiskRules;
import dev.kadao.policy.RiskLimit;
import dev.kadao.policy.RiskList;
import dev.kadao.policy.RiskRules;
import dev.kadao.port.PaidRiskPolicy.PaidRequest;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskCounters.TakeAnswer;
import dev.kadao.port.RiskCounters.Ticket;
import dev.kadao.port.RiskPolicy.Line;
import dev.kadao.port.RiskPolicy.RiskAnswer;
import dev.kadao.port.RiskPolicy.RiskRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The built-in rules about risk. What they count goes by digests under a key of the shop's: whoever reads the counters
 * without that key cannot even find an address by trying all of them.
 */
final class RiskRuleBook {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DIGEST_BYTES = 16;
    private static final String OPEN_OF_IP = "open-ip";
    private static final String MINUTE_OF_BUYER = "minute";
    private static final String OF_ACCOUNT = "account";
    private static final String OF_DEVICE = "device";
    private static final String OF_RECIPIENT = "recipient";
    private static final String OF_IP = "ip";
    private static final String ACCOUNTS_OF_IP = "burst-ip";
    private static final String PAID_FOR_RECIPIENT = "paid-recipient";
    private static final String PAID_BY_ACCOUNT = "paid-account";
    private static final Map<String, String> REASONS = Map.of(
            OPEN_OF_IP, "too many unpaid orders of one address",
            MINUTE_OF_BUYER, "too many checkouts of one buyer within a minute",
            OF_ACCOUNT, "too many orders of one account",
            OF_DEVICE, "too many orders of one device",
            OF_RECIPIENT, "too many orders for one recipient",
            OF_IP, "too many orders of one address",
            ACCOUNTS_OF_IP, "too many accounts at one address",
            PAID_FOR_RECIPIENT, "too many paid orders for one recipient",
            PAID_BY_ACCOUNT, "too many paid orders of one account");

    private final RiskRules rules;
    private final RiskCounters counters;
    private final Secret digestKey;
    private final Duration openFor;
    private final List<IpNetwork> allowed;
    private final List<IpNetwork> denied;
    private final Set<String> deniedRecipients;

    /** @param openFor how long an unpaid order stays open at most */
    RiskRuleBook(RiskGuard.Counted counted, Duration openFor) {
        this.rules = counted.rules();
        this.counters = counted.counters();
        this.digestKey = counted.digestKey();
        this.openFor = openFor;
        this.allowed = networks(rules.allow());
        this.denied = networks(rules.deny());
        this.deniedRecipients =
                rules.deny().recipients().stream().map(RecipientForm::of).collect(Collectors.toUnmodifiableSet());
    }

    /** How long an unpaid order stays open at most. */
    static Duration openFor(Terms terms) {
        return terms.paymentDeadline().plus(terms.closeGrace());
    }

    private static List<IpNetwork> networks(RiskList list) {
        return list.ips().stream().flatMap(ip -> IpNetwork.of(ip).stream()).toList();
    }

    boolean isDenied(RiskRequest request) {
        RiskList list = rules.deny();
        return isAccountOrIpIn(list, denied, request)
                || request.lines().stream()
                        .anyMatch(line -> deniedRecipients.contains(RecipientForm.of(line.recipient())));
    }

    boolean isAllowed(RiskRequest request) {
        RiskList list = rules.allow();
        return isAccountOrIpIn(list, allowed, request)
                || request.lines().stream().allMatch(line -> list.recipients().contains(line.recipient()));
    }

    private static boolean isAccountOrIpIn(RiskList list, List<IpNetwork> networks, RiskRequest request) {
        String ip = request.ip();
        Optional<IpNetwork> address = ip == null ? Optional.empty() : IpNetwork.ofBuyer(ip);
        return (request.account() != null && list.accounts().contains(request.account()))
                || address.filter(one -> networks.stream().anyMatch(network -> network.holds(one)))
                        .isPresent();
    }

    /** Why its amount has it held; null if it does not. */
    @Nullable
    String holdByAmount(RiskRequest request) {
        Money total = request.total();
        return rules.holdAbove().stream()
                .filter(limit -> limit.currency().equals(total.currency()) && total.isMoreThan(limit))
                .map(limit -> "the amount is above " + limit)
                .findFirst()
                .orElse(null);
    }

    /** Takes the places that it needs; empty if too many others do at the moment. */
    Optional<RiskAnswer> count(RiskRequest request) {
        List<Ticket> refusing = refusing(request);
        TakeAnswer taken = refusing.isEmpty() ? TakeAnswer.taken() : counters.take(refusing);
        if (taken instanceof TakeAnswer.Full full) {
            return Optional.of(RiskAnswer.refuse(reason(full)));
        }
        Ticket holding = holding(request);
        if (taken instanceof TakeAnswer.Taken && holding != null) {
            // Those above are kept also if this one is full: the checkout is placed all the same.
            taken = counters.take(List.of(holding));
        }
        if (taken instanceof TakeAnswer.Full full) {
            return Optional.of(RiskAnswer.hold(reason(full)));
        }
        return taken instanceof TakeAnswer.Taken ? Optional.of(RiskAnswer.allow()) : Optional.empty();
    }

    private static String reason(TakeAnswer.Full full) {
        String rule = full.key().substring(0, full.key().indexOf('.'));
        return REASONS.getOrDefault(rule, "too many of rule " + rule);
    }

    private List<Ticket> refusing(RiskRequest request) {
        List<Ticket> tickets = new ArrayList<>();
        String holder = holder(request.checkout());
        int orders = request.lines().size();
        String ip = ip(request);
        String account = request.account();
        if (rules.maxOpenOrdersPerIp() > 0 && ip != null) {
            tickets.add(new Ticket(key(OPEN_OF_IP, ip), holder, orders, rules.maxOpenOrdersPerIp(), openFor, true));
        }
        String buyer = account == null ? (ip == null ? null : "ip " + ip) : "account " + account;
        if (rules.checkoutsPerMinutePerBuyer() > 0 && buyer != null) {
            int most = rules.checkoutsPerMinutePerBuyer();
            tickets.add(new Ticket(key(MINUTE_OF_BUYER, buyer), holder, 1, most, MINUTE, false));
        }
        add(tickets, OF_ACCOUNT, account, holder, orders, rules.ordersPerAccount());
        add(tickets, OF_IP, ip, holder, orders, rules.ordersPerIp());
        add(tickets, OF_DEVICE, request.device(), holder, orders, rules.ordersPerDevice());
        recipients(request.lines())
                .forEach((recipient, number) ->
                        add(tickets, OF_RECIPIENT, recipient, holder, number, rules.ordersPerRecipient()));
        return tickets;
    }

    private static Map<String, Integer> recipients(List<Line> lines) {
        Map<String, Integer> recipients = new TreeMap<>();
        for (Line line : lines) {
            recipients.merge(RecipientForm.of(line.recipient()), 1, Integer::sum);
        }
        return recipients;
    }

    /** Looks at what is paid, and counts it; empty if too many others do at the moment. */
    Optional<RiskAnswer> oncePaid(PaidRequest request) {
        PaidRiskRules paid = rules.oncePaid();
        RiskRequest known =
                new RiskRequest(request.checkout(), request.lines(), request.total(), request.account(), null, null);
        if (paid.denyList() && isDenied(known)) {
            return Optional.of(RiskAnswer.hold("it is on the deny list"));
        }
        if (isAllowed(known)) {
            return Optional.of(RiskAnswer.allow());
        }
        // One by one: what is paid counts for all of them, whichever is full.
        List<Ticket> tickets = new ArrayList<>();
        String holder = holder(request.checkout());
        add(tickets, PAID_BY_ACCOUNT, request.account(), holder, request.lines().size(), paid.ordersPerAccount());
        recipients(request.lines())
                .forEach((recipient, number) ->
                        add(tickets, PAID_FOR_RECIPIENT, recipient, holder, number, paid.ordersPerRecipient()));
        RiskAnswer answer = RiskAnswer.allow();
        for (Ticket ticket : tickets) {
            TakeAnswer taken = counters.take(List.of(ticket));
            if (taken instanceof TakeAnswer.Busy) {
                return Optional.empty();
            }
            if (taken instanceof TakeAnswer.Full full) {
                answer = RiskAnswer.hold(reason(full));
            }
        }
        return Optional.of(answer);
    }

    private void add(
            List<Ticket> tickets, String rule, @Nullable String whose, String holder, int orders, RiskLimit limit) {
        if (limit.isOn() && whose != null) {
            tickets.add(new Ticket(key(rule, whose), holder, orders, limit.most(), limit.within(), false));
        }
    }

    /** Held by the account and not by the checkout, so that an account counts once however often it places. */
    private @Nullable Ticket holding(RiskRequest request) {
        RiskLimit limit = rules.accountsPerIp();
        String ip = ip(request);
        String account = request.account();
        return limit.isOn() && ip != null && account != null
                ? new Ticket(key(ACCOUNTS_OF_IP, ip), key(OF_ACCOUNT, account), 1, limit.most(), limit.within(), false)
                : null;
    }

    /** Places of unpaid orders are kept for longer: a further payment was opened. */
    void prolonged(CheckoutId checkout, Duration lasting) {
        counters.prolong(holder(checkout), lasting);
    }

    /** Places of unpaid orders are given back: it is paid or closed. */
    void ended(CheckoutId checkout) {
        counters.release(holder(checkout));
    }

    /** All its places are given back: it was not placed. */
    void cancelled(CheckoutId checkout) {
        counters.cancel(holder(checkout));
    }

    /** Whether anything is given back when a checkout is paid or closed. */
    boolean countsOpenOrders() {
        return rules.maxOpenOrdersPerIp() > 0;
    }

    private static String holder(CheckoutId checkout) {
        return checkout.value();
    }

    private static @Nullable String ip(RiskRequest request) {
        String ip = request.ip();
        return ip == null ? null : IpNetwork.counted(ip);
    }

    private String key(String rule, String whose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digestKey.expose().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((rule + "\n" + whose).getBytes(StandardCharsets.UTF_8));
            return rule + "." + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256 and takes any key", e);
        }
    }
}
