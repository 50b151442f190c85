package dev.kadao.gateways.stripe;

import dev.kadao.gateways.shared.Problems;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of a {@link Stripe}. For one thread; may build several. */
public final class StripeBuilder {
    private final List<Secret> signingSecrets = new ArrayList<>();
    private Secret apiKey = Secret.of("");
    private String endpoint = "https://api.stripe.com";
    private String successUrl = "";
    private Optional<String> cancelUrl = Optional.empty();
    private String productName = "Order";
    private Duration callLimit = Duration.ofSeconds(8);
    private Duration connectTimeout = Duration.ofSeconds(2);
    private InstantSource clock = InstantSource.system();

    StripeBuilder() {}

    /** What Stripe's page shows and where it leads. */
    record Page(String successUrl, Optional<String> cancelUrl, String productName) {}

    /**
     * A signing secret of the webhook endpoint ({@code whsec_…}), all of it. Needed; called again it adds one, so that the
     * old one is still believed while it is rolled.
     */
    public StripeBuilder signingSecret(Secret secret) {
        signingSecrets.add(secret);
        return this;
    }

    /** The secret or restricted API key ({@code sk_…}, {@code rk_…}). Needed. */
    public StripeBuilder apiKey(Secret key) {
        this.apiKey = key;
        return this;
    }

    /**
     * Where the API is; default {@code https://api.stripe.com}. With plain http anyone on the way reads the API key: for
     * stand-ins on loopback only.
     */
    public StripeBuilder endpoint(String url) {
        this.endpoint = url;
        return this;
    }

    /**
     * Where Stripe sends the buyer after paying; <code>{payment}</code> in it becomes the payment id. Needed. That a buyer
     * comes there proves nothing.
     */
    public StripeBuilder successUrl(String url) {
        this.successUrl = url;
        return this;
    }

    /** Where Stripe's page leads back to without paying; <code>{payment}</code> in it becomes the payment id. Default: nowhere. */
    public StripeBuilder cancelUrl(String url) {
        this.cancelUrl = Optional.of(url);
        return this;
    }

    /** What Stripe's page says is being paid for; default {@code Order}. */
    public StripeBuilder productName(String text) {
        this.productName = text;
        return this;
    }

    /** How long a call may take, with all its requests; default 8 s. */
    public StripeBuilder callLimit(Duration limit) {
        this.callLimit = limit;
        return this;
    }

    /** How long connecting may take; default 2 s. The call limit holds as well. */
    public StripeBuilder connectTimeout(Duration limit) {
        this.connectTimeout = limit;
        return this;
    }

    /** The wall clock by which sessions expire; default the system's. */
    public StripeBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Builds the gateway; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public Stripe build() {
        Problems problems = new Problems();
        if (signingSecrets.isEmpty()) {
            problems.add("the signing secret is missing: Stripe shows it with the webhook endpoint, whsec_….");
        }
        if (signingSecrets.stream().anyMatch(secret -> secret.expose().isBlank())) {
            problems.add("a signing secret is blank: anyone could sign notices that money had come.");
        }
        // Checked here, since the JDK quotes a header that it refuses.
        if (!apiKey.expose().matches("[!-~]+")) {
            problems.add("the API key is missing, or has blanks or characters that no key has.");
        }
        Optional<String> url = problems.endpoint(endpoint);
        problems.requireUrl("success URL", successUrl);
        cancelUrl.ifPresent(text -> problems.requireUrl("cancel URL", text));
        problems.requireText("the product name", productName);
        problems.requireSpan("call limit", callLimit);
        problems.requireSpan("connect time-out", connectTimeout);
        problems.refuse("this Stripe gateway");
        StripeApi api = new StripeApi(url.orElseThrow(), apiKey, connectTimeout, callLimit);
        return new Stripe(api, signingSecrets, mode(), new Page(successUrl, cancelUrl, productName), clock);
    }

    /** Whether the key is of live mode; a key of another form does not show it. */
    private Optional<Boolean> mode() {
        String key = apiKey.expose();
        if (key.matches("(sk|rk)_live_.*")) {
            return Optional.of(true);
        }
        return key.matches("(sk|rk)_test_.*") ? Optional.of(false) : Optional.empty();
    }
}
