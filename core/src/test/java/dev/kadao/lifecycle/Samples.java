package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.PayWith;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Started;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of the golden tables: every kind of event with the variants that decide differently, for one state. */
final class Samples {
    private final Placings placing;
    private final Checkout checkout;
    private final Instant now;
    private final Map<String, Event> columns = new LinkedHashMap<>();

    private Samples(Placings placing, Checkout checkout) {
        this.placing = placing;
        this.checkout = checkout;
        this.now = checkout.at().plusSeconds(1);
    }

    static Map<String, Event> of(Placings placing, Checkout checkout) {
        Samples samples = new Samples(placing, checkout);
        samples.time();
        samples.money();
        samples.refunds();
        checkout.orders().forEach(samples::order);
        samples.rest();
        return samples.columns;
    }

    /** Everything about goods, and the money events that move goods: for the walk of an order's stages. */
    static Map<String, Event> goodsOf(Placings placing, Checkout checkout) {
        Map<String, Event> goods = new LinkedHashMap<>(of(placing, checkout));
        List<String> money = List.of(
                "p1: paid in full", "p1: paid short", "p1: moved back in full", "p1: paid, known", "p1: close: closed");
        goods.keySet()
                .removeIf(column ->
                        column.equals("further payment") || column.startsWith("p1: ") && !money.contains(column));
        if (!checkout.payments().get(0).receipts().isEmpty()) {
            goods.keySet().removeIf(column -> column.startsWith("p1: paid "));
        }
        return goods;
    }

    /** Everything about payments and refunds, and the goods events that move money: for the walk of payments. */
    static Map<String, Event> moneyOf(Placings placing, Checkout checkout) {
        Map<String, Event> few = new LinkedHashMap<>(of(placing, checkout));
        List<String> goods = List.of("keys taken", "out of stock", "keys returned", "desk refund", "desk release");
        few.keySet()
                .removeIf(column -> !goods.contains(column)
                        && !column.matches("p[12]: .*|r[1-9]: .*|time: .*|further payment|order [12]: ("
                                + String.join("|", goods) + ")"));
        return few;
    }

    private void time() {
        Instant due = Lifecycle.nextDue(checkout);
        if (due != null) {
            columns.put("time: next due", new Event.TimeCame(due.isBefore(now) ? now : due));
        }
        Instant far = now.plus(Duration.ofDays(40));
        columns.put("time: 40 days later", new Event.TimeCame(far));
    }

    private void money() {
        if (checkout.payments().size() < 2) {
            columns.put("further payment", new Event.PaymentWanted(now, "g", placing.gateway(), PayWith.qrCode("x")));
        }
        for (Payment payment : checkout.payments()) {
            moneyOf(payment, payment.id().number());
        }
    }

    private void moneyOf(Payment payment, int number) {
        String prefix = "p" + number + ": ";
        Money owed = payment.amount();
        int receipts = payment.receipts().size();
        if (receipts < 2) {
            String trade = "t" + number + "-" + (receipts + 1);
            say(prefix + "paid in full", number, new PaymentWord.Paid(trade, owed));
            say(prefix + "paid short", number, new PaymentWord.Paid(trade, cents(owed.minorUnits() - 100)));
            say(prefix + "paid over", number, new PaymentWord.Paid(trade, cents(owed.minorUnits() + 100)));
            Money dollars = new Money(owed.minorUnits(), Currency.USD);
            say(prefix + "paid in other currency", number, new PaymentWord.Paid(trade, dollars));
            say(prefix + "moved back, unseen before", number, new PaymentWord.MovedBack(trade, owed));
        }
        if (receipts > 0) {
            Receipt last = payment.receipts().get(receipts - 1);
            say(prefix + "paid, known", number, new PaymentWord.Paid(last.tradeNumber(), last.amount()));
            say(prefix + "paid, known, other amount", number, new PaymentWord.Paid(last.tradeNumber(), cents(1)));
            say(prefix + "moved back in full", number, new PaymentWord.MovedBack(last.tradeNumber(), last.amount()));
            Money part = new Money(100, last.amount().currency());
            say(prefix + "moved back in part", number, new PaymentWord.MovedBack(last.tradeNumber(), part));
        }
        say(prefix + "pending notice", number, new PaymentWord.Pending());
        say(prefix + "closed by the gateway", number, new PaymentWord.Closed());
        ask(prefix + "asked: pending", number, new PaymentWord.Pending());
        ask(prefix + "asked: not found", number, new PaymentWord.NotFound());
        ask(prefix + "asked: unknown", number, new PaymentWord.Unknown("silence"));
        Instant late = payment.deadline().isAfter(now) ? payment.deadline() : now;
        columns.put(
                prefix + "asked at the deadline: pending",
                new Event.MoneySaid(late, number, new PaymentWord.Pending(), false));
        columns.put(prefix + "close: closed", new Event.CloseAnswered(now, number, new CloseAnswer.Closed()));
        columns.put(
                prefix + "close: already paid", new Event.CloseAnswered(now, number, new CloseAnswer.AlreadyPaid()));
        columns.put(prefix + "close: unknown", new Event.CloseAnswered(now, number, new CloseAnswer.Unknown("?")));
        columns.put(
                prefix + "open: opened",
                new Event.OpenAnswered(now, number, new OpenAnswer.Opened(PayWith.qrCode("x"))));
        columns.put(prefix + "open: refused", new Event.OpenAnswered(now, number, new OpenAnswer.Refused("no")));
        columns.put(prefix + "open: unknown", new Event.OpenAnswered(now, number, new OpenAnswer.Unknown("?")));
    }

