package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Instant;
import java.util.Map;

/** What gateways can say about the payments and refunds of a state. */
final class MoneySamples {
    private static final int MOST_RECEIPTS = 2;

    private final Placings placing;
    private final Checkout checkout;
    private final Instant now;
    private final Map<String, Event> columns;

    MoneySamples(Placings placing, Checkout checkout, Instant now, Map<String, Event> columns) {
        this.placing = placing;
        this.checkout = checkout;
        this.now = now;
        this.columns = columns;
    }

    /** The first payment in full, short, and moved back: enough to see what money does to goods. */
    void fewPayments() {
        int receipts = receipts();
        Payment first = checkout.payment(1);
        if (receipts == 0) {
            long owed = first.amount().minorUnits();
            say("paid in full", 1, new PaymentWord.Paid("t1", first.amount()));
            say("paid short", 1, new PaymentWord.Paid("t1", cents(owed - 101)));
        } else if (!first.receipts().isEmpty()) {
            Receipt receipt = first.receipts().get(0);
            String trade = receipt.tradeNumber();
            say("paid in full, known", 1, new PaymentWord.Paid(trade, receipt.amount()));
            if (receipts == 1) {
                say("moved back in full", 1, new PaymentWord.MovedBack(trade, receipt.amount()));
            }
        }
        columns.put("close: closed", new Event.CloseAnswered(now, 1, new CloseAnswer.Closed()));
    }

    /** As for one order, and the full amount after a wrong one. */
    void cartPayments() {
        fewPayments();
        Payment first = checkout.payment(1);
        if (receipts() == 1) {
            say("paid in full again", 1, new PaymentWord.Paid("t2", first.amount()));
            say("moved back in part", 1, new PaymentWord.MovedBack("t1", cents(100)));
        }
    }

    /** Everything for the first receipt of the first payment; with two of either, what tells them apart. */
    void payments() {
        boolean one = checkout.payments().size() == 1 && receipts() <= 1;
        if (one) {
            allPayments();
            return;
        }
        for (Payment payment : checkout.payments()) {
            int number = payment.id().number();
            received(payment);
            columns.put(
                    prefix(payment) + "close: closed", new Event.CloseAnswered(now, number, new CloseAnswer.Closed()));
        }
        columns.keySet().removeIf(column -> column.contains("moved back"));
    }

    void allPayments() {
        if (checkout.payments().size() < 2) {
            columns.put("further payment", new Event.PaymentWanted(now, "g", placing.gateway(), PayWith.qrCode("x")));
        }
        for (Payment payment : checkout.payments()) {
            received(payment);
            comparedAnew(payment);
            watched(payment);
        }
    }

    private int receipts() {
        return checkout.payments().stream()
                .mapToInt(payment -> payment.receipts().size())
                .sum();
    }

    private static String prefix(Payment payment) {
        return payment.id().number() == 1 ? "" : "payment 2: ";
    }

    private void received(Payment payment) {
        int number = payment.id().number();
        String prefix = prefix(payment);
        Money owed = payment.amount();
        int known = payment.receipts().size();
        if (receipts() < MOST_RECEIPTS) {
            String trade = "t" + number + "-" + (known + 1);
            String again = known == 0 ? "" : ", another trade number";
            say(prefix + "paid in full" + again, number, new PaymentWord.Paid(trade, owed));
            say(prefix + "paid short" + again, number, new PaymentWord.Paid(trade, cents(owed.minorUnits() - 101)));
            if (number == 1 && known == 0) {
                say(prefix + "paid over", number, new PaymentWord.Paid(trade, cents(owed.minorUnits() + 101)));
                Money dollars = new Money(owed.minorUnits(), Currency.USD);
                say(prefix + "paid in other currency", number, new PaymentWord.Paid(trade, dollars));
                say(prefix + "moved back, unseen before", number, new PaymentWord.MovedBack(trade, owed));
            }
        }
        if (known > 0) {
            Receipt last = payment.receipts().get(known - 1);
            String trade = last.tradeNumber();
            say(prefix + "paid, known", number, new PaymentWord.Paid(trade, last.amount()));
            say(prefix + "paid, known, other amount", number, new PaymentWord.Paid(trade, cents(1)));
            say(prefix + "moved back in full", number, new PaymentWord.MovedBack(trade, last.amount()));
            Money part = new Money(100, last.amount().currency());
            say(prefix + "moved back in part", number, new PaymentWord.MovedBack(trade, part));
        }
    }

