package dev.kadao.lifecycle;

import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every guarantee times every first answer times whatever may follow it: the cells of docs/lifecycle/dispatch-outcomes.md. */
final class Outcomes {
    static final Answer DELIVERED = new Answer.Delivered(new Proof.Receipt("r"), "s1");
    static final Answer NO_PROOF = new Answer.Delivered(new Proof.Receipt(" "), "s1");
    static final Answer PARTIAL = new Answer.Partial(0, "half");
    static final Answer ACCEPTED = new Answer.Accepted("s1", null);
    static final Answer NO = new Answer.Declined(Scope.ORDER, "no");
    static final Answer SUPPLIER_NO = new Answer.Declined(Scope.SUPPLIER, "empty balance");
    static final Answer NOT_SENT = new Answer.NotSent("refused");
    static final Answer UNKNOWN = new Answer.Unknown("time-out");
    static final Answer NOT_FOUND = new Answer.NotFound();

    static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MOST_ROUNDS = 60;

    private Outcomes() {}

    /** Plays what comes next; null if it cannot come there. */
    interface Play {
        @Nullable
        TopUp on(TopUp before);
    }

    private static Play heard(Consumer<TopUp> words) {
        return before -> {
            words.accept(before);
            return before;
        };
    }

    /** What a supplier may declare, each alone and with another one behind it. */
    static List<Placings> placings() {
        Map<String, Guarantee> guarantees = new LinkedHashMap<>();
        guarantees.put("idempotent", new Guarantee.Idempotent(LIFETIME, null));
        guarantees.put("idempotent, can be asked", new Guarantee.Idempotent(LIFETIME, Placings.NOT_FINAL));
        guarantees.put("idempotent, \"not found\" is final", new Guarantee.Idempotent(LIFETIME, Placings.FINAL));
        guarantees.put("queryable, \"not found\" is final", new Guarantee.Queryable(Placings.FINAL));
        guarantees.put("queryable, \"not found\" proves nothing", new Guarantee.Queryable(Placings.NOT_FINAL));
        guarantees.put("at most once", new Guarantee.AtMostOnce());
        List<Placings> placings = new ArrayList<>();
        guarantees.forEach((name, guarantee) -> {
            SupplierTerms a = Placings.supplier(guarantee);
            SupplierTerms b = Placings.supplier(new Guarantee.Queryable(Placings.FINAL));
            placings.add(placing(name, Route.topUp("a"), Map.of("a", a)));
            placings.add(placing(name + "; then another supplier", Route.topUp("a", "b"), Map.of("a", a, "b", b)));
        });
        return placings;
    }

    private static Placings placing(String name, Route route, Map<String, SupplierTerms> suppliers) {
        Placings usual = Placings.idempotent();
        return new Placings(
                name, Placings.Focus.GOODS, List.of(route), suppliers, usual.terms(), usual.gateway(), true, 2);
    }

    /** What the first send comes to. A thrown exception is an unknown answer by the time it gets here. */
    static Map<String, Play> answers() {
        Map<String, Play> answers = new LinkedHashMap<>();
        words().forEach((name, answer) -> {
            if (answer != NOT_FOUND) {
                answers.put(name, heard(play -> play.wait(Duration.ofSeconds(1)).reported(1, answer)));
            }
        });
        answers.put("hangs", heard(play -> play.wait(Duration.ofSeconds(4))));
        answers.put(
                "hangs, and is given up", heard(play -> play.wait(TopUp.QUIET).timeComes()));
        answers.put(
                "unknown, then not found at once",
                heard(play -> play.wait(Duration.ofSeconds(1))
                        .reported(1, UNKNOWN)
                        .wait(Duration.ofSeconds(1))
                        .told(1, NOT_FOUND)));
        answers.put(
                "unknown, then not found once settled",
                heard(play -> play.wait(Duration.ofSeconds(1))
                        .reported(1, UNKNOWN)
                        .until(play.settled())
                        .told(1, NOT_FOUND)));
        return answers;
    }

    /** What a supplier can say. */
    private static Map<String, Answer> words() {
        Map<String, Answer> words = new LinkedHashMap<>();
        words.put("delivered", DELIVERED);
        words.put("delivered without proof", NO_PROOF);
        words.put("partial", PARTIAL);
        words.put("accepted", ACCEPTED);
        words.put("declined order", NO);
        words.put("declined supplier", SUPPLIER_NO);
        words.put("not sent", NOT_SENT);
        words.put("unknown", UNKNOWN);
        words.put("not found", NOT_FOUND);
        return words;
    }

