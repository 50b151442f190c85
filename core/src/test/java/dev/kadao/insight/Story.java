package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Currency;
import dev.kadao.order.Entry;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Route;
import dev.kadao.order.Started;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A history told event by event, with the real decisions in between. */
public final class Story {
    public static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    public static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final SupplierTerms SUPPLIER = new SupplierTerms(
            new Guarantee.Queryable(new Guarantee.Asking(
                    Duration.ofSeconds(5),
                    false,
                    List.of(Duration.ofSeconds(2)),
                    Duration.ofMinutes(30),
                    Duration.ofDays(3))),
            Duration.ofSeconds(3),
            Duration.ofHours(2));

    /** What one event decided. */
    public record Decided(Instant at, String event, List<Entry> entries) {}

    private final List<Decided> rows = new ArrayList<>();
    private Instant now = START;
    private Checkout checkout;

    private Story(CheckoutId id, Terms.@Nullable Remedies remedies, Route... routes) {
        List<Entry.PlacedOrder> orders = new ArrayList<>();
        for (Route route : routes) {
            orders.add(new Entry.PlacedOrder(orders.size() + 1, "steam-50", 1, PRICE, text('a'), route));
        }
        Money total = new Money(PRICE.minorUnits() * routes.length, PRICE.currency());
        Event.Placed placed = new Event.Placed(
                now, id, terms(remedies), total, null, "0".repeat(64), false, orders, wanted(), null, null);
        Verdict.Moved moved = Lifecycle.place(placed);
        checkout = moved.after();
        rows.add(new Decided(checkout.at(), placed.identity(), moved.entries()));
    }

    public static Story of(Route... routes) {
        return named("cart42", routes);
    }

    public static Story named(String id, Route... routes) {
        return new Story(new CheckoutId(id), null, routes);
    }

    /** In a shop that compensates what comes too late. */
    public static Story compensated(CompensationTerms rule, Route... routes) {
        return new Story(new CheckoutId("cart42"), new Terms.Remedies(false, List.of(rule)), routes);
    }

    public static Terms terms() {
        return terms(null);
    }

