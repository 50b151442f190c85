package dev.kadao.engine;

import dev.kadao.engine.PromiseCases.Case;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.NextEvent;
import dev.kadao.insight.Texts;
import dev.kadao.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the situations as a page of the docs. */
final class PromisePage {
    private static final String HEAD = """
            # What buyers are told: %d situations

            Written by `DiagnosisTableTest` from the real engine on a manual clock, and held against it by every build. The promise is
            2 minutes (`late`), 15 minutes (`redispatch`), 1 hour (`escalate`); stock is waited for 1 hour, people have 4 hours for a case and for
            what they deliver by hand, 24 hours for a dispute; a supplier may work on an order for 2 hours. Where there is an end, the
            shop gives money back after 90 minutes, and stock is waited for 6 hours. `now`, `eta` and `next` count
            from the payment (before it: from placing), which is at 2026-01-01 00:00:00 unless it came late.
            What the words mean, and how a shop says it in its own: [texts](texts.md).
            """;

    private PromisePage() {}

    static List<String> lines(List<Case> cases) {
        List<String> lines =
                new ArrayList<>(List.of(HEAD.formatted(cases.size()).split("\n")));
        for (int i = 0; i < cases.size(); i++) {
            lines.addAll(section(i + 1, cases.get(i)));
        }
        return lines;
    }

    private static List<String> section(int number, Case found) {
        Diagnosis diagnosis = found.diagnosis();
        Order order = found.checkout().order(1);
        Instant from = order.paidAt() == null ? found.checkout().placedAt() : order.paidAt();
        NextEvent next = diagnosis.next();
        String choices =
                diagnosis.buyerCan().stream().map(Diagnosis.Choice::word).collect(Collectors.joining(", "));
        return List.of(
                "",
                "## " + number + ". " + found.name(),
                "",
                "| verdict | stage | node | now | eta | rule | whose turn | next step | next event | the buyer can |",
                "|---|---|---|---|---|---|---|---|---|---|",
                "| "
                        + String.join(
                                " | ",
                                diagnosis.verdict().name(),
                                diagnosis.stage().name(),
                                diagnosis.node().word(),
                                after(from, diagnosis.asOf()),
                                after(from, diagnosis.eta()),
                                diagnosis.etaRule().word(),
                                diagnosis.whoseTurn().name().toLowerCase(Locale.ROOT),
                                diagnosis.nextStep().code(),
                                next == null ? "–" : next.what().word() + " " + after(from, next.at()),
                                choices)
                        + " |",
                "",
                "> " + Texts.standard().sentence(diagnosis, Locale.SIMPLIFIED_CHINESE, ZoneOffset.UTC),
                "",
                "> " + Texts.standard().sentence(diagnosis, Locale.ENGLISH, ZoneOffset.UTC));
    }

    private static String after(Instant from, @Nullable Instant at) {
        if (at == null) {
            return "–";
        }
        String text = Duration.between(from, at)
                .toString()
                .substring(2)
                .replace("H", " h ")
                .replace("M", " min ")
                .replace("S", " s ")
                .trim();
        return "+" + text;
    }
}
