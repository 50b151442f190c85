package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.Started;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One top-up played as the engine would, with a clock of its own; a watcher sees each send and each word. */
final class TopUp {
    /** How long after its intent a send may still go out. */
    static final Duration WINDOW = Duration.ofSeconds(10);
    /** From its intent on, until no send can be under way: the window, the limit of a call, and a margin. */
    static final Duration QUIET = Duration.ofSeconds(18);

    private final Placings placing;
    private final HandOvers watcher;
    private List<Entry> entries = new ArrayList<>();
    private Checkout checkout;
    private Instant now;

    private TopUp(Placings placing, HandOvers watcher, Checkout checkout, Instant now) {
        this.placing = placing;
        this.watcher = watcher;
        this.checkout = checkout;
        this.now = now;
    }

    /** Paid in full, and the first dispatch is started. */
    static TopUp sent(Placings placing) {
        TopUp play = new TopUp(placing, new HandOvers(), placing.placed(), Placings.START);
        play.decide(new Event.MoneySaid(play.now, 1, new PaymentWord.Paid("t1", Placings.PRICE), true));
        play.send();
        return play;
    }

    TopUp copy() {
        TopUp copy = new TopUp(placing, watcher.copy(), checkout, now);
        copy.entries.addAll(entries);
        return copy;
    }

    private void decide(Event event) {
        if (Lifecycle.decide(checkout, event) instanceof Verdict.Moved moved) {
            checkout = moved.after();
            entries.addAll(moved.entries());
            watcher.decided(moved.entries(), now);
        }
    }

    TopUp wait(Duration span) {
        now = now.plus(span);
        return this;
    }

    TopUp until(Instant moment) {
        now = moment.isAfter(now) ? moment : now;
        return this;
    }

    TopUp timeComes() {
        decide(new Event.TimeCame(now));
        return this;
    }

    /** Goes to the next time at which the order or its money wants something; answers whether there is one. */
    boolean due() {
        Instant due = Due.waits(checkout, now).stream()
                .filter(wait -> wait.effect() == null || isOfGoodsOrMoneyBack(wait.effect()))
                .map(Due.Wait::at)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
        if (due == null || due.equals(Instant.MAX)) {
            return false;
        }
        until(due).timeComes();
        return true;
    }

    /** What is to be done now about the order itself or its money. */
    List<Effect> pending() {
        return Lifecycle.pending(checkout, now).stream()
                .filter(TopUp::isOfGoodsOrMoneyBack)
                .toList();
    }

    private static boolean isOfGoodsOrMoneyBack(Effect effect) {
        return effect.part().startsWith("o") || effect.part().startsWith("r");
    }

    /** Starts the dispatch that is due now, if one is. */
    boolean send() {
        for (Effect effect : pending()) {
            if (effect instanceof Effect.DispatchGoods goods) {
                intend(goods);
                return true;
            }
        }
        return false;
    }

    void intend(Effect.DispatchGoods goods) {
        Started started = new Started(goods.send(), "w1", now, now.plus(WINDOW), now.plus(QUIET));
        decide(new Event.DispatchIntended(now, goods, placing.suppliers().get(goods.supplier()), started));
    }

    void intend(Effect.RefundMoney money) {
        Started started = new Started(money.send(), "w1", now, now.plus(WINDOW), now.plus(QUIET));
        decide(new Event.RefundIntended(now, money, started));
    }

    /** The caller of a dispatch's last send reports. */
    TopUp reported(int dispatch, Answer answer) {
        Dispatch known = order().dispatch(dispatch);
        return known == null ? this : said(dispatch, known.started().send(), answer);
    }

    /** A notice, or an answer to a question. */
    TopUp told(int dispatch, Answer answer) {
        return said(dispatch, 0, answer);
    }

    private TopUp said(int dispatch, int send, Answer answer) {
        // The watcher hears it first: what is decided upon it must be right in its eyes.
        watcher.said(dispatch, send, answer, now);
        boolean proven = answer instanceof Answer.Delivered delivered
                && delivered.proof() instanceof Proof.Receipt receipt
                && !receipt.text().isBlank();
        decide(new Event.SupplierSaid(now, 1, dispatch, send, answer, proven ? Placings.commitment('b') : null));
        return this;
    }

    TopUp complain() {
        decide(new Event.Complained(now, 1));
        return this;
    }

    TopUp putOff(Instant until) {
        decide(new Event.PutOff(now, 1, 1, until));
        return this;
    }

    TopUp moneyMovedBack() {
        decide(new Event.MoneySaid(now, 1, new PaymentWord.MovedBack("t1", Placings.PRICE), true));
        return this;
    }

    /** Forgets the entries so far, so that {@link #entries} gives those of what follows. */
    TopUp mark() {
        entries = new ArrayList<>();
        return this;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<String> faults() {
        return watcher.faults();
    }

    Placings placing() {
        return placing;
    }

    Checkout checkout() {
        return checkout;
    }

    Order order() {
        return checkout.order(1);
    }

    Instant now() {
        return now;
    }

    @Nullable
    Dispatch last() {
        return order().lastDispatch();
    }

    /** From when on "not found" about the last dispatch can be relied on, whenever its send really went out. */
    Instant settled() {
        Dispatch last = last();
        return last == null ? now : last.started().sendBefore().plus(Placings.FINAL.settle());
    }
}
