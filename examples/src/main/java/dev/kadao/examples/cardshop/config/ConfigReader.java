package dev.kadao.examples.cardshop.config;

import dev.kadao.insight.ShopProfile;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a {@link ShopConfig} of named values and finds what in them is unknown, contradictory or not there yet. */
final class ConfigReader {
    private final Map<String, String> values;
    private final Settings settings;
    private final List<String> notes = new ArrayList<>();

    private ConfigReader(Map<String, String> values, List<String> problems) {
        this.values = values;
        this.settings = new Settings(values, problems);
    }

    static Startup.Ready read(Options options, Map<String, String> values, List<String> problems) {
        ConfigReader reader = new ConfigReader(values, problems);
        reader.checkNames();
        ShopConfig config = reader.config();
        reader.checkContradictions(config);
        return new Startup.Ready(options, config, reader.notes);
    }

    private void checkNames() {
        for (String name : values.keySet()) {
            if (!KnownNames.isKnown(name)) {
                settings.problem(
                        "The property " + name + " is not known; did you mean " + KnownNames.nearest(name) + "?");
            }
        }
    }

    private ShopConfig config() {
        Map<String, ShopConfig.Supplier> suppliers = new LinkedHashMap<>();
        names("supplier").forEach(name -> suppliers.put(name, supplier(name, "supplier." + name + ".")));
        Map<String, ShopConfig.Sku> skus = new LinkedHashMap<>();
        names("sku").forEach(name -> sku(name, "sku." + name + ".").ifPresent(sku -> skus.put(name, sku)));
        ShopConfig.Sla sla = new ShopConfig.Sla(
                settings.span("sla.late", "PT2M"),
                settings.span("sla.redispatch", "PT15M"),
                settings.span("sla.escalate", "PT1H"));
        return new ShopConfig(
                new ShopConfig.Payments(
                        settings.span("payment.deadline", "PT15M"),
                        settings.gaps("payment.query", "PT30S,PT2M,PT5M"),
                        settings.wait("payment.close-grace", "PT10M"),
                        settings.oneOf(
                                "late-payment",
                                ShopConfig.LatePayment.DELIVER,
                                Map.of(
                                        "deliver", ShopConfig.LatePayment.DELIVER,
                                        "refund", ShopConfig.LatePayment.REFUND))),
                sla,
                settings.span("dispute.window", "P3D"),
                new ShopConfig.Stock(
                        settings.wait("stock.wait", "PT1H"),
                        settings.oneOf(
                                "stock.wait-over",
                                ShopConfig.WaitOver.REFUND,
                                Map.of("refund", ShopConfig.WaitOver.REFUND, "park", ShopConfig.WaitOver.PARK))),
                new ShopConfig.Retry(settings.span("retry.first", "PT1S"), settings.span("retry.max", "PT1M")),
                new ShopConfig.Engine(
                        settings.span("watchdog.interval", "PT1S"), settings.span("claim.lease", "PT15S")),
                new ShopConfig.Risk(
                        settings.whole("risk.max-open-orders-per-ip", 20, 0, 1_000_000),
                        settings.whole("risk.checkouts-per-minute-per-buyer", 10, 0, 1_000_000)),
                skus,
                suppliers,
                sandbox(),
                new GatewayReader(settings, notes).read(),
                settings.masterKey("keys.master"),
                profile(),
                new CareReader(settings, sla, skus.values()).read());
    }