    /** What a notice that is read again and a gateway's statement say of what is known. */
    private void comparedAnew(Payment payment) {
        int known = payment.receipts().size();
        if (known == 0) {
            return;
        }
        Receipt last = payment.receipts().get(known - 1);
        int number = payment.id().number();
        PaymentWord was = new PaymentWord.Paid(last.tradeNumber(), last.amount());
        PaymentWord word = new PaymentWord.Paid(last.tradeNumber(), payment.amount());
        if (!was.equals(word)) {
            columns.put(
                    prefix(payment) + "read anew: paid in full",
                    new Event.NoticeReadAnew(now, number, was, word, "op", Placings.commitment('f')));
        }
        columns.put(
                prefix(payment) + "statement differs",
                new Event.StatementDiffered(now, number, null, last.tradeNumber(), "the statement says otherwise"));
    }

    private void watched(Payment payment) {
        int number = payment.id().number();
        String prefix = prefix(payment);
        say(prefix + "pending notice", number, new PaymentWord.Pending());
        say(prefix + "closed by the gateway", number, new PaymentWord.Closed());
        ask(prefix + "asked: pending", now, number, new PaymentWord.Pending());
        ask(prefix + "asked: not found", now, number, new PaymentWord.NotFound());
        ask(prefix + "asked: unknown", now, number, new PaymentWord.Unknown("silence"));
        Instant late = payment.deadline().isAfter(now) ? payment.deadline() : now;
        if (payment.state() == Payment.State.OPEN || payment.state() == Payment.State.REQUESTED) {
            ask(prefix + "asked at the deadline: pending", late, number, new PaymentWord.Pending());
        }
        if (placing.gateway().canClose()) {
            columns.put(prefix + "close: closed", new Event.CloseAnswered(now, number, new CloseAnswer.Closed()));
            columns.put(
                    prefix + "close: already paid",
                    new Event.CloseAnswered(now, number, new CloseAnswer.AlreadyPaid()));
            columns.put(
                    prefix + "close: unknown",
                    new Event.CloseAnswered(now, number, new CloseAnswer.Unknown("silence")));
        }
        if (number == 1 && !placing.opensLocally()) {
            opened(prefix, number);
        }
    }

    private void opened(String prefix, int number) {
        OpenAnswer opened = new OpenAnswer.Opened(PayWith.qrCode("x"));
        columns.put(prefix + "open: opened", new Event.OpenAnswered(now, number, opened));
        columns.put(prefix + "open: refused", new Event.OpenAnswered(now, number, new OpenAnswer.Refused("no")));
        columns.put(prefix + "open: unknown", new Event.OpenAnswered(now, number, new OpenAnswer.Unknown("silence")));
    }

    private static Money cents(long minorUnits) {
        return new Money(minorUnits, Currency.CNY);
    }

    private void say(String column, int payment, PaymentWord word) {
        columns.put(column, new Event.MoneySaid(now, payment, word, true));
    }

    private void ask(String column, Instant at, int payment, PaymentWord word) {
        columns.put(column, new Event.MoneySaid(at, payment, word, false));
    }

    /** Answers of a gateway exist only for refunds that were sent. */
    void refunds(boolean all) {
        Instant at = Samples.dueOr(checkout, now);
        for (Effect effect : Lifecycle.pending(checkout, at)) {
            if (effect instanceof Effect.RefundMoney money && money.send() <= 2) {
                columns.put(
                        "refund " + money.refund() + ": intended",
                        new Event.RefundIntended(at, money, Samples.started(money.send(), at)));
            }
        }
        for (Refund refund : checkout.refunds()) {
            if (refund.started() != null) {
                answers(refund, refund.started().send(), all);
            } else if (all && checkout.refunds().size() == 1 && receipts() == 1) {
                // What no answer can say, a statement can: that it was done though nothing was sent.
                refund(
                        "refund " + refund.id().number() + ": done there, unsent here",
                        refund.id().number(),
                        0,
                        new RefundAnswer.Refunded());
            }
        }
    }

    private void answers(Refund refund, int send, boolean all) {
        int number = refund.id().number();
        String prefix = "refund " + number + ": ";
        boolean alone = checkout.refunds().size() == 1 && receipts() == 1;
        if (all ? alone || refund.isOpen() : refund.isOpen()) {
            refund(prefix + "done", number, send, new RefundAnswer.Refunded());
        }
        if (alone && (all || refund.isOpen())) {
            refund(prefix + "declined", number, send, new RefundAnswer.Declined("no"));
        }
        if (all && alone) {
            refund(prefix + "unknown", number, send, new RefundAnswer.Unknown("silence"));
            refund(prefix + "pending", number, send, new RefundAnswer.Pending());
            refund(prefix + "asked: not found", number, 0, new RefundAnswer.NotFound());
            refund(prefix + "asked: unknown", number, 0, new RefundAnswer.Unknown("silence"));
        }
    }

    private void refund(String column, int number, int send, RefundAnswer answer) {
        columns.put(column, new Event.RefundSaid(now, number, send, answer));
    }
}
