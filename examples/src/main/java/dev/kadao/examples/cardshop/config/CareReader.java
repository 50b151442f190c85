package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.policy.AlertSettings;
import dev.kadao.policy.CompensationRules;
import dev.kadao.policy.CompensationRules.Remedy;
import dev.kadao.policy.CompensationRules.Rule;
import dev.kadao.policy.HandlingSettings;
import dev.kadao.policy.OverdueSettings;
import dev.kadao.suppliers.notify.WebhookEndpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is done for orders that wait, and for the people who look after them. */
final class CareReader {
    private static final String SHARE = "compensation.refund-permille";
    private static final String FROM = "compensation.from";
    private static final String LATE_BY = "compensation.late-by";
    private static final Duration OLDEST_OPEN = Duration.ofHours(2);

    private final Settings settings;
    private final ShopConfig.Sla sla;
    private final Collection<ShopConfig.Sku> skus;

    CareReader(Settings settings, ShopConfig.Sla sla, Collection<ShopConfig.Sku> skus) {
        this.settings = settings;
        this.sla = sla;
        this.skus = skus;
    }

    Care read() {
        HandlingSettings handling = HandlingSettings.defaults()
                .withCases(settings.span("handling.cases", "PT4H"))
                .withComplaints(settings.span("handling.complaints", "PT2H"))
                .withDisputes(settings.span("handling.disputes", "PT24H"));
        return new Care(
                settings.oneOf(
                        "handling.second-person",
                        handling,
                        Map.of(
                                "false", handling,
                                "true", handling.withSecondPerson(true),
                                "goods-too", handling.withSecondPersonForGoods())),
                overdue(),
                compensation(),
                alerts(),
                webhook());
    }

    private OverdueSettings overdue() {
        if (settings.text("overdue.refund-after").isEmpty()) {
            return OverdueSettings.defaults();
        }
        Duration after = settings.span("overdue.refund-after", "PT2H");
        settings.notLonger("sla.escalate", sla.escalate(), "overdue.refund-after", after);
        return OverdueSettings.refundAfter(after);
    }

    private CompensationRules compensation() {
        if (settings.text(SHARE).isEmpty()) {
            for (String name : List.of(FROM, LATE_BY)) {
                if (settings.text(name).isPresent()) {
                    settings.problem(name + " is set, but " + SHARE + " is missing; say which share of the price goes"
                            + " back, such as 50 for 5 %, or remove " + name + ".");
                }
            }
            return CompensationRules.defaults();
        }
        int permille = settings.whole(SHARE, 1, 1, 999);
        Duration lateBy = settings.wait(LATE_BY, "PT0S");
        List<Money> from = settings.text(FROM).isPresent()
                ? settings.price(FROM).stream().map(CareReader::money).toList()
                : smallest();
        from.forEach(this::checkIsSoldIn);
        try {
            return CompensationRules.of(from.stream()
                    .map(amount -> Rule.from(lateBy, amount, new Remedy.RefundShare(permille)))
                    .toArray(Rule[]::new));
        } catch (InvalidValueException e) {
            settings.problem("compensation.*: " + e.getMessage() + ".");
            return CompensationRules.defaults();
        }
    }

    /** The smallest amount of each currency that something is sold in. */
    private List<Money> smallest() {
        Set<Money> amounts = new LinkedHashSet<>();
        skus.forEach(sku -> amounts.add(new Money(1, money(sku.price()).currency())));
        return List.copyOf(amounts);
    }

    private void checkIsSoldIn(Money from) {
        List<String> currencies =
                skus.stream().map(sku -> sku.price().currency()).distinct().toList();
        if (!currencies.contains(from.currency().code())) {
            settings.problem(FROM + " is " + from + ", but what is sold has prices in "
                    + (currencies.isEmpty() ? "no currency" : String.join(", ", currencies))
                    + "; name an amount in a currency of the shop.");
        }
    }

    private static Money money(Amount amount) {
        return new Money(amount.minorUnits(), new Currency(amount.currency(), amount.decimals()));
    }

    private AlertSettings alerts() {
        Duration oldest = sla.late().compareTo(OLDEST_OPEN) > 0 ? sla.late() : OLDEST_OPEN;
        if (settings.text("alerts.oldest-open").isPresent()) {
            oldest = settings.span("alerts.oldest-open", "PT2H");
            settings.notLonger("sla.late", sla.late(), "alerts.oldest-open", oldest);
        }
        Duration window = settings.span("alerts.forged-window", "PT5M");
        Duration interval = settings.span("alerts.interval", "PT1M");
        settings.notLonger("alerts.interval", interval, "alerts.forged-window", window);
        return new AlertSettings(
                lowStock(), oldest, settings.whole("alerts.forged-notices", 20, 1, 1_000_000), window, interval);
    }

    private Map<String, Integer> lowStock() {
        Map<String, Integer> least = new LinkedHashMap<>();
        for (ShopConfig.Sku sku : skus) {
            String name = "sku." + sku.name() + ".low-stock";
            if (settings.text(name).isPresent() && sku.kind() != ShopConfig.Kind.KEYS) {
                settings.problem(name + " is set, but sku." + sku.name() + ".kind is "
                        + sku.kind().text() + ", which has no stock; remove it.");
            } else if (settings.text(name).isPresent()) {
                least.put(sku.name(), settings.whole(name, 1, 1, 1_000_000));
            }
        }
        return least;
    }

    private Optional<WebhookEndpoint> webhook() {
        Optional<Secret> url = settings.secret("alerts.webhook.url");
        Optional<Secret> secret = settings.secret("alerts.webhook.secret");
        if (url.isPresent() && secret.isEmpty()) {
            settings.problem("alerts.webhook.secret is missing; it must be the secret by which the receiver of"
                    + " alerts.webhook.url knows this shop.");
        }
        if (url.isEmpty() && secret.isPresent()) {
            settings.problem(
                    "alerts.webhook.url is missing, though alerts.webhook.secret is set; say where alerts go, or"
                            + " remove the secret.");
        }
        if (url.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> address = address(url.get().expose());
        if (address.isEmpty()) {
            settings.problem("alerts.webhook.url is not acceptable; it must be an address such as"
                    + " https://chat.example.com/robot?token=…, without user and fragment.");
        }
        return address.map(uri -> new WebhookEndpoint(uri, secret.get()));
    }

    /** Robots are told apart by a token in the query: a bad one is never shown. */
    private static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
