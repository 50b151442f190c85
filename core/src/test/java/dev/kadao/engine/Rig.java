package dev.kadao.engine;

import dev.kadao.ScriptedGateway;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Bytes;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Escrow;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.NoticeReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine on one thread, with a store in memory that can be made to go wrong. */
final class Rig {
    static final Money PRICE = Money.parse("49.00", Currency.CNY);
    static final Terms TERMS = terms(Terms.LatePayment.DELIVER);

    final InMemoryKeyInventory inventory;
    final TroubledStore store;
    final ScriptedGateway gateway;
    final Dispatcher supplier;
    private final Map<String, Dispatcher> suppliers;
    ManualClockwork clockwork;
    Engine engine;
    /** How the next process alerts the shop's people; null for cases in the log alone. */
    EngineParts.Alerting alerting;

    private final long seed;
    private final Terms terms;
    private final SweepSettings sweep;
    private final KeyInventory stock;
    private final @Nullable Compensator compensator;
    private @Nullable Escrow escrow;

    Rig(long seed, ScriptedGateway gateway, Dispatcher supplier) {
        this(seed, gateway, Map.of("a", supplier), TERMS, SweepSettings.defaults(), null, null);
    }

    static Terms terms(Terms.LatePayment late, CompensationTerms... rules) {
        return terms(late, null, rules.length == 0 ? null : new Terms.Remedies(false, List.of(rules)));
    }

