package dev.kadao.insight;

import dev.kadao.insight.Diagnosis.Choice;
import dev.kadao.insight.Diagnosis.EtaRule;
import dev.kadao.insight.Diagnosis.Verdict;
import dev.kadao.order.Compensation;
import dev.kadao.order.Stage;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which messages there are, which placeholders each has, and what none may say. */
final class Phrases {
    /** What tells a buyer nothing: neither what is going on nor by when it changes. In lower case. */
    static final List<String> BANNED = List.of(
            "系统故障",
            "系统错误",
            "系统异常",
            "系统繁忙",
            "稍后处理",
            "稍后再试",
            "稍后重试",
            "请耐心等待",
            "出错了",
            "system error",
            "internal error",
            "system failure",
            "try later",
            "try again later",
            "something went wrong",
            "an error occurred",
            "please be patient");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Set<Verdict> OWED = EnumSet.of(Verdict.ON_TIME, Verdict.LATE, Verdict.STUCK);
    private static final Set<NextStep> OWED_STEPS = EnumSet.of(
            NextStep.TAKE_KEYS,
            NextStep.AWAIT_STOCK,
            NextStep.HAND_OVER,
            NextStep.REPLACE_KEYS,
            NextStep.SEND_TO_SUPPLIER,
            NextStep.SEND_AGAIN,
            NextStep.AWAIT_SUPPLIER,
            NextStep.ASK_SUPPLIER,
            NextStep.PERSON_DELIVERS);
    private static final Set<NextEvent.What> REPEATED = EnumSet.of(
            NextEvent.What.KEYS_TAKEN,
            NextEvent.What.STOCK_LOOKED_UP,
            NextEvent.What.HANDED_OVER,
            NextEvent.What.KEYS_REPLACED,
            NextEvent.What.SENT_TO_SUPPLIER,
            NextEvent.What.SENT_AGAIN,
            NextEvent.What.SUPPLIER_ASKED,
            NextEvent.What.REFUND_SENT,
            NextEvent.What.REFUND_COMPLETED,
            NextEvent.What.GATEWAY_ASKED);

    /** The placeholders of each message, all of which it must name. */
    private static final Map<String, Set<String>> PLACEHOLDERS = new TreeMap<>();

    private static final Set<String> MAY_BE_EMPTY = new TreeSet<>(Set.of("between"));

    static {
        define(Set.of("stage", "rest"), "sentence");
        define(Set.of("time"), "when.at");
        define(Set.of(), "between", "time", "when.now");
        for (Stage stage : Stage.values()) {
            define(Set.of(), "stage." + word(stage));
        }
        for (Stage.Turn turn : Stage.Turn.values()) {
            define(Set.of(), "turn." + word(turn));
        }
        for (Verdict verdict : Verdict.values()) {
            define(Set.of(), "verdict." + word(verdict));
        }
        for (Verdict verdict : OWED) {
            OWED_STEPS.forEach(step -> define(Set.of("owner"), "say." + word(verdict) + "." + step.code()));
        }
        define(
                Set.of("owner"),
                "say.taken",
                "say.not-paid",
                "say.not-paid.closing",
                "say.on-hold",
                "say.disputed",
                "say.parked");
        define(
                Set.of("owner"),
                "say.completed.disputed",
                "say.delivered.collect",
                "say.delivered.seen",
                "say.delivered.account");
        define(Set.of("owner"), "say.refunding", "say.refunding.ask-gateway");
        define(Set.of(), "say.closed", "say.completed", "say.refunded");
        for (EtaRule rule : EnumSet.complementOf(EnumSet.of(EtaRule.NONE))) {
            define(Set.of("eta"), "by." + rule.word());
        }
        for (NextEvent.What what : NextEvent.What.values()) {
            boolean untimed = what == NextEvent.What.PERSON_DECIDES;
            define(untimed ? Set.of() : Set.of(REPEATED.contains(what) ? "when" : "at"), "next." + what.word());
        }
        define(
                Set.of(),
                "do.wait",
                "do.complain",
                "do.complain-now",
                "do.person-told",
                "do.paid",
                "do.pay-in-full",
                "do.told-often");
        for (Compensation.State state : EnumSet.complementOf(EnumSet.of(Compensation.State.CANCELLED))) {
            define(Set.of(), "compensation." + word(state));
        }
        for (Choice choice : Choice.values()) {
            define(Set.of(), "choice." + choice.word());
        }
        for (Track.Place place : Track.Place.values()) {
            define(Set.of(), "place." + place.word());
        }
        for (Timeline.Kind kind : Timeline.Kind.values()) {
            define(Set.of(), "node." + kind.word());
        }
        MessageFile.shippedSupport("en").forEach((key, message) -> {
            define(named(message), key);
            if (message.isBlank()) {
                MAY_BE_EMPTY.add(key);
            }
        });
    }

