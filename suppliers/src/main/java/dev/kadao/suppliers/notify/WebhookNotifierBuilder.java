package dev.kadao.suppliers.notify;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link WebhookNotifier}. For one thread; builds one, and is not changed after that. */
public final class WebhookNotifierBuilder {
    private final Function<OrderId, Optional<WebhookEndpoint>> endpoints;
    private boolean allowsPrivateNetworks;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration limit = Duration.ofSeconds(4);
    private @Nullable Function<OrderId, List<Secret>> reveal;
    private InstantSource clock = InstantSource.system();
    private HostNames.Lookup lookup = InetAddress::getAllByName;
    private boolean isBuilt;

    WebhookNotifierBuilder(Function<OrderId, Optional<WebhookEndpoint>> endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Takes endpoints in private networks and on this machine too, and plain http; default: public https alone. Only where
     * the shop itself names all endpoints: a buyer who may name one could otherwise have this process post to anything that
     * it reaches.
     */
    public WebhookNotifierBuilder allowingPrivateNetworks() {
        this.allowsPrivateNetworks = true;
        return changing();
    }

    /** How long connecting may take; default 2 s. */
    public WebhookNotifierBuilder connectTimeout(Duration longest) {
        this.connectTimeout = longest;
        return changing();
    }

    /**
     * How long one try may take in all, besides revealing; default 4 s. Keep it, with what other notifiers take, below
     * {@code EngineSettings.callLimit}.
     */
    public WebhookNotifierBuilder limit(Duration longest) {
        this.limit = longest;
        return changing();
    }

    /**
     * Lets messages about delivered and replaced keys carry them, as the member {@code keys}; default: none. Sending counts
     * as reveal: the keys are marked as seen before the message leaves, so they stay seen if it is lost, and each further
     * try reveals again. Whoever holds the endpoint has the keys.
     *
     * @param revealKeys marks the keys of an order as seen and returns them, as {@code Fulfillment.reveal} does; an empty
     *     list for an order without keys. If it throws, nothing is sent and the message is tried again
     */
    public WebhookNotifierBuilder carryingKeys(Function<OrderId, List<Secret>> revealKeys) {
        this.reveal = revealKeys;
        return changing();
    }

    /** The wall clock that dates messages; default the system's. */
    public WebhookNotifierBuilder clock(InstantSource source) {
        this.clock = source;
        return changing();
    }

    /**
     * Builds the notifier; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public WebhookNotifier build() {
        List<String> problems = new ArrayList<>();
        Spans.check("limit", limit, problems);
        Spans.check("connect time-out", connectTimeout, problems);
        if (!problems.isEmpty()) {
            throw new InvalidValueException(
                    "this webhook notifier cannot be built:\n- " + String.join("\n- ", problems));
        }
        isBuilt = true;
        return new WebhookNotifier(endpoints, this);
    }

    private WebhookNotifierBuilder changing() {
        if (isBuilt) {
            throw new IllegalStateException("this notifier is built already: begin anew with WebhookNotifier.to(..)");
        }
        return this;
    }

    boolean allowsPrivateNetworks() {
        return allowsPrivateNetworks;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration limit() {
        return limit;
    }

    @Nullable
    Function<OrderId, List<Secret>> reveal() {
        return reveal;
    }

    InstantSource clock() {
        return clock;
    }

    /** How host names are looked up; the system's way but in tests. */
    WebhookNotifierBuilder lookup(HostNames.Lookup other) {
        this.lookup = other;
        return changing();
    }

    HostNames.Lookup lookup() {
        return lookup;
    }
}