    private static Money cents(long minorUnits) {
        return new Money(minorUnits, Currency.CNY);
    }

    private void say(String column, int payment, PaymentWord word) {
        columns.put(column, new Event.MoneySaid(now, payment, word, true));
    }

    private void ask(String column, int payment, PaymentWord word) {
        columns.put(column, new Event.MoneySaid(now, payment, word, false));
    }

    private void refunds() {
        for (Effect effect : Lifecycle.pending(checkout, dueOr(now))) {
            if (effect instanceof Effect.RefundMoney money && money.send() <= 2) {
                columns.put(
                        "r" + money.refund() + ": refund intended",
                        new Event.RefundIntended(dueOr(now), money, started(money.send(), dueOr(now))));
            }
        }
        for (Refund refund : checkout.refunds()) {
            int number = refund.id().number();
            int send = refund.started() == null ? 1 : refund.started().send();
            String prefix = "r" + number + ": ";
            refund(prefix + "refunded", number, send, new RefundAnswer.Refunded());
            refund(prefix + "refund pending", number, send, new RefundAnswer.Pending());
            refund(prefix + "refund declined", number, send, new RefundAnswer.Declined("no"));
            refund(prefix + "refund unknown", number, send, new RefundAnswer.Unknown("silence"));
            refund(prefix + "asked: refund not found", number, 0, new RefundAnswer.NotFound());
            refund(prefix + "asked: refund unknown", number, 0, new RefundAnswer.Unknown("silence"));
        }
    }

    private void refund(String column, int number, int send, RefundAnswer answer) {
        columns.put(column, new Event.RefundSaid(now, number, send, answer));
    }

    /** The time at which what is planned next is due. */
    private Instant dueOr(Instant earliest) {
        Instant due = Lifecycle.nextDue(checkout);
        return due == null || due.isBefore(earliest) ? earliest : due;
    }

    private static Started started(int send, Instant at) {
        return new Started(send, "w1", at, at.plusSeconds(2), at.plusSeconds(10));
    }

    private void order(Order order) {
        int line = order.line();
        String prefix = checkout.orders().size() == 1 ? "" : "order " + line + ": ";
        stock(prefix, line);
        for (Effect effect : Lifecycle.pending(checkout, dueOr(now))) {
            if (effect instanceof Effect.DispatchGoods goods
                    && goods.line() == line
                    && goods.dispatch() <= 2
                    && goods.send() <= 2) {
                columns.put(
                        prefix + "dispatch intended",
                        new Event.DispatchIntended(
                                dueOr(now),
                                goods,
                                placing.suppliers().get(goods.supplier()),
                                started(goods.send(), dueOr(now))));
            }
        }
        for (Dispatch dispatch : order.dispatches()) {
            boolean last = dispatch.equals(order.lastDispatch());
            supplier(prefix + (last ? "" : "older dispatch: "), line, dispatch);
        }
        buyer(prefix, line);
        desk(prefix, order);
    }

    private void stock(String prefix, int line) {
        columns.put(prefix + "keys set aside", new Event.KeysSetAside(now, line));
        said(prefix + "keys taken", line, new StockAnswer.Taken());
        said(prefix + "out of stock", line, new StockAnswer.OutOfStock());
        said(prefix + "keys returned", line, new StockAnswer.Returned(new ReleaseAnswer.Released()));
        said(prefix + "keys returned, seen", line, new StockAnswer.Returned(new ReleaseAnswer.Voided(1)));
        said(prefix + "keys never reserved", line, new StockAnswer.Returned(new ReleaseAnswer.NeverReserved()));
        said(prefix + "stock not tried", line, new StockAnswer.NotTried("lock"));
        columns.put(prefix + "stock arrived", new Event.StockArrived(now, line));
    }

    private void said(String column, int line, StockAnswer answer) {
        columns.put(column, new Event.StockSaid(now, line, answer));
    }

