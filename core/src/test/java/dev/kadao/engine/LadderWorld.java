package dev.kadao.engine;

import dev.kadao.ScriptedGateway;
import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Message;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Three engines on one store, with a clock of the store that jumps and suppliers that hang, each in its own way. Everything
 * happens on one thread, drawn from a seed.
 */
final class LadderWorld {
    static final Duration LATE = Duration.ofMinutes(25);
    static final Duration REDISPATCH = Duration.ofMinutes(40);
    static final Duration ESCALATE = Duration.ofHours(1);
    static final Duration END = Duration.ofHours(2);
    /** Well after the end. */
    static final Duration SETTLES = Duration.ofMinutes(150);

    static final Duration JUMP = Duration.ofMinutes(10);
    private static final Duration LOOP = Duration.ofSeconds(20);
    private static final int ENGINES = 3;

    /** A message as it was told. */
    record Told(String order, Message.Kind kind, Duration elapsed) {}

    final ManualClockwork time;
    final InMemoryKeyInventory keys;
    final CheckoutStore store;
    final ScriptedGateway gateway = new ScriptedGateway();
    final Map<String, Dispatcher> suppliers = new LinkedHashMap<>();
    /** The first telling of each message, by reference. */
    final Map<String, Told> told = new LinkedHashMap<>();
    /** How far the store's clock was ahead of the true time, from when on. */
    final Map<Duration, Duration> offsets = new LinkedHashMap<>();

    final Map<String, Duration> paid = new HashMap<>();
    final SplittableRandom random;
    private final boolean stockElsewhere;
    private final List<Engine> engines = new ArrayList<>();
    private final List<OwnClockwork> processes = new ArrayList<>();
    private Duration offset = Duration.ZERO;
    int restarts;
    int kills;
    int jumpsAhead;
    int jumpsBack;

