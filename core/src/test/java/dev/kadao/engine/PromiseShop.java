package dev.kadao.engine;

import dev.kadao.ScriptedGateway;
import dev.kadao.desk.ManualDelivery;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.RecentTimes.Quantiles;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Compensator;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import dev.kadao.port.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A shop with one order, run by the real engine on a manual clock, in which anything can be made to go wrong. */
final class PromiseShop {
    static final CheckoutId CART = new CheckoutId("cart1");
    static final OrderId ORDER = new OrderId(CART, 1);
    static final Guarantee QUERYABLE = new Guarantee.Queryable(ScriptedSupplier.ASKING);
    private static final RecentTimes KNOWN =
            (sku, supplier) -> Optional.of(new Quantiles(Duration.ofSeconds(3), Duration.ofMillis(20_400), 200));

    final ManualClockwork clockwork = new ManualClockwork(1);
    final InMemoryKeyInventory stock =
            new InMemoryKeyInventory(() -> clockwork.wall().instant());
    final Gateway gateway = new Gateway();
    final Dealer a = new Dealer();
    final Dealer b = new Dealer();
    boolean knowsRecentTimes;
    boolean stockIsElsewhere;
    Terms.WaitOver waitOver = Terms.WaitOver.REFUND;
    Duration stockWait = Duration.ofHours(1);

    @Nullable
    Duration end;

    @Nullable
    CompensationTerms rule;

    Compensator.Answer onGrant = new Compensator.Answer.Granted();
    private @Nullable TroubledStore store;
    private @Nullable Engine engine;
    private int acts;

    /** A gateway that closes and refunds at once, unless it is told what to answer. */
    static final class Gateway extends ScriptedGateway {
        @Nullable
        CloseAnswer onClose;

        @Nullable
        RefundAnswer onRefund;

        @Override
        public CloseAnswer close(PaymentId payment) {
            return onClose == null ? super.close(payment) : onClose;
        }

        @Override
        public RefundAnswer refund(RefundRequest request, Deadline deadline) {
            return onRefund == null ? super.refund(request, deadline) : onRefund;
        }