    private static Terms terms(Terms.@Nullable Remedies remedies) {
        return new Terms(
                Duration.ofMinutes(15),
                List.of(Duration.ofSeconds(30)),
                Duration.ofMinutes(10),
                Terms.LatePayment.DELIVER,
                Duration.ofHours(1),
                Terms.WaitOver.REFUND,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofDays(3),
                new Terms.Sla(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1)),
                true,
                null,
                null,
                remedies);
    }

    private Event.PaymentWanted wanted() {
        GatewayTerms gateway = new GatewayTerms(true, true, true, true);
        return new Event.PaymentWanted(now, "alipay", gateway, PayWith.redirect("/pay"));
    }

    private static Commitment text(char digit) {
        return new Commitment(String.valueOf(digit).repeat(64));
    }

    public Checkout checkout() {
        return checkout;
    }

    public Instant now() {
        return now;
    }

    public List<Decided> rows() {
        return List.copyOf(rows);
    }

    public List<Timeline.Fact> facts() {
        return rows.stream()
                .flatMap(row -> row.entries().stream().map(entry -> new Timeline.Fact(row.at(), entry)))
                .toList();
    }

    public Story later(Duration wait) {
        now = now.plus(wait);
        return this;
    }

    /** Lets the event happen; it must move something. */
    public Story on(Event event) {
        Verdict verdict = Lifecycle.decide(checkout, event);
        assertThat(verdict).as("%s", event).isInstanceOf(Verdict.Moved.class);
        Verdict.Moved moved = (Verdict.Moved) verdict;
        checkout = moved.after();
        if (!moved.entries().isEmpty()) {
            rows.add(new Decided(checkout.at(), event.identity(), moved.entries()));
        }
        return this;
    }

    public Story paid(String trade, Money amount) {
        return on(new Event.MoneySaid(now, 1, new PaymentWord.Paid(trade, amount), true));
    }

    public Story paid() {
        return paid("t1", checkout.total());
    }

    public Story movedBack(String trade, Money amount) {
        return on(new Event.MoneySaid(now, 1, new PaymentWord.MovedBack(trade, amount), true));
    }

    public Story timeCame() {
        return on(new Event.TimeCame(now));
    }

    public Story stock(int line, StockAnswer answer) {
        return on(new Event.StockSaid(now, line, answer));
    }

    public Story taken() {
        return stock(1, new StockAnswer.Taken());
    }

    public Story outOfStock() {
        return stock(1, new StockAnswer.OutOfStock());
    }

    public Story returned() {
        return stock(1, new StockAnswer.Returned(new ReleaseAnswer.Voided(0)));
    }

    public Story seen() {
        return on(new Event.KeysShown(now, 1, null));
    }

    /** Takes the next right to send, waiting for it; what the promise does meanwhile is done. */
    public Story sent() {
        for (int rungs = 0; rungs < 3 && due() == null; rungs++) {
            on(new Event.TimeCame(now));
        }
        Effect.DispatchGoods goods = Objects.requireNonNull(due());
        return on(new Event.DispatchIntended(now, goods, SUPPLIER, started(goods.send())));
    }

    private Effect.@Nullable DispatchGoods due() {
        for (Effect effect : Lifecycle.pending(checkout, now)) {
            if (effect instanceof Effect.SendMessage message) {
                on(new Event.MessageTold(now, message.message(), Event.MessageTold.Telling.TOLD));
            }
        }
        Instant due = Lifecycle.nextDue(checkout);
        now = due != null && due.isAfter(now) ? due : now;
        return Lifecycle.pending(checkout, now).stream()
                .filter(Effect.DispatchGoods.class::isInstance)
                .map(Effect.DispatchGoods.class::cast)
                .findFirst()
                .orElse(null);
    }

    private Started started(int send) {
        return new Started(send, "w", now, now.plusSeconds(2), now.plusSeconds(10));
    }

    public Story supplier(Answer answer) {
        int number = checkout.order(1).dispatches().size();
        int send = checkout.order(1).dispatches().get(number - 1).started().send();
        Commitment receipt = answer instanceof Answer.Delivered ? text('b') : null;
        return on(new Event.SupplierSaid(now, 1, number, send, answer, receipt));
    }

    public static Answer delivered() {
        return new Answer.Delivered(new Proof.Receipt("r"), null);
    }

    public Story refundSent() {
        Effect.RefundMoney money = Lifecycle.pending(checkout, now).stream()
                .filter(Effect.RefundMoney.class::isInstance)
                .map(Effect.RefundMoney.class::cast)
                .findFirst()
                .orElseThrow();
        return on(new Event.RefundIntended(now, money, started(money.send())));
    }

    /** A refund that is due is sent. */
    public Story refundSent(int number) {
        Effect.RefundMoney money = new Effect.RefundMoney(number, 1);
        return on(new Event.RefundIntended(now, money, started(money.send())));
    }

    /** The gateway says, when asked, what became of a refund. */
    public Story refundAsked(int number, RefundAnswer answer) {
        return on(new Event.RefundSaid(now, number, 0, answer));
    }

    public Story refund(RefundAnswer answer) {
        int number = checkout.refunds().size();
        return on(new Event.RefundSaid(
                now, number, checkout.refund(number).started().send(), answer));
    }

    public Story act(Event.DeskAct act) {
        return act(act, null);
    }

    public Story act(Event.DeskAct act, @Nullable Commitment evidence) {
        int version = checkout.order(1).changes();
        return on(new Event.Acted(now, "act-" + rows.size(), "digest", act, 1, 0, version, "op", text('d'), evidence));
    }

    public Story marked() {
        return act(Event.DeskAct.MARK_DELIVERED, text('e'));
    }

    public Story disputed() {
        return on(new Event.Disputed(now, 1, text('c')));
    }
}