    LadderWorld(long seed, boolean stockElsewhere) {
        this.random = new SplittableRandom(seed);
        this.time = new ManualClockwork(seed);
        this.stockElsewhere = stockElsewhere;
        this.keys = new InMemoryKeyInventory(this::storeNow);
        this.store =
                stockElsewhere ? InMemoryCheckoutStore.withClock(this::storeNow) : InMemoryCheckoutStore.sharing(keys);
        List<Duration> gaps = List.of(Duration.ofMinutes(1), Duration.ofMinutes(7));
        Guarantee.Asking asking =
                new Guarantee.Asking(Duration.ofSeconds(5), false, gaps, Duration.ofDays(1), Duration.ofDays(2));
        Guarantee idempotent = new Guarantee.Idempotent(Duration.ofDays(1), null);
        Guarantee queryable = new Guarantee.Queryable(asking);
        Dispatcher.Answer silent = new Dispatcher.Answer.Unknown("silence");
        Dispatcher.Answer processing = new Dispatcher.Answer.Accepted("s1", null);
        Dispatcher.Answer refused = new Dispatcher.Answer.NotSent("refused");
        Dispatcher.Answer empty = new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "empty");
        Dispatcher.Answer delivered = ScriptedSupplier.DELIVERED;
        Guarantee lastWord = new Guarantee.Queryable(
                new Guarantee.Asking(asking.settle(), true, gaps, asking.patience(), asking.horizon()));
        suppliers.put("idempotent-silent", new Hanging(idempotent, silent));
        suppliers.put("idempotent-slow", new Hanging(idempotent, processing));
        suppliers.put("queryable-silent", new Hanging(queryable, silent));
        suppliers.put("queryable-slow", new Hanging(queryable, processing));
        suppliers.put("once-slow", new Hanging(new Guarantee.AtMostOnce(), processing));
        suppliers.put("refused", new Hanging(idempotent, refused));
        suppliers.put("empty", new Hanging(queryable, empty));
        suppliers.put("done-in-35", new Hanging(queryable, processing, Duration.ofMinutes(35), delivered));
        suppliers.put("done-in-70", new Hanging(queryable, processing, Duration.ofMinutes(70), delivered));
        suppliers.put("done-in-150", new Hanging(queryable, processing, SETTLES, delivered));
        suppliers.put("empty-in-150", new Hanging(queryable, processing, SETTLES, empty));
        suppliers.put("gone-in-150", new Hanging(lastWord, silent, SETTLES, new Dispatcher.Answer.NotFound()));
        for (int i = 0; i < ENGINES; i++) {
            engines.add(started());
        }
        offsets.put(Duration.ofHours(-1), Duration.ZERO);
        time.settle();
    }

    Instant storeNow() {
        return time.wall().instant().plus(offset);
    }

    private Engine started() {
        OwnClockwork process = new OwnClockwork(time, random.nextLong());
        processes.add(process);
        KeyInventory stock = stockElsewhere ? new Locked(keys) : keys;
        Terms plain = Rig.TERMS;
        Terms terms = new Terms(
                plain.paymentDeadline(),
                plain.paymentQueries(),
                plain.closeGrace(),
                plain.latePayment(),
                Duration.ofDays(1),
                Terms.WaitOver.PARK,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                plain.disputeWindow(),
                new Terms.Sla(LATE, REDISPATCH, ESCALATE),
                true,
                new Terms.Overdue(END),
                null,
                null);
        Engine engine = new Engine(
                new EngineParts(
                        store,
                        stock,
                        (order, kind, recipient, reference) ->
                                told.putIfAbsent(reference, new Told(order.toString(), kind, time.elapsed())),
                        Map.of("sandbox", gateway),
                        suppliers,
                        terms,
                        EngineSettings.defaults().withWatchdogInterval(LOOP),
                        SweepSettings.defaults()),
                process);
        engine.start();
        return engine;
    }

    /** One of the engines is killed or closed, and another one takes its place. */
    void restart() {
        int which = random.nextInt(ENGINES);
        if (random.nextBoolean()) {
            processes.get(which).kill();
            kills++;
        } else {
            engines.get(which).close();
        }
        restarts++;
        OwnClockwork old = processes.get(which);
        engines.set(which, started());
        processes.remove(old);
        processes.add(which, processes.remove(processes.size() - 1));
    }

    /** The store's clock jumps by ten minutes, never further from the true time than that. */
    void jump() {
        boolean ahead = offset.isNegative() || (offset.isZero() && random.nextBoolean());
        offset = offset.plus(ahead ? JUMP : JUMP.negated());
        jumpsAhead += ahead ? 1 : 0;
        jumpsBack += ahead ? 0 : 1;
        offsets.put(time.elapsed(), offset);
    }

    Engine anyEngine() {
        return engines.get(random.nextInt(ENGINES));
    }

    void pass(Duration span) {
        time.advance(span);
    }

    /** Places a checkout of these routes and pays it; one supplied by {@code keys-…} is of that SKU. */
    void sell(String id, List<String> kinds) {
        List<Placement.Line> lines = new ArrayList<>();
        for (String kind : kinds) {
            boolean ofStock = kind.startsWith("keys");
            Route route = ofStock ? Route.keys() : Route.topUp(kind);
            lines.add(new Placement.Line(kind, 1, "13800000000", Rig.PRICE, route));
            if (kind.equals("keys-there") || kind.equals("keys-locked")) {
                keys.importKeys(kind, List.of(Secret.of(id + "-" + lines.size())));
            }
        }
        anyEngine().place(new Placement(new CheckoutId(id), "sandbox", lines, null, null));
        time.settle();
        dev.kadao.order.Money total =
                new dev.kadao.order.Money(Rig.PRICE.minorUnits() * kinds.size(), Rig.PRICE.currency());
        anyEngine().receive("sandbox", ScriptedGateway.paid(id + "_p1", "t-" + id, total));
        paid.put(id, time.elapsed());
        time.settle();
    }

    /** A person decides that the order's keys are replaced. */
    void replace(String id) {
        int version = checkout(id).order(1).changes();
        PersonAct act = new PersonAct("replace-" + id, "REPLACE", 1, 0, version, "ann", "the key is invalid", null);
        Outcome outcome = anyEngine().act(new CheckoutId(id), act);
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException("not replaced: " + outcome);
        }
        time.settle();
    }

    boolean isReplaced(String id) {
        return !entries(id, Entry.ReplacementDecided.class).isEmpty();
    }

    /**
     * How much further ahead the store's clock was at some moment of a span than at its beginning, as an engine saw it then: of
     * a jump it hears when it speaks to the store, in its due loop at the latest.
     */
    Duration mostAhead(Duration from, Duration until) {
        Duration least = null;
        Duration most = null;
        for (Map.Entry<Duration, Duration> jump : offsets.entrySet()) {
            if (jump.getKey().compareTo(from.minus(LOOP.multipliedBy(2))) <= 0) {
                least = jump.getValue();
                most = least;
            } else if (jump.getKey().compareTo(from) <= 0) {
                least = least.compareTo(jump.getValue()) < 0 ? least : jump.getValue();
                most = jump.getValue();
            } else if (jump.getKey().compareTo(until) <= 0 && jump.getValue().compareTo(most) > 0) {
                most = jump.getValue();
            }
        }
        return most.minus(least);
    }

    Checkout checkout(String id) {
        return engines.get(0).reads().checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    List<JournalEntry> journal(String id) {
        return store.view(view -> view.journal(new CheckoutId(id), 0, 1_000).stream()
                .map(row -> Codec.decodeJournal(row.entries()))
                .toList());
    }

    <E extends Entry> List<E> entries(String id, Class<E> kind) {
        return journal(id).stream()
                .flatMap(row -> row.entries().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** A stock elsewhere that reserves, and hands over nothing of what is locked. */
    private record Locked(KeyInventory stock) implements KeyInventory {
        @Override
        public ReserveAnswer reserve(dev.kadao.order.OrderId order, String sku, int quantity) {
            return stock.reserve(order, sku, quantity);
        }

        @Override
        public HandOverAnswer handOver(dev.kadao.order.OrderId order) {
            throw new IllegalStateException("locked");
        }

        @Override
        public ReleaseAnswer release(dev.kadao.order.OrderId order, String cause) {
            return stock.release(order, cause);
        }

        @Override
        public RevealAnswer reveal(dev.kadao.order.OrderId order) {
            return stock.reveal(order);
        }

        @Override
        public ReserveAnswer replace(dev.kadao.order.OrderId order, int replacement) {
            return stock.replace(order, replacement);
        }

        @Override
        public StockLevel stock(String sku) {
            return stock.stock(sku);
        }

        @Override
        public List<dev.kadao.order.OrderId> reservationsOlderThan(Duration age, int limit) {
            return stock.reservationsOlderThan(age, limit);
        }
    }

    /** A supplier that gives the same answer for ever, or for so long after the first send of a dispatch, then another. */
    private final class Hanging implements QueryableDispatcher {
        private final Guarantee guarantee;
        private final Answer answer;
        private final Duration until;
        private final Answer then;
        private final Map<String, Duration> firstSent = new HashMap<>();

        Hanging(Guarantee guarantee, Answer answer) {
            this(guarantee, answer, Duration.ofDays(1_000), answer);
        }

        Hanging(Guarantee guarantee, Answer answer, Duration until, Answer then) {
            this.guarantee = guarantee;
            this.answer = answer;
            this.until = until;
            this.then = then;
        }

        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(guarantee, Duration.ofSeconds(3), Duration.ofDays(2));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            return said(request.reference());
        }

        @Override
        public Answer query(DispatchId reference) {
            return said(reference);
        }

        private Answer said(DispatchId reference) {
            Duration first = firstSent.computeIfAbsent(reference.toString(), unknown -> time.elapsed());
            return time.elapsed().minus(first).compareTo(until) >= 0 ? then : answer;
        }
    }
}