        @Override
        public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
            return onRefund == null ? super.queryRefund(refund, payment) : onRefund;
        }
    }

    /** A supplier that says the same thing until it is told to say another. */
    static final class Dealer implements QueryableDispatcher, NotifyingDispatcher {
        Guarantee guarantee = QUERYABLE;
        Answer onSend = ScriptedSupplier.DELIVERED;
        Answer onAsk = ScriptedSupplier.DELIVERED;
        Runnable whileSending = () -> {};

        void says(Answer answer) {
            onSend = answer;
            onAsk = answer;
        }

        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(guarantee, Duration.ofSeconds(3), Duration.ofHours(2));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            whileSending.run();
            return onSend;
        }

        @Override
        public Answer query(DispatchId reference) {
            return onAsk;
        }

        @Override
        public SupplierReading read(InboundNotice notice) {
            return new SupplierReading.Genuine(
                    notice.body().asUtf8(), onAsk, NoticeReply.text(200, "ok"), NoticeReply.text(500, "no"));
        }
    }

    private Terms terms() {
        Terms plain = Rig.TERMS;
        return new Terms(
                plain.paymentDeadline(),
                plain.paymentQueries(),
                plain.closeGrace(),
                plain.latePayment(),
                stockWait,
                waitOver,
                plain.retryFirst(),
                plain.retryMax(),
                plain.disputeWindow(),
                plain.sla(),
                true,
                end == null ? null : new Terms.Overdue(end),
                new Terms.Handling(Duration.ofHours(4), Duration.ofHours(2), Duration.ofHours(24), false),
                rule == null ? null : new Terms.Remedies(false, List.of(rule)));
    }

    private Engine engine() {
        if (engine == null) {
            CheckoutStore plain = stockIsElsewhere
                    ? InMemoryCheckoutStore.withClock(() -> clockwork.wall().instant())
                    : InMemoryCheckoutStore.sharing(stock);
            store = new TroubledStore(plain);
            engine = new Engine(
                    new EngineParts(
                            store,
                            stockIsElsewhere ? thatHandsNothingOver(stock) : stock,
                            (order, kind, recipient, reference) -> {},
                            Map.of("sandbox", gateway),
                            Map.of("a", a, "b", b, "staff", ManualDelivery.within(Duration.ofHours(4))),
                            terms(),
                            EngineSettings.defaults(),
                            SweepSettings.defaults(),
                            null,
                            null,
                            grant -> onGrant,
                            null,
                            null),
                    clockwork);
            engine.start();
        }
        return engine;
    }

    private static KeyInventory thatHandsNothingOver(KeyInventory stock) {
        return (KeyInventory) Proxy.newProxyInstance(
                KeyInventory.class.getClassLoader(),
                new Class<?>[] {KeyInventory.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("handOver")) {
                        throw new IllegalStateException("the stock is down");
                    }
                    try {
                        return method.invoke(stock, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    PromiseShop stocked() {
        List<Secret> keys =
                IntStream.range(0, 5).mapToObj(i -> Secret.of("key-" + i)).toList();
        stock.importKeys("sku", keys);
        return this;
    }

    PromiseShop placed(Route route) {
        Placement.Line line = new Placement.Line("sku", 1, "13800000000", Rig.PRICE, route);
        engine().place(new Placement(CART, "sandbox", List.of(line), null, null));
        return settled();
    }

    PromiseShop paid(Route route) {
        placed(route);
        return paid(Rig.PRICE);
    }

    PromiseShop paid(Money amount) {
        engine().receive("sandbox", ScriptedGateway.paid("cart1_p1", "t1", amount));
        return settled();
    }

    PromiseShop moneyMovedBack() {
        engine().receive("sandbox", ScriptedGateway.movedBack("cart1_p1", "t1", Rig.PRICE));
        return settled();
    }

    PromiseShop told(String reference) {
        Bytes body = Bytes.utf8(reference);
        engine().receiveFromSupplier(
                        "a",
                        new InboundNotice(
                                "POST", "", Map.of(), body, clockwork.wall().instant()));
        return settled();
    }

    /** The stock cannot be asked from now on. */
    PromiseShop stockDown() {
        engine();
        if (store != null) {
            store.trouble(TroubledStore.Trouble.STOCK_BUSY, 1_000_000, Step.WithStock.class::isInstance);
        }
        return this;
    }

    PromiseShop later(Duration span) {
        clockwork.advance(span);
        return this;
    }

    PromiseShop seconds(int seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    PromiseShop minutes(int minutes) {
        return later(Duration.ofMinutes(minutes));
    }

    PromiseShop act(String act) {
        int version = order().changes();
        String evidence = act.equals("MARK_DELIVERED") ? "sent by hand" : null;
        engine().act(CART, new PersonAct("act-" + ++acts, act, 1, 0, version, "ann", "as asked", evidence));
        return settled();
    }

    PromiseShop buyer(Runnable does) {
        does.run();
        return settled();
    }

    PromiseShop seen() {
        return buyer(() -> engine().reveal(ORDER, null));
    }

    PromiseShop confirmed() {
        return buyer(() -> engine().confirm(ORDER));
    }

    PromiseShop complained() {
        return buyer(() -> engine().complain(ORDER));
    }

    PromiseShop disputed() {
        return buyer(() -> engine().dispute(ORDER, "the key is used"));
    }

    private PromiseShop settled() {
        clockwork.settle();
        return this;
    }

    Instant now() {
        return clockwork.wall().instant();
    }

    Checkout checkout() {
        return engine().reads().checkout(CART).orElseThrow().checkout();
    }

    Order order() {
        return checkout().order(1);
    }

    Diagnosis diagnosis() {
        return Diagnosis.of(checkout(), 1, now(), knowsRecentTimes ? KNOWN : RecentTimes.NONE);
    }
}