    /** {@code shop.*}: who runs the shop; not there unless a name is. */
    private Optional<ShopProfile> profile() {
        Optional<String> name = settings.text("shop.name");
        List<String> rest = Stream.of("shop.licence", "shop.icp", "shop.support")
                .filter(property -> settings.text(property).isPresent())
                .toList();
        if (name.isEmpty()) {
            rest.forEach(property -> settings.problem(
                    property + " is set, but shop.name is missing; name the shop or remove " + property + "."));
            return Optional.empty();
        }
        try {
            return Optional.of(new ShopProfile(
                    name.get(),
                    settings.text("shop.licence"),
                    settings.text("shop.icp"),
                    settings.text("shop.support")));
        } catch (InvalidValueException e) {
            settings.problem("shop.name, shop.licence, shop.icp or shop.support: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    /** The names in a group that have at least one value. */
    private Set<String> names(String group) {
        return values.keySet().stream()
                .filter(name -> KnownNames.isKnown(name) && settings.text(name).isPresent())
                .flatMap(name -> KnownNames.inGroup(name).stream())
                .filter(name -> name.group().equals(group))
                .map(KnownNames.InGroup::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private ShopConfig.Supplier supplier(String name, String at) {
        Optional<URI> endpoint = settings.endpoint(at + "endpoint");
        if (settings.text(at + "endpoint").isEmpty()) {
            settings.problem(at + "endpoint is missing; it must be an address such as http://127.0.0.1:9101.");
        }
        Optional<Secret> secret = settings.secret(at + "secret");
        if (secret.isEmpty()) {
            settings.problem(at + "secret is missing; it must be the secret shared with that supplier.");
        }
        ShopConfig.Guarantee guarantee = settings.oneOf(
                at + "guarantee",
                ShopConfig.Guarantee.QUERYABLE,
                Map.of(
                        "idempotent", ShopConfig.Guarantee.IDEMPOTENT,
                        "queryable", ShopConfig.Guarantee.QUERYABLE,
                        "at-most-once", ShopConfig.Guarantee.AT_MOST_ONCE));
        if (guarantee != ShopConfig.Guarantee.IDEMPOTENT
                && settings.text(at + "key-lifetime").isPresent()) {
            notes.add(at + "key-lifetime has no effect: " + at + "guarantee is not idempotent");
        }
        Duration timeout = settings.span(at + "timeout", "PT3S");
        Duration settle = settings.wait(at + "settle", "PT5S");
        if (settle.compareTo(timeout) < 0) {
            notes.add(at + "settle is raised from " + settle + " to " + timeout + ", the time-out of a call");
        }
        return new ShopConfig.Supplier(
                name,
                endpoint.orElse(URI.create("http://localhost")),
                secret.orElse(Secret.of("")),
                timeout,
                guarantee,
                settle.compareTo(timeout) < 0 ? timeout : settle,
                settings.flag(at + "not-found-is-final", false),
                settings.gaps(at + "query", "PT2S,PT5S,PT15S,PT1M"),
                settings.span(at + "patience", "PT30M"),
                settings.span(at + "processing", "PT2H"),
                settings.span(at + "horizon", "P3D"),
                settings.span(at + "key-lifetime", "P1D"));
    }

    private Optional<ShopConfig.Sku> sku(String name, String at) {
        Optional<Amount> price = settings.price(at + "price");
        if (settings.text(at + "kind").isEmpty()) {
            settings.problem(at + "kind is missing; it must be keys, top-up or sourced.");
        }
        ShopConfig.Kind kind = settings.oneOf(
                at + "kind",
                ShopConfig.Kind.KEYS,
                Map.of(
                        "keys", ShopConfig.Kind.KEYS,
                        "top-up", ShopConfig.Kind.TOP_UP,
                        "sourced", ShopConfig.Kind.SOURCED));
        List<String> suppliers = settings.text(at + "suppliers")
                .map(text -> List.of(text.split("\\s*,\\s*", -1)))
                .orElse(List.of());
        checkSuppliers(at, kind, suppliers);
        Optional<ShopConfig.Reserving> reserving = new ReservingReader(settings, at, kind, notes).read();
        return price.map(amount -> new ShopConfig.Sku(name, amount, kind, suppliers, reserving));
    }

    private void checkSuppliers(String at, ShopConfig.Kind kind, List<String> suppliers) {
        if (kind == ShopConfig.Kind.KEYS
                && !suppliers.isEmpty()
                && settings.text(at + "kind").isPresent()) {
            settings.problem(at + "suppliers is set, but keys come from stock; remove it or set " + at
                    + "kind to top-up or sourced.");
        }
        if (kind != ShopConfig.Kind.KEYS && suppliers.isEmpty()) {
            settings.problem(at + "suppliers is missing; kind " + kind.text() + " needs the name of a supplier.");
        }
        if (suppliers.stream().distinct().count() < suppliers.size()) {
            settings.problem(at + "suppliers names a supplier twice (" + String.join(", ", suppliers)
                    + "); whoever has said no is not asked again, so name each once.");
        }
        for (String supplier : suppliers) {
            if (!names("supplier").contains(supplier)) {
                settings.problem(at + "suppliers names '" + supplier + "', but there is no supplier." + supplier
                        + ".endpoint; configure that supplier or name another one.");
            }
        }
    }

    private Optional<ShopConfig.Sandbox> sandbox() {
        Optional<Secret> secret = settings.secret("gateway.sandbox.secret");
        Optional<URI> endpoint = settings.endpoint("gateway.sandbox.endpoint");
        if (secret.isEmpty() && settings.text("gateway.sandbox.endpoint").isPresent()) {
            settings.problem("gateway.sandbox.secret is missing; it must be the secret that signs its notices.");
        }
        return secret.map(present -> new ShopConfig.Sandbox(present, endpoint));
    }

    private void checkContradictions(ShopConfig config) {
        settings.notLonger(
                "sla.late", config.sla().late(), "sla.redispatch", config.sla().redispatch());
        settings.notLonger(
                "sla.late", config.sla().late(), "sla.escalate", config.sla().escalate());
        settings.notLonger(
                "retry.first",
                config.retry().first(),
                "retry.max",
                config.retry().max());
    }
}
