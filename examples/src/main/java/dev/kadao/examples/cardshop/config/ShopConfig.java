package dev.kadao.examples.cardshop.config;

import dev.kadao.insight.ShopProfile;
import dev.kadao.order.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that the properties file says about the shop, checked. A setting that the file lacks has its default. */
public record ShopConfig(
        Payments payments,
        Sla sla,
        Duration disputeWindow,
        Stock stock,
        Retry retry,
        Engine engine,
        Risk risk,
        Map<String, Sku> skus,
        Map<String, Supplier> suppliers,
        Optional<Sandbox> sandbox,
        Gateways gateways,
        Optional<Secret> masterKey,
        Optional<ShopProfile> profile,
        Care care) {

    public ShopConfig {
        // Kept in the file's order: the demo page lists the SKUs as they were written down.
        skus = Collections.unmodifiableMap(new LinkedHashMap<>(skus));
        suppliers = Collections.unmodifiableMap(new LinkedHashMap<>(suppliers));
    }

    /**
     * {@code payment.*} and {@code late-payment}.
     *
     * @param query the gaps between asking for an unseen payment; the last one repeats
     */
    public record Payments(Duration deadline, List<Duration> query, Duration closeGrace, LatePayment late) {
        public Payments {
            query = List.copyOf(query);
        }
    }

    /** What follows money that comes after the deadline. */
    public enum LatePayment {
        DELIVER,
        REFUND
    }

    /** {@code sla.*}: counted from the payment on. */
    public record Sla(Duration late, Duration redispatch, Duration escalate) {}

    /** {@code stock.*}: how long an order waits for stock, and what follows. */
    public record Stock(Duration longestWait, WaitOver waitOver) {}

    /** What follows when stock was waited for long enough. */
    public enum WaitOver {
        REFUND,
        PARK
    }

    /** {@code retry.*}: the back-off for what was not sent, unknown refunds and missing stock. */
    public record Retry(Duration first, Duration max) {}

    /** {@code watchdog.interval} and {@code claim.lease}. */
    public record Engine(Duration watchdogInterval, Duration claimLease) {}

    /** {@code risk.*}: 0 switches a rule off. */
    public record Risk(int maxOpenOrdersPerIp, int checkoutsPerMinutePerBuyer) {}

    /**
     * {@code sku.NAME.*}.
     *
     * @param suppliers in the order in which they are tried; empty for keys
     * @param reserving how keys are reserved at placing; empty if they are taken at payment
     */
    public record Sku(String name, Amount price, Kind kind, List<String> suppliers, Optional<Reserving> reserving) {
        public Sku {
            suppliers = List.copyOf(suppliers);
        }
    }

    /**
     * {@code sku.NAME.reserve=placing}, with {@code reserve-cap} and {@code reserve-missed}.
     *
     * @param orRefuse whether a checkout is refused whose keys cannot be reserved
     */
    public record Reserving(int cap, boolean orRefuse) {}

    /** What is sold under a SKU. */
    public enum Kind {
        KEYS("keys"),
        TOP_UP("top-up"),
        SOURCED("sourced");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * {@code supplier.NAME.*}.
     *
     * @param settle when a "not found" is worth something, never below the time-out of a call
     * @param query the gaps between questions, from {@code settle} on; the last one repeats
     */
    public record Supplier(
            String name,
            URI endpoint,
            Secret secret,
            Duration timeout,
            Guarantee guarantee,
            Duration settle,
            boolean notFoundIsFinal,
            List<Duration> query,
            Duration patience,
            Duration processing,
            Duration horizon,
            Duration keyLifetime) {
        public Supplier {
            query = List.copyOf(query);
        }
    }

    /** What a supplier promises about a request that got no clear answer. */
    public enum Guarantee {
        IDEMPOTENT,
        QUERYABLE,
        AT_MOST_ONCE
    }

    /**
     * {@code gateway.sandbox.*}.
     *
     * @param endpoint where to ask, close and refund; empty: the sandbox asks itself
     */
    public record Sandbox(Secret secret, Optional<URI> endpoint) {}
}