    private static Terms terms(
            Terms.LatePayment late, Terms.@Nullable Handling handling, Terms.@Nullable Remedies remedies) {
        return new Terms(
                Duration.ofMinutes(15),
                List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(5)),
                Duration.ofMinutes(10),
                late,
                Duration.ofHours(1),
                Terms.WaitOver.REFUND,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofDays(3),
                new Terms.Sla(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1)),
                false,
                null,
                handling,
                remedies);
    }

    private Rig(
            long seed,
            ScriptedGateway gateway,
            Map<String, Dispatcher> suppliers,
            Terms terms,
            SweepSettings sweep,
            @Nullable Function<KeyInventory, KeyInventory> way,
            @Nullable Compensator compensator) {
        this.seed = seed;
        this.compensator = compensator;
        this.terms = terms;
        this.sweep = sweep;
        this.clockwork = new ManualClockwork(seed);
        // The store's clock outlives a process: it follows whichever clockwork is the latest.
        this.inventory = new InMemoryKeyInventory(() -> clockwork.wall().instant());
        this.store = new TroubledStore(
                way == null
                        ? InMemoryCheckoutStore.sharing(inventory)
                        : InMemoryCheckoutStore.withClock(() -> clockwork.wall().instant()));
        this.stock = way == null ? inventory : way.apply(inventory);
        this.gateway = gateway;
        this.suppliers = suppliers;
        this.supplier = suppliers.get("a");
        this.engine = started();
    }

    static Rig with(Dispatcher supplier) {
        return new Rig(1, new ScriptedGateway(), supplier);
    }

    static Rig with(Dispatcher a, Dispatcher b) {
        return new Rig(1, new ScriptedGateway(), Map.of("a", a, "b", b), TERMS, SweepSettings.defaults(), null, null);
    }

    /** With times for people. */
    static Rig handling(Terms.Handling handling) {
        Map<String, Dispatcher> suppliers = Map.of("a", ScriptedSupplier.queryable());
        Terms terms = terms(Terms.LatePayment.DELIVER, handling, null);
        return new Rig(1, new ScriptedGateway(), suppliers, terms, SweepSettings.defaults(), null, null);
    }

    /** With a stock that lies in another database, on the way to which calls may be lost. */
    static Rig withStockElsewhere(SweepSettings sweep, Function<KeyInventory, KeyInventory> way) {
        return withStockElsewhere(sweep, way, ScriptedSupplier.queryable());
    }

    static Rig withStockElsewhere(SweepSettings sweep, Function<KeyInventory, KeyInventory> way, Dispatcher supplier) {
        return new Rig(1, new ScriptedGateway(), Map.of("a", supplier), TERMS, sweep, way, null);
    }

    /** With a gateway and a late-payment rule of the test's own. */
    static Rig at(ScriptedGateway gateway, Terms.LatePayment late) {
        return new Rig(
                1,
                gateway,
                Map.of("a", ScriptedSupplier.queryable()),
                terms(late),
                SweepSettings.defaults(),
                null,
                null);
    }

    /** With a service that holds what was paid. */
    static Rig escrowing(ScriptedGateway gateway, Escrow escrow) {
        Terms.Remedies held = new Terms.Remedies(true, null);
        Map<String, Dispatcher> suppliers = Map.of("a", ScriptedSupplier.queryable());
        Terms terms = terms(Terms.LatePayment.DELIVER, null, held);
        Rig rig = new Rig(1, gateway, suppliers, terms, SweepSettings.defaults(), null, null);
        rig.escrow = escrow;
        rig.restart();
        return rig;
    }

    /** With rules of compensation, and somebody who grants credits and coupons. */
    static Rig compensating(
            ScriptedGateway gateway, Dispatcher supplier, Compensator compensator, CompensationTerms... rules) {
        Terms terms = terms(Terms.LatePayment.DELIVER, rules);
        return new Rig(1, gateway, Map.of("a", supplier), terms, SweepSettings.defaults(), null, compensator);
    }

    private Engine started() {
        Engine started = another();
        clockwork.settle();
        return started;
    }

    /** One more process on the same store, which works beside the others on the same thread. */
    Engine another() {
        EngineParts parts = new EngineParts(
                store,
                stock,
                null,
                Map.of("sandbox", gateway),
                suppliers,
                terms,
                EngineSettings.defaults(),
                sweep,
                null,
                alerting,
                compensator,
                null,
                escrow);
        Engine another = new Engine(parts, clockwork);
        another.start();
        return another;
    }

    /** The process dies, with all that it had not stored, and another one starts on the same store. */
    void restart() {
        clockwork = new ManualClockwork(seed + 1, clockwork.elapsed());
        store.heal();
        engine = started();
    }

    void stock(String sku, int count) {
        inventory.importKeys(
                sku,
                IntStream.range(0, count)
                        .mapToObj(i -> Secret.of(sku + "-" + i))
                        .toList());
    }

    void place(String id, Route route) {
        place(id, line("sku", PRICE, route));
    }

    void place(String id, Placement.Line... lines) {
        engine.place(new Placement(new CheckoutId(id), "sandbox", List.of(lines), null, null));
        clockwork.settle();
    }

    static Placement.Line line(String sku, Money amount, Route route) {
        return new Placement.Line(sku, 1, "13800000000", amount, route);
    }

    /** One more payment of a checkout; its reference. */
    String openPayment(String id) {
        Opening opening = engine.openPayment(new CheckoutId(id), "sandbox");
        clockwork.settle();
        return ((Opening.Opened) opening).payment().id().toString();
    }

    void placeTopUp(String id) {
        place(id, Route.topUp("a"));
    }

    NoticeReply pay(String payment, String trade) {
        return receive(ScriptedGateway.paid(payment, trade, PRICE));
    }

    NoticeReply receive(InboundNotice notice) {
        NoticeReply reply = engine.receive("sandbox", notice);
        clockwork.settle();
        return reply;
    }

    /** An act of a person on an order as it stands now. */
    Outcome act(String id, int line, String act) {
        int version = checkout(id).order(line).changes();
        String actId = act + "-" + line + "-" + version;
        Outcome outcome = engine.act(
                new CheckoutId(id), new PersonAct(actId, act, line, 0, version, "ann", "as the buyer asked", null));
        clockwork.settle();
        return outcome;
    }

    List<Case.Kind> openCases(String id) {
        return checkout(id).cases().stream()
                .filter(Case::isOpen)
                .map(Case::kind)
                .toList();
    }

    Checkout checkout(String id) {
        return engine.reads().checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    Order order(String id) {
        return checkout(id).order(1);
    }

    Stage stage(String id) {
        return order(id).stage();
    }

    /** A long time passes, in which the process looks for work every ten minutes only. */
    void pass(Duration span) {
        Duration look = Duration.ofSeconds(2);
        Instant end = clockwork.wall().instant().plus(span);
        while (clockwork.wall().instant().isBefore(end)) {
            clockwork.pause(Duration.ofMinutes(10).minus(look));
            clockwork.advance(look);
        }
    }

    /** All documents and journal rows, as they are stored. */
    List<Bytes> bytes() {
        return store.view(view -> {
            List<Bytes> all = new ArrayList<>();
            for (StoredCheckout stored : view.checkouts(null, 1_000)) {
                all.add(stored.document());
                view.journal(stored.id(), 0, 1_000).stream()
                        .map(JournalRow::entries)
                        .forEach(all::add);
            }
            return all;
        });
    }
}
