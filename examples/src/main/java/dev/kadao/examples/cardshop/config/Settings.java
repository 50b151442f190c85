package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings by name, read into types. What cannot be read becomes a problem and the default stands in for it, so that
 * one run finds all problems. An empty value counts as not set.
 */
final class Settings {
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final int MOST_GAPS = 20;

    private final Map<String, String> values;
    private final List<String> problems;

    Settings(Map<String, String> values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<Secret> secret(String name) {
        return text(name).map(Secret::of);
    }

    int whole(String name, int usual, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return usual;
        }
        String digits = text.get();
        if (digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) >= least && Integer.parseInt(digits) <= most) {
            return Integer.parseInt(digits);
        }
        return refused(name, "a whole number from " + least + " to " + most, usual);
    }

    boolean flag(String name, boolean usual) {
        return oneOf(name, usual, Map.of("true", true, "false", false));
    }

    /** One of a few words; the map gives their meaning. */
    <T> T oneOf(String name, T usual, Map<String, T> words) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return usual;
        }
        Optional<T> meaning = Optional.ofNullable(words.get(text.get()));
        return meaning.isPresent()
                ? meaning.get()
                : refused(
                        name,
                        String.join(" or ", words.keySet().stream().sorted().toList()),
                        usual);
    }

    /** A duration above zero. */
    Duration span(String name, String usual) {
        Duration duration = wait(name, usual);
        return duration.isZero()
                ? refused(name, "an ISO duration above zero, such as " + usual, Duration.parse(usual))
                : duration;
    }

    /** A duration of zero or more. */
    Duration wait(String name, String usual) {
        Optional<Duration> duration = text(name).flatMap(Settings::duration);
        if (text(name).isPresent() && duration.isEmpty()) {
            return refused(name, "an ISO duration, such as " + usual + ", of at most P3660D", Duration.parse(usual));
        }
        return duration.orElse(Duration.parse(usual));
    }

    /** Durations above zero, with commas between them. */
    List<Duration> gaps(String name, String usual) {
        List<Duration> gaps = new ArrayList<>();
        for (String part : text(name).orElse(usual).split(",", -1)) {
            duration(part.strip())
                    .filter(gap -> !gap.isZero())
                    .ifPresentOrElse(gaps::add, () -> gaps.add(Duration.ZERO));
        }
        if (gaps.contains(Duration.ZERO) || gaps.size() > MOST_GAPS) {
            String rule = "1 to " + MOST_GAPS + " ISO durations above zero with commas between them, such as " + usual;
            return refused(name, rule, List.of(Duration.ofSeconds(1)));
        }
        return List.copyOf(gaps);
    }

    /** The scheme and host of an HTTP server, with a path before ours or none. */
    Optional<URI> endpoint(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get().replaceAll("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below, like an address of another kind.
        }
        return refused(name, "an address such as http://127.0.0.1:9101", Optional.empty());
    }

    /** 32 bytes in base64. Neither the value nor a part of it is shown when it is refused. */
    Optional<Secret> masterKey(String name) {
        Optional<Secret> key = secret(name);
        if (key.isPresent() && !isKey(key.get().expose())) {
            problems.add(
                    name + " is not acceptable; it must be 32 bytes in base64, 44 characters with the = at the end.");
            return Optional.empty();
        }
        return key;
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** A currency and an amount above zero; what is missing is a problem, too. */
    Optional<Amount> price(String name) {
        Optional<String> text = text(name);
        String rule = "it must be a currency and an amount, such as CNY 49.00";
        if (text.isEmpty()) {
            problem(name + " is missing; " + rule + ".");
            return Optional.empty();
        }
        String[] parts = text.get().split(" +", -1);
        try {
            if (parts.length == 2) {
                Amount amount = Amount.parse(parts[0], parts[1]);
                if (amount.minorUnits() > 0) {
                    return Optional.of(amount);
                }
            }
            problem(name + " is '" + text.get() + "'; " + rule + ", above zero.");
        } catch (IllegalArgumentException e) {
            problem(name + " is '" + text.get() + "': " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    /** Names both values where the first is longer than the second. */
    void notLonger(String first, Duration shorter, String second, Duration longer) {
        if (shorter.compareTo(longer) > 0) {
            problem(first + " (" + shorter + origin(first) + ") is longer than " + second + " (" + longer
                    + origin(second) + "); it must not be.");
        }
    }

    private String origin(String name) {
        return text(name).isPresent() ? "" : ", the default";
    }

    private static boolean isKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Duration> duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            return duration.isNegative() || duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private <T> T refused(String name, String rule, T standIn) {
        String value = text(name).orElse("");
        String hint = value.contains("#") ? " A comment needs a line of its own." : "";
        problems.add(name + " is '" + value + "'; it must be " + rule + "." + hint);
        return standIn;
    }
}
