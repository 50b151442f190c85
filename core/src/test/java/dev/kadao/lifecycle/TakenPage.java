package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Entry;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The page taken.md: what goes on by itself with an order that a person has taken, and after it was given back. */
final class TakenPage {
    static final String NAME = "taken.md";

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final List<String> INTRODUCTION = List.of(
            "# What goes on while a person has taken an order",
            "",
            "`take` stops the automation of an order: facts are recorded, what is asked or told changes nothing and goes on, and nothing is",
            "begun for it; `give-back` lets everything go on that is due by then. Generated and compared byte for byte like the",
            "[other pages](README.md); the promise is the one of [the ladder](ladder.md).",
            "",
            "## The rungs of the promise",
            "",
            "Each row is an order that is taken a second before the rung; a cell says the stage, the entries, and what is waited for then",
            "and was not before. What was missed is made up for when it is given back, each rung once.",
            "",
            "| rung | situation | at its time, while taken | given back a minute later |",
            "|---|---|---|---|");
    private static final List<String> TIMES = List.of(
            "",
            "## What time alone decides",
            "",
            "| time | at that time, while taken | given back a minute later |",
            "|---|---|---|");
    private static final List<String> EFFECTS = List.of(
            "",
            "## The effects",
            "",
            "Each row is an effect that is due when the order is taken.",
            "",
            "| effect | stage | while taken | given back a minute later |",
            "|---|---|---|---|");

    /** One row about time: an order, and when what is due comes. */
    record Timed(String name, Story story, Instant at) {}

    private TakenPage() {}

    static List<String> lines() {
        List<String> page = new ArrayList<>(INTRODUCTION);
        rungs().forEach((rung, orders) -> orders.forEach(timed -> page.add("| " + rung + row(timed))));
        page.addAll(TIMES);
        times().forEach(timed -> page.add(row(timed).substring(1)));
        page.addAll(EFFECTS);
        effects().forEach((name, story) -> page.add(effectRow(name, story.get())));
        return page;
    }

    private static String row(Timed timed) {
        Story story = timed.story();
        story.wait(Duration.between(story.now(), timed.at()).minusSeconds(1)).acted(DeskAct.TAKE);
        String taken = LadderPage.cell(story, timed.at());
        Instant back = timed.at().plus(A_MINUTE);
        story.wait(A_MINUTE);
        List<Entry> atOnce = givenBack(story);
        String stage = "**" + story.stage() + "**<br>";
        String given = atOnce.isEmpty() ? LadderPage.cell(story, back) : stage + Words.entries(atOnce);
        return " | " + timed.name() + " | " + taken + " | " + given + " |";
    }

    /** What the very step that gives an order back decides beyond that. */
    static List<Entry> givenBack(Story story) {
        return story.act(DeskAct.GIVE_BACK, 1) instanceof Verdict.Moved moved
                ? moved.entries().stream()
                        .filter(entry -> !(entry instanceof Entry.OrderGivenBack))
                        .filter(entry -> !(entry instanceof Entry.ActRecorded))
                        .toList()
                : List.of();
    }

    private static String effectRow(String name, Story story) {
        Class<?> kind = kindOf(name);
        untilDue(story, kind);
        String stage = story.stage().name();
        story.acted(DeskAct.TAKE);
        String taken = isPending(story, kind) ? "done all the same" : "waits";
        story.wait(A_MINUTE).acted(DeskAct.GIVE_BACK);
        String back = isPending(story, kind) ? "done" : "not done";
        return "| " + name + " | " + stage + " | " + taken + " | " + back + " |";
    }

    /** The effect's type, by the first word of its row's name. */
    static Class<?> kindOf(String name) {
        String simple = name.split("[ ,]", 2)[0];
        for (Class<?> kind : Effect.class.getDeclaredClasses()) {
            if (kind.getSimpleName().equals(simple)) {
                return kind;
            }
        }
        throw new AssertionError("there is no effect " + name);
    }

