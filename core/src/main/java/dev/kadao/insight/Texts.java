package dev.kadao.insight;

import static java.util.Objects.requireNonNull;

import dev.kadao.order.Compensation;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Stage;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What buyers read: Chinese and English as they come with the library, and what a shop puts in their place or adds. Keys
 * that begin with {@code support.} are what support says beside a diagnosis.
 * A locale that there are no texts for reads English. Immutable and thread-safe.
 */
public final class Texts {
    private static final Texts STANDARD = new Texts(Map.of("zh", shipped("zh"), "en", shipped("en")));

    /** By language tag; complete. */
    private final Map<String, Map<String, String>> languages;

    private Texts(Map<String, Map<String, String>> languages) {
        this.languages = languages;
    }

    /** The texts that come with the library. */
    public static Texts standard() {
        return STANDARD;
    }

    /** All keys that messages have. */
    public static Set<String> keys() {
        return Set.copyOf(Phrases.keys());
    }

    /**
     * These texts with some messages of a language in the place of those there were, or with a language more. A further
     * language needs all {@link #keys()}; a region ({@code zh-TW}) of a known one only what differs.
     *
     * @param messages by key, with the placeholders that the message has in the shipped files
     * @throws InvalidValueException naming everything that is wrong: unknown or missing keys, placeholders, phrases that
     *     tell a buyer nothing; not worth repeating
     */
    public Texts with(Locale language, Map<String, String> messages) {
        String tag = language.toLanguageTag();
        Map<String, String> known =
                languages.containsKey(tag) ? languages.get(tag) : languages.get(language.getLanguage());
        List<String> problems = Phrases.problems(tag, messages, known != null);
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems.size() + " problems in the texts: " + String.join("; ", problems));
        }
        Map<String, String> whole = new TreeMap<>(known == null ? Map.of() : known);
        whole.putAll(messages);
        Map<String, Map<String, String>> more = new TreeMap<>(languages);
        more.put(tag, Map.copyOf(whole));
        return new Texts(Map.copyOf(more));
    }

    /**
     * The same from a properties file, which is read to its end and not closed.
     *
     * @throws InvalidValueException as {@link #with(Locale, Map)} does, and for a key that stands there twice
     * @throws UncheckedIOException if it cannot be read
     */
    public Texts with(Locale language, Reader properties) {
        return with(language, MessageFile.read(language.toLanguageTag(), properties));
    }

    /** A message as it stands, with its placeholders: where a further language starts from. */
    public String message(String key, Locale locale) {
        if (!Phrases.keys().contains(key)) {
            throw new InvalidValueException("there is no message '" + key + "'");
        }
        return message(locale, key);
    }

    /** The name of a stage. */
    public String stage(Stage stage, Locale locale) {
        return message(locale, "stage." + Phrases.word(stage));
    }

    /** A verdict in a word or two. */
    public String verdict(Diagnosis.Verdict verdict, Locale locale) {
        return message(locale, "verdict." + Phrases.word(verdict));
    }

    /** Whose turn it is, as it stands in a sentence. */
    public String turn(Stage.Turn turn, Locale locale) {
        return message(locale, "turn." + Phrases.word(turn));
    }

    /** A node of a timeline in words. */
    public String node(Timeline.Kind kind, Locale locale) {
        return message(locale, "node." + kind.word());
    }

    /** A place of a track in a word or two. */
    public String place(Track.Place place, Locale locale) {
        return message(locale, "place." + place.word());
    }

    /** What a buyer can do, as it stands on a button. */
    public String choice(Diagnosis.Choice choice, Locale locale) {
        return message(locale, "choice." + choice.word());
    }

    /**
     * A diagnosis in a few short sentences: where the order is, what is going on and whose turn it is, by when that
     * changes, what happens next, what the buyer can do. No keys, amounts, names or suppliers.
     *
     * @param zone of the times in the text
     */
    public String sentence(Diagnosis diagnosis, Locale locale, ZoneId zone) {
        List<String> rest = new ArrayList<>();
        rest.add(message(locale, Phrases.say(diagnosis)).replace("{owner}", turn(diagnosis.whoseTurn(), locale)));
        Instant eta = diagnosis.eta();
        if (eta != null) {
            String by = message(locale, "by." + diagnosis.etaRule().word());
            rest.add(by.replace("{eta}", time(eta, locale, zone)));
        }
        NextEvent next = diagnosis.next();
        if (next != null && isWorthTelling(diagnosis, next)) {
            rest.add(next(next, diagnosis.asOf(), locale, zone));
        }
        Compensation compensation = diagnosis.compensation();
        if (compensation != null) {
            rest.add(message(locale, "compensation." + Phrases.word(compensation.state())));
        }
        whatToDo(diagnosis).forEach(key -> rest.add(message(locale, key)));
        return message(locale, "sentence")
                .replace("{stage}", stage(diagnosis.stage(), locale))
                .replace("{rest}", String.join(message(locale, "between"), rest));
    }

    /**
     * What happens next as a sentence.
     *
     * @param asOf the time of the diagnosis
     * @param zone of the times in the text
     */
    public String next(NextEvent next, Instant asOf, Locale locale, ZoneId zone) {
        String message = message(locale, "next." + next.what().word());
        Instant at = next.at();
        if (at == null) {
            return message;
        }
        String time = time(at, locale, zone);
        String when = at.equals(asOf)
                ? message(locale, "when.now")
                : message(locale, "when.at").replace("{time}", time);
        return message.replace("{at}", time).replace("{when}", when);
    }

    /** What is due now is being done, and what happens at the time that was told need not be told twice. */
    private static boolean isWorthTelling(Diagnosis diagnosis, NextEvent next) {
        Instant at = next.at();
        if (at == null || diagnosis.eta() == null) {
            return at == null ? diagnosis.eta() == null : true;
        }
        return at.isAfter(diagnosis.asOf()) && at.isBefore(diagnosis.eta());
    }

    private static List<String> whatToDo(Diagnosis diagnosis) {
        boolean taken = diagnosis.nextStep() == NextStep.PERSON_DECIDES;
        List<String> todo = new ArrayList<>();
        switch (diagnosis.verdict()) {
            case ON_TIME -> todo.add("do.wait");
            case LATE, STUCK -> {
                boolean late = diagnosis.verdict() == Diagnosis.Verdict.LATE;
                // A time by which a person should be done says that one has it.
                if (!taken && diagnosis.etaRule() != Diagnosis.EtaRule.CASE_DUE) {
                    String complain = late ? "do.complain" : "do.complain-now";
                    todo.add(diagnosis.withCase() ? "do.person-told" : complain);
                }
                if (!late) {
                    todo.add("do.paid");
                }
            }
            case WITH_PERSON -> {
                if (diagnosis.buyerCan().contains(Diagnosis.Choice.PAY)) {
                    todo.add("do.pay-in-full");
                }
            }
            case DELIVERED -> {
                if (diagnosis.buyerCan().contains(Diagnosis.Choice.CONTACT_SUPPORT)) {
                    todo.add("do.told-often");
                }
            }
            case NOT_PAID, CLOSED, COMPLETED, REFUNDING, REFUNDED -> {}
        }
        return todo;
    }

    private String time(Instant at, Locale locale, ZoneId zone) {
        return DateTimeFormatter.ofPattern(message(locale, "time"), locale).format(at.atZone(zone));
    }

    private String message(Locale locale, String key) {
        Map<String, String> messages = languages.get(locale.toLanguageTag());
        if (messages == null) {
            messages = languages.get(locale.getLanguage());
        }
        if (messages == null) {
            messages = requireNonNull(languages.get("en"));
        }
        return requireNonNull(messages.get(key), key);
    }

    private static Map<String, String> shipped(String language) {
        String name = "messages_" + language + ".properties";
        Map<String, String> messages = new TreeMap<>(MessageFile.shipped(name));
        messages.putAll(MessageFile.shippedSupport(language));
        List<String> problems = Phrases.problems(language, messages, false);
        if (!problems.isEmpty()) {
            throw new InvalidValueException(name + ": " + String.join("; ", problems));
        }
        return messages;
    }
}
