package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.lifecycle.Event.MessageTold.Telling;
import dev.kadao.lifecycle.Event.Questioned.Person;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Hold;
import dev.kadao.order.Intent;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.order.Started;
import dev.kadao.port.Compensator.Answer;
import dev.kadao.port.Escrow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of the golden tables: every kind of event that can come in a state, with its variants. */
final class Samples {
    private static final Set<Stage> RECIPIENT_MATTERS =
            EnumSet.of(Stage.AWAITING_PAYMENT, Stage.ON_HOLD, Stage.PAID, Stage.RESERVED, Stage.DISPATCHING);

    private static final Set<Stage> REVIEW_MATTERS = EnumSet.of(Stage.DELIVERED, Stage.COMPLETED);

    private final Placings placing;
    private final Checkout checkout;
    private final Instant now;
    private final Map<String, Event> columns = new LinkedHashMap<>();

    private Samples(Placings placing, Checkout checkout) {
        this.placing = placing;
        this.checkout = checkout;
        this.now = checkout.at().plusSeconds(1);
    }

    /** The columns of a walk: those that its focus is on, and few others. */
    static Map<String, Event> of(Placings placing, Checkout checkout) {
        Samples samples = new Samples(placing, checkout);
        MoneySamples money = new MoneySamples(placing, checkout, samples.now, samples.columns);
        samples.time();
        switch (placing.focus()) {
            case GOODS, REFUNDS -> money.fewPayments();
            case MONEY -> money.payments();
            case CART -> money.cartPayments();
        }
        money.refunds(isAboutMoney(placing));
        checkout.orders().forEach(samples::order);
        samples.rest();
        return samples.columns;
    }

    /** Everything at once: for histories that are drawn at random and not walked. */
    static Map<String, Event> everythingOf(Placings placing, Checkout checkout) {
        Samples samples = new Samples(placing, checkout);
        MoneySamples money = new MoneySamples(placing, checkout, samples.now, samples.columns);
        samples.time();
        money.allPayments();
        money.refunds(true);
        for (Order order : checkout.orders()) {
            samples.goods(order, true);
            samples.buyer(order, true);
            samples.desk(order, true);
        }
        samples.rest();
        return samples.columns;
    }

    static boolean isAboutMoney(Placings placing) {
        return placing.focus() == Placings.Focus.MONEY || placing.focus() == Placings.Focus.REFUNDS;
    }

    private void time() {
        Instant due = Lifecycle.nextDue(checkout);
        if (due != null) {
            columns.put("time: next due", new Event.TimeCame(due.isBefore(now) ? now : due));
        }
        columns.put("time: 40 days later", new Event.TimeCame(now.plus(Duration.ofDays(40))));
    }

    /** The time at which what is planned next is due. */
    static Instant dueOr(Checkout checkout, Instant earliest) {
        Instant due = Lifecycle.nextDue(checkout);
        return due == null || due.isBefore(earliest) ? earliest : due;
    }

    static Started started(int send, Instant at) {
        return new Started(send, "w1", at, at.plusSeconds(2), at.plusSeconds(10));
    }

    private String prefix(Order order) {
        return checkout.orders().size() == 1 ? "" : "order " + order.line() + ": ";
    }

    private void order(Order order) {
        boolean all = placing.focus() == Placings.Focus.GOODS;
        goods(order, all);
        if (!isAboutMoney(placing)) {
            buyer(order, all);
        }
        boolean twoReceipts = checkout.payments().stream()
                        .mapToInt(payment -> payment.receipts().size())
                        .sum()
                > 1;
        if (all || !twoReceipts || order.stage() == Stage.ON_HOLD) {
            desk(order, all);
        }
    }

    private void goods(Order order, boolean all) {
        new GoodsSamples(placing, checkout, order, prefix(order), now, columns).add(all);
    }

    private void buyer(Order order, boolean all) {
        String prefix = prefix(order);
        int line = order.line();
        columns.put(prefix + "confirmed", new Event.Confirmed(now, line));
        columns.put(prefix + "disputed", new Event.Disputed(now, line, Placings.commitment('c')));
        if (all && RECIPIENT_MATTERS.contains(order.stage())) {
            columns.put(prefix + "recipient confirmed", new Event.RecipientConfirmed(now, line, order.recipient()));
            columns.put(
                    prefix + "recipient confirmed, another",
                    new Event.RecipientConfirmed(now, line, Placings.commitment('9')));
            columns.put(
                    prefix + "recipient corrected", new Event.RecipientCorrected(now, line, Placings.commitment('9')));
        }
        // Where the goods came from is no matter of a review: one way is enough.
        if (all && REVIEW_MATTERS.contains(order.stage()) && order.dispatches().isEmpty()) {
            columns.put(prefix + "reviewed", new Event.Reviewed(now, line, 5, null));
            columns.put(prefix + "reviewed in words", new Event.Reviewed(now, line, 4, Placings.commitment('8')));
        }
        if (all) {
            columns.put(prefix + "complained", new Event.Complained(now, line));
            Instant late = now.plus(placing.terms().sla().late());
            columns.put(prefix + "complained, late", new Event.Complained(late, line));
            columns.put(prefix + "asked", asked(line, Intent.WHERE_IS_IT, Person.NOT_NEEDED));
            columns.put(prefix + "asked, for a person", asked(line, Intent.HUMAN, Person.ANYWAY));
        }
    }

    private Event asked(int line, Intent intent, Person person) {
        boolean nudges = person == Person.NOT_NEEDED;
        return new Event.Questioned(now, line, intent, nudges, person, "asked", Placings.commitment('f'));
    }

