package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The page ladder.md: what each rung of the promise does, by stage and guarantee. */
final class LadderPage {
    static final String NAME = "ladder.md";

    static final Duration LATE = Duration.ofMinutes(2);
    static final Duration REDISPATCH = Duration.ofMinutes(15);
    static final Duration ESCALATE = Duration.ofHours(1);
    static final Duration END = Duration.ofHours(4);
    private static final Duration LONG = Duration.ofDays(3);
    private static final List<String> INTRODUCTION = List.of(
            "# The ladder of the promise",
            "",
            "What is done about goods that are owed for long, by the stage of the order and by what its supplier declares. Generated",
            "and compared byte for byte like the [other pages](README.md). Each row is one order to which nothing else happens: a cell",
            "says the stage after that rung, the entries, and what is waited for now and was not before. The promise here is `late` 2",
            "minutes, `redispatch` 15 minutes, `escalate` 1 hour, and the shop refunds after 4 hours what is surely safe to refund; the",
            "supplier's own limits are longer than all of it. A rung is reached once for each beginning of the promise. Where END finds",
            "something that may be handed over yet, it waits (end waits), and follows in the step that settles that without a delivery.",
            "Orders that a person has taken are on [a page of their own](taken.md).",
            "",
            "| situation | LATE | REDISPATCH | ESCALATE | END |",
            "|---|---|---|---|---|");

    private LadderPage() {}

    static List<String> lines() {
        List<String> page = new ArrayList<>(INTRODUCTION);
        situations().forEach((name, story) -> page.add(row(name, story)));
        return page;
    }

    private static String row(String name, Story story) {
        Order order = story.order(1);
        Instant from = order.paidAt() == null ? story.now() : order.paidAt();
        StringBuilder row = new StringBuilder("| " + order.stage() + ", " + name);
        for (Duration rung : List.of(LATE, REDISPATCH, ESCALATE, END)) {
            row.append(" | ").append(cell(story, from.plus(rung)));
        }
        return row.append(" |").toString();
    }

    static String cell(Story story, Instant at) {
        Checkout before = story.checkout();
        story.wait(Duration.between(story.now(), at));
        Verdict verdict = story.decide(new Event.TimeCame(at));
        return verdict instanceof Verdict.Moved moved
                ? "**" + story.stage() + "**<br>" + Words.entries(moved.entries()) + "<br>*"
                        + Words.effects(before, moved.after(), at) + "*"
                : "-";
    }

    private static Map<String, Story> situations() {
        Map<String, Story> rows = new LinkedHashMap<>();
        rows.put("keys, the stock does not answer", Story.paid(keys()).stock(1, new StockAnswer.NotTried("busy")));
        rows.put("keys, out of stock", Story.paid(keys()).stock(1, new StockAnswer.OutOfStock()));
        Story reserved = Story.paid(keys());
        reserved.decide(new Event.KeysSetAside(reserved.now(), 1));
        rows.put("keys set aside, not handed over", reserved);
        Story unseen = Story.paid(keys()).taken();
        unseen.decide(new Event.MessageTold(unseen.now(), 1, Event.MessageTold.Telling.TOLD));
        rows.put("keys that nobody has seen", unseen);
        Story seen = Story.paid(keys()).taken();
        seen.decide(new Event.KeysShown(seen.now(), 1, null));
        rows.put("keys that were seen", seen);
        Story replacing = Story.paid(keys()).taken().wait(Duration.ofHours(5));
        rows.put(
                "keys that a person replaces, five hours after the payment",
                replacing.acted(Event.DeskAct.REPLACE).stock(1, new StockAnswer.OutOfStock()));
        guarantees().forEach((guarantee, terms) -> suppliers(rows, guarantee, terms));
        rows.put(
                "with the shop's own people",
                after(people(), story -> story.send().sent(accepted())));
        rows.put(
                "accepted (queryable), and the money moved back",
                after(topUp(queryable()), story -> story.send().sent(accepted()).movedBack("t1", Placings.PRICE)));
        rows.put(
                "accepted (queryable), taken by an operator",
                after(topUp(queryable()), story -> story.send().sent(accepted()).acted(Event.DeskAct.TAKE)));
        return rows;
    }

    private static void suppliers(Map<String, Story> rows, String guarantee, SupplierTerms terms) {
        Placings placing = topUp(terms);
        String by = " (" + guarantee + ")";
        rows.put(
                "the supplier takes none" + by,
                after(placing, story -> story.send().sent(new Answer.Declined(Scope.SUPPLIER, "empty"))));
        rows.put("not sent" + by, after(placing, story -> story.send().sent(new Answer.NotSent("refused"))));
        rows.put("accepted" + by, after(placing, story -> story.send().sent(accepted())));
        rows.put("unknown" + by, after(placing, story -> story.send().sent(new Answer.Unknown("silence"))));
    }

    private static Answer accepted() {
        return new Answer.Accepted("s1", null);
    }

    private static Story after(Placings placing, UnaryOperator<Story> what) {
        return what.apply(Story.paid(placing));
    }

    private static Map<String, SupplierTerms> guarantees() {
        Map<String, SupplierTerms> guarantees = new LinkedHashMap<>();
        guarantees.put("idempotent", terms(new Guarantee.Idempotent(LONG, null)));
        guarantees.put("idempotent, can be asked", terms(new Guarantee.Idempotent(LONG, asking())));
        guarantees.put("queryable", queryable());
        guarantees.put("at most once", terms(new Guarantee.AtMostOnce()));
        return guarantees;
    }

    static SupplierTerms queryable() {
        return terms(new Guarantee.Queryable(asking()));
    }

    private static SupplierTerms terms(Guarantee guarantee) {
        return new SupplierTerms(guarantee, Duration.ofSeconds(3), LONG);
    }

    private static Guarantee.Asking asking() {
        return new Guarantee.Asking(Duration.ofSeconds(5), false, List.of(Duration.ofMinutes(50)), LONG, LONG);
    }

    private static Placings people() {
        SupplierTerms staff = new SupplierTerms(
                new Guarantee.Idempotent(LONG, null), Duration.ofSeconds(3), LONG, Duration.ofHours(8));
        return topUp(staff);
    }

    static Placings topUp(SupplierTerms supplier) {
        return placing(Route.topUp("a"), Map.of("a", supplier), END);
    }

    static Placings keys() {
        return placing(Route.keys(), Map.of(), END);
    }

    static Placings placing(Route route, Map<String, SupplierTerms> suppliers, Duration end) {
        Terms usual = Placings.terms(Terms.LatePayment.DELIVER, Terms.WaitOver.PARK, true);
        Terms terms = new Terms(
                usual.paymentDeadline(),
                usual.paymentQueries(),
                usual.closeGrace(),
                usual.latePayment(),
                LONG,
                usual.stockWaitOver(),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                usual.disputeWindow(),
                new Terms.Sla(LATE, REDISPATCH, ESCALATE),
                true,
                new Terms.Overdue(end),
                null,
                null);
        GatewayTerms able = new GatewayTerms(true, true, true, true);
        return new Placings("ladder", Placings.Focus.GOODS, List.of(route), suppliers, terms, able, true, 1);
    }
}
