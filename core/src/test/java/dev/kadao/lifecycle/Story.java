package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.PayWith;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One checkout told event by event, with a clock of its own, for examples that show one idea each. */
final class Story {
    private final Placings placing;
    private Checkout checkout;
    private Instant now = Placings.START;

    private Story(Placings placing) {
        this.placing = placing;
        this.checkout = placing.placed();
    }

    static Story of(Placings placing) {
        return new Story(placing);
    }

    static Story paid(Placings placing) {
        return of(placing).pay("t1", placing.placed().total());
    }

    Verdict decide(Event event) {
        Verdict verdict = Lifecycle.decide(checkout, event);
        if (verdict instanceof Verdict.Moved moved) {
            checkout = moved.after();
        }
        return verdict;
    }

    Story wait(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /** Lets the time come that is stored as due. */
    Story due() {
        Instant due = Lifecycle.nextDue(checkout);
        now = due == null || due.isBefore(now) ? now : due;
        decide(new Event.TimeCame(now));
        return this;
    }

    Story closeUnpaid() {
        wait(Duration.ofHours(1)).decide(new Event.TimeCame(now));
        return this;
    }

    Story pay(String trade, Money amount) {
        return pay(1, trade, amount);
    }

    Story pay(int payment, String trade, Money amount) {
        decide(new Event.MoneySaid(now, payment, new PaymentWord.Paid(trade, amount), true));
        return this;
    }

    Story wantPayment() {
        decide(new Event.PaymentWanted(now, "g", placing.gateway(), PayWith.qrCode("x")));
        return this;
    }

    Story movedBack(String trade, Money amount) {
        decide(new Event.MoneySaid(now, 1, new PaymentWord.MovedBack(trade, amount), true));
        return this;
    }

    Story closeSaid(CloseAnswer answer) {
        decide(new Event.CloseAnswered(now, 1, answer));
        return this;
    }

    Story stock(int line, StockAnswer answer) {
        decide(new Event.StockSaid(now, line, answer));
        return this;
    }

    Story taken() {
        return stock(1, new StockAnswer.Taken());
    }

    Story returned(int line) {
        return stock(line, new StockAnswer.Returned(new ReleaseAnswer.Released()));
    }

    /** Starts the dispatch that is due, waiting for it if it is due later. */
    Story send() {
        Effect.DispatchGoods goods = (Effect.DispatchGoods) pendingAtDue().stream()
                .filter(Effect.DispatchGoods.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no dispatch is due: " + Due.waits(checkout, now)));
        decide(new Event.DispatchIntended(
                now, goods, placing.suppliers().get(goods.supplier()), Samples.started(goods.send(), now)));
        return this;
    }

    private List<Effect> pendingAtDue() {
        Instant due = Lifecycle.nextDue(checkout);
        now = due == null || due.isBefore(now) ? now : due;
        return pending();
    }

    /** The caller of the last dispatch reports. */
    Story sent(Answer answer) {
        return said(last().id().number(), last().started().send(), answer);
    }

    /** A notice or an answer to a question. */
    Story told(int dispatch, Answer answer) {
        return said(dispatch, 0, answer);
    }

    private Story said(int dispatch, int send, Answer answer) {
        boolean delivered = answer instanceof Answer.Delivered;
        decide(new Event.SupplierSaid(now, 1, dispatch, send, answer, delivered ? Placings.commitment('b') : null));
        return this;
    }

    Story sendRefund(int refund) {
        Effect.RefundMoney money = new Effect.RefundMoney(refund, 1);
        decide(new Event.RefundIntended(now, money, Samples.started(1, now)));
        return this;
    }

    Story refundSaid(int refund, RefundAnswer answer) {
        decide(new Event.RefundSaid(now, refund, 1, answer));
        return this;
    }

    Verdict act(Event.DeskAct act, int line) {
        return act(act, line, null);
    }

    Verdict act(Event.DeskAct act, int line, @Nullable Commitment evidence) {
        int version = order(line).changes();
        return decide(new Event.Acted(
                now,
                act + "-" + line + "-" + version,
                "digest",
                act,
                line,
                0,
                version,
                "op",
                Placings.commitment('d'),
                evidence));
    }

    Story acted(Event.DeskAct act) {
        act(act, 1);
        return this;
    }

    static Answer delivered() {
        return new Answer.Delivered(new Proof.Receipt("r"), null);
    }

    Instant now() {
        return now;
    }

    Checkout checkout() {
        return checkout;
    }

    Order order(int line) {
        return checkout.order(line);
    }

    Stage stage() {
        return order(1).stage();
    }

    Dispatch last() {
        Dispatch last = order(1).lastDispatch();
        if (last == null) {
            throw new AssertionError("nothing was sent yet");
        }
        return last;
    }

    List<Effect> pending() {
        return Lifecycle.pending(checkout, now);
    }

    List<Case.Kind> openCases() {
        return checkout.cases().stream().filter(Case::isOpen).map(Case::kind).collect(Collectors.toList());
    }
}
