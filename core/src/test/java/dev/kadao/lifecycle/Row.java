package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One situation with what every event makes of it, as lines of Markdown; the first says how it is reached. */
final class Row {
    private final Walk.Reached reached;

    Row(Walk.Reached reached) {
        this.reached = reached;
    }

    List<String> lines() {
        Checkout checkout = reached.checkout();
        List<String> table = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        Map<String, List<String>> refused = new TreeMap<>();
        Samples.of(reached.placing(), checkout).forEach((column, event) -> {
            Verdict verdict = Lifecycle.decide(checkout, event);
            if (verdict instanceof Verdict.Moved moved) {
                table.add("| " + column + " | " + Words.stages(moved.after()) + " | " + Words.entries(moved.entries())
                        + " | " + Words.effects(checkout, moved.after(), event.now()) + " |");
            } else if (verdict instanceof Verdict.Refused no) {
                String kind = no.refusal().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                refused.computeIfAbsent(kind, key -> new ArrayList<>()).add(column);
            } else {
                repeated.add(column);
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add("Reached by: " + String.join(" → ", reached.history()) + ".");
        lines.addAll(List.of("", "| event | next stage | entries | effects |", "|---|---|---|---|"));
        lines.addAll(table);
        lines.addAll(List.of("", "Repeated: " + (repeated.isEmpty() ? "nothing" : String.join("; ", repeated)) + "."));
        List<String> kinds = new ArrayList<>();
        refused.forEach((kind, columns) -> kinds.add(kind + " (" + String.join("; ", columns) + ")"));
        lines.addAll(List.of("", "Refused: " + (kinds.isEmpty() ? "nothing" : String.join(", ", kinds)) + "."));
        return lines;
    }
}