    /** What may follow the first answer. */
    static Map<String, Play> followUps() {
        Map<String, Play> follow = new LinkedHashMap<>();
        words().forEach((name, answer) -> follow.put(
                "told: " + name, heard(play -> play.wait(Duration.ofSeconds(1)).told(1, answer))));
        follow.put(
                "told once settled: not found",
                heard(play -> play.until(play.settled()).told(1, NOT_FOUND)));
        words().forEach((name, answer) -> {
            if (answer != NOT_FOUND) {
                follow.put(
                        "its caller, once more or late: " + name,
                        heard(play -> play.wait(Duration.ofSeconds(1)).reported(1, answer)));
            }
        });
        contradictions(follow);
        moneyBack(follow);
        olderDispatch(follow);
        return follow;
    }

    private static void contradictions(Map<String, Play> follow) {
        follow.put("told: delivered, then declined", twice(DELIVERED, NO));
        follow.put("told: declined, then delivered", twice(NO, DELIVERED));
        follow.put(
                "told: accepted, then not found once settled",
                heard(play -> play.told(1, ACCEPTED).until(play.settled()).told(1, NOT_FOUND)));
        follow.put(
                "told: not found once settled, then accepted",
                heard(play -> play.until(play.settled())
                        .told(1, NOT_FOUND)
                        .wait(Duration.ofSeconds(1))
                        .told(1, ACCEPTED)));
        follow.put(
                "told: not found once settled, then delivered",
                heard(play -> play.until(play.settled())
                        .told(1, NOT_FOUND)
                        .wait(Duration.ofSeconds(1))
                        .told(1, DELIVERED)));
    }

    private static Play twice(Answer first, Answer second) {
        return heard(play -> play.wait(Duration.ofSeconds(1))
                .told(1, first)
                .wait(Duration.ofSeconds(1))
                .told(1, second));
    }

    private static void moneyBack(Map<String, Play> follow) {
        Play back = heard(play -> play.wait(Duration.ofSeconds(1)).moneyMovedBack());
        follow.put("money moved back", back);
        Map.of("delivered", DELIVERED, "declined order", NO, "unknown", UNKNOWN).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(word -> follow.put(
                        "money moved back, then told: " + word.getKey(),
                        heard(play -> play.wait(Duration.ofSeconds(1))
                                .moneyMovedBack()
                                .told(1, word.getValue()))));
        follow.put(
                "money moved back, then told once settled: not found",
                heard(play -> play.moneyMovedBack().until(play.settled()).told(1, NOT_FOUND)));
    }

    private static void olderDispatch(Map<String, Play> follow) {
        words().forEach((name, answer) -> follow.put("dispatch 2 started, 1 is told: " + name, before -> {
            TopUp second = withSecond(before);
            return second == null ? null : second.mark().told(1, answer);
        }));
        follow.put("dispatch 2 not sent, 1 is told: delivered", before -> {
            TopUp second = withSecond(before);
            return second == null ? null : second.reported(2, NOT_SENT).mark().told(1, DELIVERED);
        });
        follow.put("dispatch 2 delivered, 1 is told: delivered", before -> {
            TopUp second = withSecond(before);
            return second == null ? null : second.reported(2, DELIVERED).mark().told(1, DELIVERED);
        });
        follow.put("dispatch 2 started, 1 is told: accepted; then 2 is declined", before -> {
            TopUp second = withSecond(before);
            return second == null ? null : second.told(1, ACCEPTED).mark().reported(2, NO);
        });
    }

    /** Goes on by itself, with resends that stay unclear and questions answered "not found", until dispatch 2 is out. */
    static @Nullable TopUp withSecond(TopUp play) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Dispatch last = play.last();
            if (last != null && last.id().number() == 2) {
                return play;
            }
            if (!play.due()) {
                return null;
            }
            for (Effect effect : play.pending()) {
                if (effect instanceof Effect.DispatchGoods goods) {
                    play.intend(goods);
                    if (goods.dispatch() == 1) {
                        play.wait(Duration.ofSeconds(1)).reported(1, UNKNOWN);
                    }
                } else if (effect instanceof Effect.QueryDispatch query) {
                    play.told(query.dispatch(), NOT_FOUND);
                }
            }
        }
        return null;
    }
}
