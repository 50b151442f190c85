package dev.kadao.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The moves of one kind of part, as a Mermaid diagram; drawn from what the walk has seen and never by hand. */
final class Diagram {
    private static final int MOST_LABELS = 5;

    private final Map<String, Map<String, Set<String>>> moves = new TreeMap<>();

    void seen(String from, String to, String column) {
        if (!from.equals(to)) {
            moves.computeIfAbsent(from, key -> new TreeMap<>())
                    .computeIfAbsent(to, key -> new TreeSet<>())
                    .add(labelOf(column));
        }
    }

    private static String labelOf(String column) {
        return column.replaceAll("^(order \\d|payment \\d|refund \\d): ", "")
                .replaceAll(", another trade number| again|older dispatch, ", "")
                .replace(": ", " ");
    }

    List<String> lines(String first) {
        List<String> lines = new ArrayList<>(List.of("```mermaid", "stateDiagram-v2", "    [*] --> " + first));
        moves.forEach((from, targets) -> targets.forEach(
                (to, labels) -> lines.add("    " + from + " --> " + to + " : " + String.join(", ", few(labels)))));
        lines.add("```");
        return lines;
    }

    private static List<String> few(Set<String> labels) {
        List<String> few = new ArrayList<>(labels.stream().limit(MOST_LABELS).toList());
        if (labels.size() > MOST_LABELS) {
            few.add((labels.size() - MOST_LABELS) + " more");
        }
        return few;
    }
}