    private Phrases() {}

    private static void define(Set<String> placeholders, String... keys) {
        for (String key : keys) {
            PLACEHOLDERS.put(key, placeholders);
        }
    }

    static Set<String> keys() {
        return PLACEHOLDERS.keySet();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The message that says what is going on. */
    static String say(Diagnosis diagnosis) {
        NextStep step = diagnosis.nextStep();
        return switch (diagnosis.verdict()) {
            case ON_TIME, LATE, STUCK ->
                OWED_STEPS.contains(step) ? "say." + word(diagnosis.verdict()) + "." + step.code() : "say.taken";
            case NOT_PAID -> nextIs(diagnosis, NextEvent.What.CLOSES) ? "say.not-paid.closing" : "say.not-paid";
            case CLOSED -> "say.closed";
            case WITH_PERSON -> "say." + word(diagnosis.stage());
            case DELIVERED -> "say.delivered." + delivered(diagnosis);
            case COMPLETED ->
                nextIs(diagnosis, NextEvent.What.PERSON_DECIDES) ? "say.completed.disputed" : "say.completed";
            case REFUNDING -> refunding(step);
            case REFUNDED -> "say.refunded";
        };
    }

    private static String delivered(Diagnosis diagnosis) {
        if (diagnosis.node() == Track.Place.SENT_TO_ACCOUNT) {
            return "account";
        }
        return diagnosis.nextStep() == NextStep.COLLECT ? "collect" : "seen";
    }

    private static String refunding(NextStep step) {
        if (step == NextStep.PERSON_DECIDES) {
            return "say.taken";
        }
        return step == NextStep.ASK_GATEWAY ? "say.refunding.ask-gateway" : "say.refunding";
    }

    private static boolean nextIs(Diagnosis diagnosis, NextEvent.What what) {
        return diagnosis.next() != null && diagnosis.next().what() == what;
    }

    /** Everything that is wrong with the messages of one language, a sentence each. */
    static List<String> problems(String language, Map<String, String> messages, boolean mayLack) {
        List<String> problems = new ArrayList<>();
        if (!mayLack) {
            Set<String> missing = new TreeSet<>(keys());
            missing.removeAll(messages.keySet());
            missing.forEach(key -> problems.add(language + ": '" + key + "' is missing"));
        }
        new TreeMap<>(messages).forEach((key, message) -> {
            Set<String> expected = PLACEHOLDERS.get(key);
            if (expected == null) {
                problems.add(language + ": there is no message '" + key + "'");
            } else {
                check(language + ": '" + key + "'", key, message, expected, problems);
            }
        });
        return problems;
    }

    private static void check(String where, String key, String message, Set<String> expected, List<String> problems) {
        if (message.isBlank() && !MAY_BE_EMPTY.contains(key)) {
            problems.add(where + " is empty");
            return;
        }
        Set<String> named = named(message);
        if (!named.equals(expected)) {
            problems.add(where + " names " + named + ", it must name exactly " + new TreeSet<>(expected));
        }
        if (PLACEHOLDER.matcher(message).replaceAll("").matches("(?s).*[{}].*")) {
            problems.add(where + " has a brace that belongs to no placeholder");
        }
        String lower = message.toLowerCase(Locale.ROOT);
        BANNED.stream()
                .filter(lower::contains)
                .forEach(phrase -> problems.add(where + " says '" + phrase + "', which tells a buyer nothing"));
        if (key.equals("time")) {
            checkPattern(where, message, problems);
        }
    }

    private static Set<String> named(String message) {
        Set<String> named = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(message);
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        return named;
    }

    private static void checkPattern(String where, String pattern, List<String> problems) {
        try {
            String shown =
                    DateTimeFormatter.ofPattern(pattern).format(java.time.ZonedDateTime.parse("2026-01-01T00:00:00Z"));
            if (shown.isBlank()) {
                problems.add(where + " shows nothing of a date and time");
            }
        } catch (IllegalArgumentException | java.time.DateTimeException wrong) {
            problems.add(where + " is no pattern for a date and time: " + wrong.getMessage());
        }
    }
}
