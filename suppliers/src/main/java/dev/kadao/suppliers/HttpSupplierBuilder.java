package dev.kadao.suppliers;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of an {@link HttpSupplier}. For one thread; may build several. */
public final class HttpSupplierBuilder {
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

    private final String endpoint;
    private final Secret secret;
    private final SupplierTerms terms;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private InstantSource clock = InstantSource.system();

    HttpSupplierBuilder(String endpoint, Secret secret, SupplierTerms terms) {
        this.endpoint = endpoint;
        this.secret = secret;
        this.terms = terms;
    }

    /** How long connecting may take; default 2 s. The call limit holds as well. */
    public HttpSupplierBuilder connectTimeout(Duration limit) {
        this.connectTimeout = limit;
        return this;
    }

    /** The wall clock that dates signed requests; default the system's. */
    public HttpSupplierBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Builds the supplier; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public HttpSupplier build() {
        List<String> problems = new ArrayList<>();
        Optional<URI> url = checkedEndpoint(problems);
        if (secret.expose().isBlank()) {
            problems.add("the secret is blank: anyone could sign notices that goods were delivered. Agree on one with"
                    + " the supplier, 32 random characters or more.");
        }
        checkSpan("call limit", terms.callLimit(), problems);
        checkSpan("connect time-out", connectTimeout, problems);
        if (!problems.isEmpty() || url.isEmpty()) {
            throw new InvalidValueException("this supplier cannot be built:\n- " + String.join("\n- ", problems));
        }
        return new HttpSupplier(url.get(), this);
    }

    private Optional<URI> checkedEndpoint(List<String> problems) {
        try {
            URI url = new URI(endpoint);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (http && url.getHost() != null && url.getPort() <= 65_535 && plain) {
                return Optional.of(url);
            }
            return noEndpoint(problems);
        } catch (URISyntaxException e) {
            return noEndpoint(problems);
        }
    }

    // The text itself is not shown: it may hold a password.
    private static Optional<URI> noEndpoint(List<String> problems) {
        problems.add("the endpoint is no absolute http or https URL without user, query and fragment. Give one such as"
                + " https://supplier.example/api; /orders is added to it.");
        return Optional.empty();
    }

    private static void checkSpan(String name, Duration span, List<String> problems) {
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST_CALL) > 0) {
            problems.add("the " + name + " is " + span + ": it must be longer than zero and at most " + LONGEST_CALL
                    + ", since a call holds a slot of this supplier so long.");
        }
    }

    Secret secret() {
        return secret;
    }

    SupplierTerms terms() {
        return terms;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    InstantSource clock() {
        return clock;
    }
}
