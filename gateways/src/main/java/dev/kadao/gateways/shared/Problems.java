package dev.kadao.gateways.shared;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with a gateway's settings, collected so that all is said at once. For one thread. */
public final class Problems {
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    private final List<String> found = new ArrayList<>();

    public void add(String sentence) {
        found.add(sentence);
    }

    /** What is read, or empty with its refusal noted. */
    public <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidValueException e) {
            found.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    public void requireText(String name, String value) {
        if (value.isBlank()) {
            found.add(name + " is blank.");
        }
    }

    public void requireSecret(String name, Secret value) {
        requireText(name, value.expose());
    }

    /** Longer than zero, and no longer than a call may take. */
    public void requireSpan(String name, Duration span) {
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST_CALL) > 0) {
            found.add("the " + name + " is " + span + ": it must be longer than zero and at most " + LONGEST_CALL
                    + ", since a call holds a slot of this gateway so long.");
        }
    }

    /** Scheme and host, without a slash at the end; the text is not shown in a refusal, since it may hold a password. */
    public Optional<String> endpoint(String text) {
        if (isPlainUrl(text)) {
            return Optional.of(text.replaceAll("/+$", ""));
        }
        found.add("the endpoint is no absolute http or https URL without user, query and fragment.");
        return Optional.empty();
    }

    /** Whether it is an absolute http or https URL without user, query and fragment. */
    public static boolean isPlainUrl(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            return http && url.getHost() != null && url.getPort() <= 65_535 && plain;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A URL to hand on as it is, query and all. */
    public void requireUrl(String name, String url) {
        if (!url.matches("https?://[!-~]{1,2000}")) {
            found.add("the " + name + " is no http or https URL of at most 2,000 plain characters.");
        }
    }

    /**
     * Ends the check.
     *
     * @throws InvalidValueException with all that was found, a line each, if there is anything
     */
    public void refuse(String gateway) {
        if (!found.isEmpty()) {
            throw new InvalidValueException(gateway + " cannot be built:\n- " + String.join("\n- ", found));
        }
    }
}