    private void desk(Order order, boolean all) {
        String prefix = prefix(order);
        int seen = order.changes();
        for (DeskAct act : DeskAct.values()) {
            boolean aboutMoney = act == DeskAct.REFUND || act == DeskAct.RELEASE;
            boolean plain = act.compareTo(DeskAct.CLOSE_CASE) < 0 && act != DeskAct.MARK_DELIVERED;
            if (plain && (all || aboutMoney)) {
                columns.put(prefix + "desk " + name(act), acted(act, order, seen, null, ""));
            }
        }
        if (order.proposal() != null) {
            secondPerson(order, seen);
        }
        if (all) {
            DeskAct mark = DeskAct.MARK_DELIVERED;
            columns.put(prefix + "desk mark-delivered", acted(mark, order, seen, "e", ""));
            columns.put(prefix + "desk mark-delivered, no evidence", acted(mark, order, seen, null, "-none"));
            columns.put(prefix + "desk refund, old version", acted(DeskAct.REFUND, order, seen - 1, null, "-old"));
        }
    }

    private void secondPerson(Order order, int seen) {
        String prefix = prefix(order);
        columns.put(prefix + "desk approve", decided(DeskAct.APPROVE, order, seen, "other", ""));
        columns.put(prefix + "desk approve, by the proposer", decided(DeskAct.APPROVE, order, seen, " OP ", "-same"));
        columns.put(prefix + "desk decline", decided(DeskAct.DECLINE, order, seen, "op", ""));
    }

    private Event decided(DeskAct act, Order order, int version, String actor, String variant) {
        String unique = act + variant + "-" + order.line() + "-" + order.changes();
        return new Event.Acted(
                now, unique, "digest", act, order.line(), 0, version, actor, Placings.commitment('d'), null);
    }

    private static String name(DeskAct act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Event acted(DeskAct act, Order order, int version, @Nullable String evidence, String variant) {
        String unique = act + variant + "-" + order.line() + "-" + order.changes();
        return new Event.Acted(
                now,
                unique,
                "digest",
                act,
                order.line(),
                0,
                version,
                "op",
                Placings.commitment('d'),
                evidence == null ? null : Placings.commitment('e'));
    }

    private void rest() {
        checkout.held().forEach(this::hold);
        if (placing.asksOncePaid() != null) {
            columns.put("risk: allowed", new Event.RiskSaid(now, null, false));
            columns.put("risk: held", new Event.RiskSaid(now, "new buyer", false));
            columns.put("risk: no answer yet", new Event.RiskSaid(now, null, true));
        }
        checkout.compensated().stream()
                .filter(compensation -> compensation.refund() == null)
                .forEach(this::compensation);
        checkout.messages().stream()
                .filter(message -> message.state() == Message.State.DUE)
                .reduce((first, last) -> last)
                .ifPresent(message -> {
                    columns.put("message told", new Event.MessageTold(now, message.number(), Telling.TOLD));
                    columns.put("message not told", new Event.MessageTold(now, message.number(), Telling.NOT_TOLD));
                });
        checkout.cases().stream()
                .filter(Case::isOpen)
                .reduce((first, last) -> last)
                .ifPresent(this::alerted);
        for (Case.Kind kind : Case.Kind.values()) {
            checkout.cases().stream()
                    .filter(open -> open.isOpen() && open.kind() == kind)
                    .findFirst()
                    .ifPresent(open -> columns.put("desk close-case " + Situation.lower(kind), closing(open)));
        }
        if (!checkout.acts().isEmpty()) {
            String known = checkout.acts().keySet().iterator().next();
            columns.put("desk act, repeated", again(known, "digest"));
            columns.put("desk act id, other content", again(known, "other"));
        }
    }

    private void alerted(Case open) {
        columns.put("case alerted", new Event.CaseAlerted(now, open.number(), open.levelAt(now), true));
        Instant overdue = now.plus(Duration.ofDays(5));
        int level = open.levelAt(overdue);
        if (level > open.level()) {
            columns.put("case alerted, overdue", new Event.CaseAlerted(overdue, open.number(), level, true));
        }
    }

    private void hold(Hold hold) {
        Hold.Move move = hold.asked();
        if (hold.isMoving()) {
            String prefix = checkout.orders().size() == 1 ? "hold: " : "hold " + hold.line() + ": ";
            escrow(prefix + "done", hold, move, new Escrow.Answer.Done());
            escrow(prefix + "declined", hold, move, new Escrow.Answer.Declined("no"));
            escrow(prefix + "unknown", hold, move, new Escrow.Answer.Unknown("silence"));
        } else {
            escrow("hold: done, as was asked before", hold, move, new Escrow.Answer.Done());
        }
    }

    private void escrow(String column, Hold hold, Hold.Move move, Escrow.Answer answer) {
        columns.put(column, new Event.EscrowSaid(now, hold.line(), move, answer));
    }

    private void compensation(Compensation compensation) {
        int number = compensation.number();
        String prefix = number == 1 ? "compensation: " : "compensation " + number + ": ";
        columns.put(prefix + "granted", new Event.CompensationSaid(now, number, new Answer.Granted()));
        columns.put(prefix + "declined", new Event.CompensationSaid(now, number, new Answer.Declined("no")));
        columns.put(prefix + "unknown", new Event.CompensationSaid(now, number, new Answer.Unknown("silence")));
    }

    private Event closing(Case open) {
        String id = "close-" + open.number();
        return new Event.Acted(
                now, id, "digest", DeskAct.CLOSE_CASE, 0, open.number(), 0, "op", Placings.commitment('d'), null);
    }

    private Event again(String actId, String digest) {
        int stale = checkout.order(1).changes() - 1;
        return new Event.Acted(now, actId, digest, DeskAct.REFUND, 1, 0, stale, "op", Placings.commitment('d'), null);
    }
}
