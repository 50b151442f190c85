package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The properties file of a shop under test. */
final class ShopConfig {
    /** What the tests know of a supplier declares. */
    enum Guarantee {
        QUERYABLE_FINAL("queryable"),
        QUERYABLE_OPEN("queryable"),
        IDEMPOTENT("idempotent"),
        AT_MOST_ONCE("at-most-once");

        private final String written;

        Guarantee(String written) {
            this.written = written;
        }
    }

    private final Map<String, String> properties = new LinkedHashMap<>();

    /** Nothing but short durations: no SKU, no supplier, no gateway. */
    static ShopConfig quick() {
        return new ShopConfig()
                .with("payment.deadline", "PT10M")
                .with("payment.query", "PT1S")
                .with("payment.close-grace", "PT2S")
                .with("retry.first", "PT0.1S")
                .with("retry.max", "PT0.5S")
                .with("watchdog.interval", "PT0.2S")
                .with("claim.lease", "PT2S")
                .with("risk.max-open-orders-per-ip", "0")
                .with("risk.checkouts-per-minute-per-buyer", "0");
    }

    ShopConfig with(String name, String value) {
        properties.put(name, value);
        return this;
    }

    ShopConfig without(String prefix) {
        properties.keySet().removeIf(name -> name.startsWith(prefix));
        return this;
    }

    ShopConfig keys(String sku, String price) {
        return with("sku." + sku + ".price", "CNY " + price).with("sku." + sku + ".kind", "keys");
    }

    ShopConfig gateway(FakeGateway gateway) {
        return with("gateway.sandbox.secret", gateway.secret())
                .with("gateway.sandbox.endpoint", gateway.uri().toString());
    }

    /** A supplier with short patience, and the top-up SKU {@code sku} that goes to it alone. */
    ShopConfig topUp(String sku, String price, FakeSupplier supplier, Guarantee guarantee) {
        String prefix = "supplier." + supplier.name() + ".";
        with(prefix + "endpoint", supplier.uri().toString());
        with(prefix + "secret", supplier.secret());
        // An honest answer comes in time on a busy machine, too; where it does not, who can be asked is asked.
        boolean queryable = guarantee.written.equals("queryable");
        with(prefix + "timeout", queryable ? "PT2S" : "PT4S");
        with(prefix + "guarantee", guarantee.written);
        if (queryable) {
            with(prefix + "settle", "PT0.2S");
            with(prefix + "query", "PT0.2S,PT0.5S");
            with(prefix + "patience", "PT6S");
            with(prefix + "not-found-is-final", Boolean.toString(guarantee == Guarantee.QUERYABLE_FINAL));
        }
        return with("sku." + sku + ".price", "CNY " + price)
                .with("sku." + sku + ".kind", "top-up")
                .with("sku." + sku + ".suppliers", supplier.name());
    }

    ShopConfig copy() {
        ShopConfig copy = new ShopConfig();
        copy.properties.putAll(properties);
        return copy;
    }

    void writeTo(Path file) {
        String text = properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
