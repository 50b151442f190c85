package dev.kadao.examples.acceptance;

import dev.kadao.examples.acceptance.StormRecord.Line;
import dev.kadao.examples.acceptance.StormRecord.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the shop says of the orders, held against what the suppliers and the gateway wrote down for themselves. */
final class StormOutcome {
    private static final Set<String> ENDS = Set.of("DELIVERED", "COMPLETED", "REFUNDED", "PARKED");

    private final Map<String, String> stages;
    private final List<Line> lines;
    private final List<FakeGateway.Refund> refunds;
    private final StartedActs acts;
    private final Map<String, List<Line>> supplied;

    StormOutcome(Map<String, String> stages, List<Line> lines, List<FakeGateway.Refund> refunds, StartedActs acts) {
        this.stages = stages;
        this.lines = lines;
        this.refunds = refunds;
        this.acts = acts;
        this.supplied = lines(Word.SUPPLIED).stream().collect(Collectors.groupingBy(Line::order));
    }

    Map<String, String> stages() {
        return stages;
    }

    /** The orders in that stage. */
    List<String> in(String stage) {
        return stages.entrySet().stream()
                .filter(entry -> entry.getValue().equals(stage))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Everything that must not be, with the lines that show it.
     *
     * @param lateWereRefused otherwise an order of which a request came late may have been supplied twice
     */
    List<String> wrongs(boolean lateWereRefused) {
        List<String> wrongs = new ArrayList<>();
        Set<String> excused = lateWereRefused
                ? Set.of()
                : lines(Word.LATE).stream().map(Line::order).collect(Collectors.toSet());
        stages.forEach((order, stage) -> {
            int times = supplied.getOrDefault(order, List.of()).size();
            boolean isDelivered = stage.equals("DELIVERED") || stage.equals("COMPLETED");
            if (!ENDS.contains(stage)) {
                wrongs.add(order + " did not end: " + stage);
            }
            if (times > 1 && !excused.contains(order)) {
                wrongs.add(order + " was supplied " + times + " times: " + of(order));
            }
            if (times > 0 && stage.equals("REFUNDED") && !excused.contains(order)) {
                wrongs.add(order + " was supplied and paid back: " + of(order));
            }
            if (times == 0 && isDelivered) {
                wrongs.add(order + " counts as delivered, and nobody supplied it: " + of(order));
            }
        });
        supplied.keySet().stream()
                .filter(order -> !stages.containsKey(order))
                .forEach(order -> wrongs.add(order + " was supplied, and the shop does not know it: " + of(order)));
        addWrongRefunds(wrongs);
        lines.stream()
                .filter(line -> line.word() == Word.FORGED || line.word() == Word.UNWELCOME)
                .forEach(line -> wrongs.add(line.toString()));
        wrongs.addAll(acts.withoutRight(signedTimes()));
        return wrongs;
    }

    /** Each order that ended refunded was paid back once, and nobody else was. */
    private void addWrongRefunds(List<String> wrongs) {
        Set<String> seen = new HashSet<>();
        for (FakeGateway.Refund refund : refunds) {
            String order = refund.payment().replace("_p1", ".1");
            if (!seen.add(order) || !"REFUNDED".equals(stages.get(order))) {
                wrongs.add(order + " is " + stages.get(order) + " and was paid back: " + refund);
            }
        }
        in("REFUNDED").stream()
                .filter(order -> !seen.contains(order))
                .forEach(order -> wrongs.add(order + " counts as refunded, and the gateway paid nothing back"));
    }

    private List<Line> of(String order) {
        return lines.stream().filter(line -> line.order().equals(order)).toList();
    }

    private List<Line> lines(Word word) {
        return lines.stream().filter(line -> line.word() == word).toList();
    }

    private Map<String, List<Instant>> signedTimes() {
        return lines(Word.CAME).stream()
                .collect(Collectors.groupingBy(Line::reference, Collectors.mapping(Line::signed, Collectors.toList())));
    }

    /** Requests that came when others could already take them for lost. */
    private long cameAfterQuiet() {
        return lines(Word.CAME).stream()
                .filter(line -> acts.isQuiet(line.reference(), line.signed(), line.at()))
                .count();
    }

    @Override
    public String toString() {
        long doubles =
                supplied.values().stream().filter(times -> times.size() > 1).count();
        return String.format(
                "%d delivered, %d refunded, %d parked; supplied %d, doubles %d; %d requests, of them %d older than the"
                        + " margin, %d after their right was over",
                in("DELIVERED").size() + in("COMPLETED").size(),
                in("REFUNDED").size(),
                in("PARKED").size(),
                lines(Word.SUPPLIED).size(),
                doubles,
                lines(Word.CAME).size(),
                lines(Word.LATE).size(),
                cameAfterQuiet());
    }
}
