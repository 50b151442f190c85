package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pages of docs/lifecycle as the walk gives them: one a stage, and a first one with index and diagrams. */
final class GoldenTables {
    private final Diagram stages = new Diagram();
    private final Diagram payments = new Diagram();
    private final Diagram refunds = new Diagram();
    private final Diagram dispatches = new Diagram();
    /** Placings under the first name of each row; rows that decide alike are one. */
    private final Map<String, List<String>> alike = new LinkedHashMap<>();

    private final Map<String, String> rowByContent = new LinkedHashMap<>();
    private final Map<String, List<String>> rows = new TreeMap<>();

    /** The pages by file name. */
    static Map<String, List<String>> pages() {
        GoldenTables tables = new GoldenTables();
        Placings.all().forEach(tables::walk);
        return tables.build();
    }

    private void walk(Placings placing) {
        Map<String, Walk.Reached> found = Walk.over(placing, new Walk.Visitor() {
            @Override
            public void state(Walk.Reached reached) {}

            @Override
            public void step(Walk.Reached from, String column, Event event, Verdict verdict) {
                if (verdict instanceof Verdict.Moved moved) {
                    seen(from.checkout(), moved.after(), column);
                }
            }
        });
        // Beside its compensation or hold such an order lives as any other of its kind.
        boolean compensates = placing.terms().remedies() != null;
        found.forEach((row, reached) -> {
            if (!compensates || Situation.isAboutRemedies(reached.checkout())) {
                addRow(placing, row, reached);
            }
        });
    }

    private void seen(Checkout before, Checkout after, String column) {
        for (Order order : after.orders()) {
            Order was = before.order(order.line());
            stages.seen(was.stage().name(), order.stage().name(), column);
            for (Dispatch dispatch : order.dispatches()) {
                Dispatch known = was.dispatch(dispatch.id().number());
                String from = known == null ? "[*]" : known.state().name();
                dispatches.seen(from, dispatch.state().name(), column);
            }
        }
        for (Payment payment : after.payments()) {
            int number = payment.id().number();
            boolean isNew = number > before.payments().size();
            String from = isNew ? "[*]" : before.payment(number).state().name();
            payments.seen(from, payment.state().name(), column);
        }
        for (Refund refund : after.refunds()) {
            int number = refund.id().number();
            boolean isNew = number > before.refunds().size();
            refunds.seen(
                    isNew ? "[*]" : before.refund(number).state().name(),
                    refund.state().name(),
                    column);
        }
    }

    private void addRow(Placings placing, String row, Walk.Reached reached) {
        List<String> lines = new Row(reached).lines();
        String withoutPlacing = row.replaceFirst("/[^/]*", "");
        String content = withoutPlacing + "\n" + String.join("\n", lines.subList(2, lines.size()));
        String first = rowByContent.putIfAbsent(content, row);
        if (first == null) {
            rows.put(row, lines);
        } else {
            alike.computeIfAbsent(first, key -> new ArrayList<>()).add(placing.name());
        }
    }

    private Map<String, List<String>> build() {
        Map<String, List<String>> pages = new TreeMap<>();
        for (Stage stage : Stage.values()) {
            List<String> page = new ArrayList<>();
            page.add("# " + stage);
            page.add("");
            page.add("Generated from the walk; [how to read it](README.md).");
            rows.forEach((row, lines) -> {
                if (row.startsWith(stage + "/")) {
                    page.addAll(section(row, lines));
                }
            });
            pages.put(stage + ".md", page);
        }
        pages.put("README.md", firstPage());
        pages.put(OutcomesPage.NAME, OutcomesPage.lines());
        pages.put(LadderPage.NAME, LadderPage.lines());
        pages.put(TakenPage.NAME, TakenPage.lines());
        return pages;
    }

    private List<String> section(String row, List<String> lines) {
        List<String> section = new ArrayList<>(List.of("", "## " + row, ""));
        section.addAll(lines.subList(0, 1));
        if (alike.containsKey(row)) {
            section.add("Decides alike: " + String.join(", ", alike.get(row)) + ".");
        }
        section.addAll(lines.subList(1, lines.size()));
        return section;
    }

    private List<String> firstPage() {
        List<String> page = new ArrayList<>(Texts.INTRODUCTION);
        Placings.all().forEach(placing -> page.add("| `" + placing.name() + "` | " + Texts.about(placing) + " |"));
        diagram(page, "The stages of an order", stages.lines("AWAITING_PAYMENT"));
        diagram(page, "The states of a payment", payments.lines("REQUESTED"));
        diagram(page, "The states of a dispatch", dispatches.lines("STARTED"));
        diagram(page, "The states of a refund", refunds.lines("WISHED"));
        page.addAll(List.of("", "## The situations", "", rows.size() + " situations:", ""));
        rows.keySet().forEach(row -> page.add("- [" + row + "](" + row.substring(0, row.indexOf('/')) + ".md)"));
        return page;
    }

    private static void diagram(List<String> page, String title, List<String> lines) {
        page.addAll(List.of("", "## " + title, ""));
        page.addAll(lines);
    }
}
