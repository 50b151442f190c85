package dev.kadao.examples.cardshop.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a properties file may hold. */
final class KnownNames {
    private static final Pattern GROUP = Pattern.compile("(sku|supplier)\\.([0-9A-Za-z_-]{1,32})\\.(.+)");

    private static final List<String> ONCE = List.of(
            "payment.deadline",
            "payment.query",
            "payment.close-grace",
            "late-payment",
            "sla.late",
            "sla.redispatch",
            "sla.escalate",
            "dispute.window",
            "stock.wait",
            "stock.wait-over",
            "retry.first",
            "retry.max",
            "watchdog.interval",
            "claim.lease",
            "risk.max-open-orders-per-ip",
            "risk.checkouts-per-minute-per-buyer",
            "handling.cases",
            "handling.complaints",
            "handling.disputes",
            "handling.second-person",
            "overdue.refund-after",
            "compensation.refund-permille",
            "compensation.late-by",
            "compensation.from",
            "alerts.webhook.url",
            "alerts.webhook.secret",
            "alerts.oldest-open",
            "alerts.forged-notices",
            "alerts.forged-window",
            "alerts.interval",
            "keys.master",
            "shop.name",
            "shop.licence",
            "shop.icp",
            "shop.support");
    private static final List<String> SKU =
            List.of("price", "kind", "suppliers", "reserve", "reserve-cap", "reserve-missed", "low-stock");
    private static final List<String> SUPPLIER = List.of(
            "endpoint",
            "secret",
            "timeout",
            "guarantee",
            "settle",
            "not-found-is-final",
            "query",
            "patience",
            "processing",
            "horizon",
            "key-lifetime");
    private static final List<String> GATEWAYS = gateways(
            "sandbox secret endpoint",
            "alipay app-id seller-id public-key private-key endpoint",
            "wechatpay mch-id app-id api-v3-key platform-serial platform-public-key merchant-serial private-key endpoint",
            "stripe signing-secret api-key endpoint",
            "epay pid key endpoint");

    private KnownNames() {}

    /** A name of a group: {@code sku.NAME.property} or {@code supplier.NAME.property}. */
    record InGroup(String group, String name, String property) {}

    static Optional<InGroup> inGroup(String name) {
        Matcher matcher = GROUP.matcher(name);
        return matcher.matches()
                ? Optional.of(new InGroup(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    static boolean isKnown(String name) {
        return candidates(name).contains(name);
    }

    static String nearest(String name) {
        return nearest(name, candidates(name));
    }

    static String nearest(String name, List<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> unlikeness(name, candidate)))
                .orElseThrow();
    }

    private static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>(ONCE);
        candidates.addAll(CommandLine.IN_FILE_TOO);
        candidates.addAll(GATEWAYS);
        String own = inGroup(name).map(InGroup::name).orElse("NAME");
        SKU.forEach(property -> candidates.add("sku." + own + "." + property));
        SUPPLIER.forEach(property -> candidates.add("supplier." + own + "." + property));
        return candidates;
    }

    private static List<String> gateways(String... lines) {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            Arrays.stream(words).skip(1).forEach(property -> names.add("gateway." + words[0] + "." + property));
        }
        return List.copyOf(names);
    }

    /** The first word of a name says what it is about, so it counts twice. */
    private static int unlikeness(String name, String candidate) {
        return distance(name, candidate) + distance(firstWord(name), firstWord(candidate));
    }

    private static String firstWord(String name) {
        return name.split("\\.", 2)[0];
    }

    /** How many letters to insert, delete or change (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