    private void supplier(String prefix, int line, Dispatch dispatch) {
        int number = dispatch.id().number();
        int send = dispatch.started().send();
        Proof proof = new Proof.Receipt("r");
        answer(prefix + "sent: delivered", line, number, send, new Answer.Delivered(proof, null));
        answer(prefix + "sent: accepted", line, number, send, new Answer.Accepted("s1", null));
        answer(prefix + "sent: declined order", line, number, send, new Answer.Declined(Scope.ORDER, "no"));
        answer(prefix + "sent: declined supplier", line, number, send, new Answer.Declined(Scope.SUPPLIER, "no"));
        answer(prefix + "sent: not sent", line, number, send, new Answer.NotSent("refused"));
        answer(prefix + "sent: unknown", line, number, send, new Answer.Unknown("time-out"));
        answer(prefix + "sent: partial", line, number, send, new Answer.Partial(0, "half"));
        answer(prefix + "told: delivered", line, number, 0, new Answer.Delivered(proof, null));
        columns.put(
                prefix + "told: delivered without proof",
                new Event.SupplierSaid(now, line, number, 0, new Answer.Delivered(new Proof.Receipt(""), null), null));
        answer(prefix + "told: accepted", line, number, 0, new Answer.Accepted("s1", Duration.ofSeconds(30)));
        answer(prefix + "told: declined order", line, number, 0, new Answer.Declined(Scope.ORDER, "no"));
        answer(prefix + "told: declined supplier", line, number, 0, new Answer.Declined(Scope.SUPPLIER, "no"));
        answer(prefix + "asked: unknown", line, number, 0, new Answer.Unknown("silence"));
        answer(prefix + "asked: not found", line, number, 0, new Answer.NotFound());
        Instant settled = later(dispatch.started().quietAt(), now.plus(Duration.ofSeconds(6)));
        columns.put(
                prefix + "asked, settled: not found",
                new Event.SupplierSaid(settled, line, number, 0, new Answer.NotFound(), null));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void answer(String column, int line, int number, int send, Answer answer) {
        columns.put(
                column,
                new Event.SupplierSaid(
                        now,
                        line,
                        number,
                        send,
                        answer,
                        answer instanceof Answer.Delivered ? Placings.commitment('b') : null));
    }

    private void buyer(String prefix, int line) {
        columns.put(prefix + "keys shown", new Event.KeysShown(now, line));
        columns.put(prefix + "confirmed", new Event.Confirmed(now, line));
        columns.put(prefix + "complained", new Event.Complained(now, line));
        columns.put(
                prefix + "complained, late",
                new Event.Complained(now.plus(placing.terms().sla().late()), line));
        columns.put(prefix + "disputed", new Event.Disputed(now, line, Placings.commitment('c')));
    }

    private void desk(String prefix, Order order) {
        for (DeskAct act : DeskAct.values()) {
            if (act != DeskAct.CLOSE_CASE) {
                columns.put(prefix + "desk " + name(act), acted("a-" + act, act, order, order.changes(), null));
            }
        }
        columns.put(
                prefix + "desk mark-delivered, evidence",
                acted("a-e", DeskAct.MARK_DELIVERED, order, order.changes(), "e"));
        columns.put(
                prefix + "desk refund, old version", acted("a-o", DeskAct.REFUND, order, order.changes() - 1, null));
    }

    private static String name(DeskAct act) {
        return act.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private Event acted(String id, DeskAct act, Order order, int version, @Nullable String evidence) {
        String unique = id + "-" + order.changes();
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
        if (!checkout.messages().isEmpty()) {
            int last = checkout.messages().size();
            columns.put("message told", new Event.MessageTold(now, last, true));
            columns.put("message not told", new Event.MessageTold(now, last, false));
        }
        if (!checkout.cases().isEmpty()) {
            int last = checkout.cases().size();
            columns.put("case alerted", new Event.CaseAlerted(now, last));
            columns.put(
                    "desk close-case",
                    new Event.Acted(
                            now,
                            "cc" + last,
                            "digest",
                            DeskAct.CLOSE_CASE,
                            0,
                            last,
                            0,
                            "op",
                            Placings.commitment('d'),
                            null));
        }
        if (!checkout.acts().isEmpty()) {
            String known = checkout.acts().keySet().iterator().next();
            Order first = checkout.order(1);
            columns.put(
                    "desk act repeated",
                    new Event.Acted(
                            now,
                            known,
                            "digest",
                            DeskAct.REFUND,
                            1,
                            0,
                            first.changes() - 1,
                            "op",
                            Placings.commitment('d'),
                            null));
            columns.put(
                    "desk act id with other content",
                    new Event.Acted(
                            now,
                            known,
                            "other",
                            DeskAct.REFUND,
                            1,
                            0,
                            first.changes(),
                            "op",
                            Placings.commitment('d'),
                            null));
        }
    }
}