    static void untilDue(Story story, Class<?> kind) {
        Instant due = Due.waits(story.checkout(), story.now()).stream()
                .filter(wait -> kind.isInstance(wait.effect()))
                .map(Due.Wait::at)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError(kind + " is not waited for"));
        if (due.isAfter(story.now())) {
            story.wait(Duration.between(story.now(), due));
        }
    }

    static boolean isPending(Story story, Class<?> kind) {
        return story.pending().stream().anyMatch(kind::isInstance);
    }

    private static Timed rung(String name, Story story, Rung rung) {
        Order order = story.order(1);
        Instant from = order.paidAt() == null ? story.now() : order.paidAt();
        Duration wait = switch (rung) {
            case LATE -> LadderPage.LATE;
            case REDISPATCH -> LadderPage.REDISPATCH;
            case ESCALATE -> LadderPage.ESCALATE;
            case END, END_WAITS -> LadderPage.END;
        };
        for (Duration before : List.of(LadderPage.LATE, LadderPage.REDISPATCH, LadderPage.ESCALATE)) {
            if (before.compareTo(wait) < 0) {
                story.wait(Duration.between(story.now(), from.plus(before)));
                story.decide(new Event.TimeCame(story.now()));
            }
        }
        return new Timed(name, story, from.plus(wait));
    }

    /** Orders just before each rung. */
    static Map<Rung, List<Timed>> rungs() {
        Map<Rung, List<Timed>> rows = new LinkedHashMap<>();
        for (Rung rung : List.of(Rung.LATE, Rung.REDISPATCH, Rung.ESCALATE, Rung.END)) {
            List<Timed> timed = new ArrayList<>();
            timed.add(rung("keys, out of stock", outOfStock(), rung));
            timed.add(rung("keys set aside, not handed over", reserved(), rung));
            timed.add(rung("no supplier takes it", sent(new Answer.Declined(Scope.SUPPLIER, "empty")), rung));
            timed.add(rung("not sent", sent(new Answer.NotSent("refused")), rung));
            timed.add(rung("a supplier works on it", sent(new Answer.Accepted("s1", null)), rung));
            timed.add(rung("no clear answer", sent(new Answer.Unknown("silence")), rung));
            if (rung == Rung.REDISPATCH) {
                Story told = unseen();
                told.decide(new Event.MessageTold(told.now(), 1, Event.MessageTold.Telling.TOLD));
                timed.add(rung("keys that nobody has seen", told, rung));
            }
            rows.put(rung, timed);
        }
        return rows;
    }

    /** What else is decided because a time has come. */
    static List<Timed> times() {
        List<Timed> times = new ArrayList<>();
        Story unpaid = closing();
        times.add(new Timed("the time to pay is over, and the gateway silent", unpaid, Closing.at(unpaid.checkout())));
        Story waiting = Story.paid(Placings.keys()).stock(1, new StockAnswer.OutOfStock());
        times.add(new Timed(
                "stock was waited for long enough", waiting, waiting.now().plus(Duration.ofHours(1))));
        Story accepted = Story.paid(Placings.queryableNotFinal()).send().sent(new Answer.Accepted("s1", null));
        times.add(new Timed("a supplier's limit", accepted, Suppliers.endOf(accepted.order(1), accepted.last())));
        Story unclear = Story.paid(Placings.queryableNotFinal()).send().sent(new Answer.Unknown("silence"));
        times.add(new Timed("the end of asking", unclear, Suppliers.endOf(unclear.order(1), unclear.last())));
        Story unreported = Story.paid(Placings.queryableNotFinal()).send();
        times.add(new Timed(
                "a send whose caller never reported",
                unreported,
                unreported.last().started().quietAt()));
        Story delivered = Story.paid(Placings.keys()).taken();
        times.add(new Timed("the window to dispute", delivered, delivered.now().plus(Duration.ofDays(3))));
        Story granted = compensated();
        times.add(new Timed(
                "a compensation without a clear answer", granted, granted.now().plus(Backoff.PATIENCE_WITH_GATEWAYS)));
        return times;
    }

    /** Orders for which an effect is, or will be, due, by its type's name and some words. */
    static Map<String, Supplier<Story>> effects() {
        Map<String, Supplier<Story>> rows = new LinkedHashMap<>();
        rows.put("OpenPayment", () -> Story.of(Placings.money()));
        rows.put("QueryPayment", () -> Story.of(Placings.keys()));
        rows.put("ClosePayment", TakenPage::closing);
        rows.put("TakeKeys", TakenPage::outOfStock);
        rows.put("HandOverKeys", TakenPage::reserved);
        rows.put("ReplaceKeys", () -> Story.paid(LadderPage.keys()).taken().acted(DeskAct.REPLACE));
        rows.put("ReleaseKeys", () -> outOfStock().acted(DeskAct.REFUND));
        rows.put("DispatchGoods", () -> Story.paid(LadderPage.topUp(LadderPage.queryable())));
        rows.put("DispatchGoods, not sent before", () -> sent(new Answer.NotSent("refused")));
        rows.put(
                "DispatchGoods, without a clear answer before",
                () -> Story.paid(LadderPage.topUp(idempotent())).send().sent(new Answer.Unknown("silence")));
        rows.put("QueryDispatch", () -> sent(new Answer.Unknown("silence")));
        rows.put("RefundMoney", () -> outOfStock().acted(DeskAct.REFUND).returned(1));
        rows.put(
                "QueryRefund",
                () -> outOfStock()
                        .acted(DeskAct.REFUND)
                        .returned(1)
                        .sendRefund(1)
                        .refundSaid(1, new RefundAnswer.Unknown("silence")));
        rows.put("AssessRisk", () -> Story.paid(Placings.askedOncePaid()));
        rows.put("MoveHold", () -> Story.paid(Placings.escrow()));
        rows.put("GrantCompensation", TakenPage::compensated);
        rows.put("SendMessage", TakenPage::unseen);
        rows.put("AlertCase", () -> {
            Story late = outOfStock().wait(LadderPage.ESCALATE);
            late.decide(new Event.TimeCame(late.now()));
            return late;
        });
        return rows;
    }

    private static Story closing() {
        Story story = Story.of(Placings.keys()).wait(Duration.ofMinutes(15));
        story.decide(new Event.MoneySaid(story.now(), 1, new PaymentWord.Unknown("silence"), false));
        return story;
    }

    private static Story outOfStock() {
        return Story.paid(LadderPage.keys()).stock(1, new StockAnswer.OutOfStock());
    }

    private static Story reserved() {
        Story story = Story.paid(LadderPage.keys());
        story.decide(new Event.KeysSetAside(story.now(), 1));
        return story;
    }

    private static Story unseen() {
        return Story.paid(LadderPage.keys()).taken();
    }

    private static Story sent(Answer answer) {
        return Story.paid(LadderPage.topUp(LadderPage.queryable())).send().sent(answer);
    }

    private static SupplierTerms idempotent() {
        return new SupplierTerms(
                new Guarantee.Idempotent(Duration.ofDays(3), null), Duration.ofSeconds(3), Duration.ofDays(3));
    }

    private static Story compensated() {
        GatewayTerms able = new GatewayTerms(true, true, true, true);
        Placings credit = new Placings(
                "credit",
                Placings.Focus.GOODS,
                List.of(Route.keys()),
                Map.of(),
                Placings.compensating(Placings.credit(Duration.ZERO, 500)),
                able,
                true,
                1);
        return Story.paid(credit).wait(A_MINUTE).taken();
    }

    /** Whether entries say that a rung was reached. */
    static List<Rung> reached(Verdict verdict) {
        return verdict instanceof Verdict.Moved moved
                ? moved.entries().stream()
                        .filter(Entry.RungReached.class::isInstance)
                        .map(entry -> ((Entry.RungReached) entry).rung())
                        .toList()
                : List.of();
    }
}
