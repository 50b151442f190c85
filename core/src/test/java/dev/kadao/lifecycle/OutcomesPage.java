package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page dispatch-outcomes.md: for each guarantee and first answer, what every follow-up makes of it. */
final class OutcomesPage {
    static final String NAME = "dispatch-outcomes.md";

    private static final int MOST_ROUNDS = 3_000;
    private static final List<String> INTRODUCTION = List.of(
            "# Sent, and then?",
            "",
            "What a supplier declares, times the first answer to a send, times whatever may follow. Generated; a test compares it",
            "byte for byte, and another one (`DispatchOutcomesTest`) plays every cell on, with each answer to each call that follows,",
            "before a watcher that knows only what the supplier declared: no cell resends where that could double, and none gives",
            "money back for what may be handed over. Rewrite it as the [other pages](README.md).",
            "",
            "A cell says the order's next stage, the entries, and *what is called next*: the same reference again (`send 2 of",
            "dispatch 1`), a question (`ask about 1`), a new dispatch with a new reference, the gateway for a refund, or a person.",
            "Follow-ups that lead to the same are in one row. `told` is a notice or an answer to a question; `its caller, once more",
            "or late` is an answer of the very call that sent, after another one or after it was given up. What a supplier's adapter",
            "throws is *unknown* by the time it gets here; a call that hangs beyond its limit is *hangs*. \"Settled\" is the settling",
            "time of the supplier, counted from the last moment at which the request can have gone out. \"Dispatch 2 started\" goes",
            "on with every resend unclear and every question answered \"not found\" until a second dispatch is out; where none ever",
            "is, there is no row. Money that \"moved back\" was given back at the gateway, without us.",
            "",
            "The watcher takes a \"processing\" after a \"no\" for one that was overtaken, a \"processing\" after a \"not found\" for a sign",
            "that the latter was wrong, and a \"not found\" after a \"processing\" for no word at all.");

    private OutcomesPage() {}

    static List<String> lines() {
        List<String> page = new ArrayList<>(INTRODUCTION);
        for (Placings placing : Outcomes.placings()) {
            page.addAll(List.of("", "## " + placing.name()));
            page.addAll(section(placing));
        }
        return page;
    }

    private static List<String> section(Placings placing) {
        List<String> lines = new ArrayList<>();
        Map<String, String> byContent = new LinkedHashMap<>();
        Outcomes.answers().forEach((answer, first) -> {
            TopUp sent = TopUp.sent(placing).mark();
            TopUp after = first.on(sent);
            if (after == null) {
                throw new IllegalStateException("a first answer cannot fail to come: " + answer);
            }
            List<String> rows = rows(after);
            String known = byContent.putIfAbsent(String.join("\n", rows), answer);
            lines.addAll(List.of("", "### " + answer, ""));
            if (known != null) {
                lines.add("Exactly as after *" + known + "*.");
                return;
            }
            lines.addAll(List.of("| then | stage | entries | next |", "|---|---|---|---|"));
            lines.addAll(rows);
        });
        return lines;
    }

    private static List<String> rows(TopUp after) {
        List<String> rows = new ArrayList<>();
        rows.add("| (at first) | " + cell(after) + " |");
        TopUp marked = after.copy().mark();
        rows.add("| silence to the end | " + silence(marked.copy()) + " |");
        Map<String, List<String>> merged = new LinkedHashMap<>();
        Outcomes.followUps().forEach((name, follow) -> {
            TopUp cell = follow.on(marked.copy());
            if (cell != null) {
                merged.computeIfAbsent(cell(cell), key -> new ArrayList<>()).add(name);
            }
        });
        merged.forEach((cell, names) -> rows.add("| " + String.join("<br>", names) + " | " + cell + " |"));
        return rows;
    }

    private static String cell(TopUp play) {
        String entries = play.entries().isEmpty() ? "-" : Words.entries(play.entries());
        return play.order().stage() + " | " + entries + " | " + next(play);
    }

    /** What is called next, and when. */
    private static String next(TopUp play) {
        List<String> next = Due.waits(play.checkout(), play.now()).stream()
                .filter(wait -> wait.effect() instanceof Effect.DispatchGoods
                        || wait.effect() instanceof Effect.QueryDispatch
                        || wait.effect() instanceof Effect.RefundMoney)
                .sorted(Comparator.comparing(Due.Wait::at))
                .map(wait -> call(wait.effect()) + Words.when(play.now(), wait.at()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (play.checkout().refunds().stream().anyMatch(refund -> refund.state() == Refund.State.WISHED)) {
            next.add("money back once its dispatch is clear");
        }
        play.checkout().cases().stream()
                .filter(Case::isOpen)
                .forEach(open -> next.add("a person: " + Situation.lower(open.kind())));
        return next.isEmpty() ? "nothing" : String.join("<br>", next);
    }

    private static String call(Effect effect) {
        if (effect instanceof Effect.DispatchGoods goods) {
            return goods.send() == 1
                    ? "dispatch " + goods.dispatch() + " at " + goods.supplier()
                    : "send " + goods.send() + " of dispatch " + goods.dispatch();
        }
        return effect instanceof Effect.QueryDispatch query ? "ask about " + query.dispatch() : "money back";
    }

    /** Nobody answers any more: what is called until it ends, or a person has it. */
    private static String silence(TopUp play) {
        Instant began = play.now();
        int[] calls = new int[3];
        for (int round = 0; round < MOST_ROUNDS && !isOver(play); round++) {
            for (Effect effect : play.pending()) {
                if (effect instanceof Effect.DispatchGoods goods) {
                    calls[goods.send() == 1 ? 0 : 1]++;
                    play.intend(goods);
                    play.wait(Duration.ofSeconds(3)).reported(goods.dispatch(), Outcomes.UNKNOWN);
                } else if (effect instanceof Effect.QueryDispatch query) {
                    calls[2]++;
                    play.told(query.dispatch(), Outcomes.UNKNOWN);
                }
            }
            if (!isOver(play) && !play.due()) {
                break;
            }
        }
        List<String> counts = new ArrayList<>();
        count(counts, calls[0], "new dispatch", "new dispatches");
        count(counts, calls[1], "resend", "resends");
        count(counts, calls[2], "question", "questions");
        String when = play.now().equals(began) ? "" : ", after " + span(Duration.between(began, play.now()));
        String last = play.entries().stream()
                .filter(entry -> entry instanceof Entry.OrderParked || entry instanceof Entry.OrderDelivered)
                .map(entry -> Words.entries(List.of(entry)))
                .collect(Collectors.joining("<br>"));
        return play.order().stage() + when + " | " + (last.isEmpty() ? "-" : last) + " | "
                + (counts.isEmpty() ? "nothing" : "meanwhile " + String.join(", ", counts));
    }

    private static boolean isOver(TopUp play) {
        return switch (play.order().stage()) {
            case DELIVERED, COMPLETED, REFUNDING, REFUNDED, PARKED -> true;
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, PAID, RESERVED, DISPATCHING, UNCERTAIN, DISPUTED, REPLACING ->
                false;
        };
    }

    private static void count(List<String> counts, int times, String one, String many) {
        if (times > 0) {
            counts.add(times + " " + (times == 1 ? one : many));
        }
    }

    private static String span(Duration span) {
        return span.toString().substring(1).replace("T", "").toLowerCase(java.util.Locale.ROOT);
    }
}
