package dev.kadao.engine;

import dev.kadao.insight.AuditReport;
import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.QuestionReader;
import dev.kadao.port.Statement;
import dev.kadao.port.StoreException;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell, put together: the front door's and the desk's way in. Thread-safe. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int WORKERS = 8;
    private static final int MOST_WORK = 20_000;
    private static final int MOST_NAMED = 1 << 20;
    private static final NoticeReply CLOSED = NoticeReply.text(503, "closing");

    private final EngineSettings settings;
    private final CheckoutStore store;
    private final boolean stockInCommit;
    private final Clockwork clockwork;
    private final Lanes lanes;
    private final Flights flights = new Flights();
    private final Ports ports;
    private final Steps steps;
    private final Answers answers;
    private final EffectRunner runner;
    private final DueNotices dueNotices;
    private final DueLoop dueLoop;
    private final NoticeIntake notices;
    private final NoticeReplay replaying;
    private final Reconciling reconciling;
    private final SupplierIntake supplierNotices;
    private final Placing placing;
    private final Admission admission;
    private final People people;
    private final Recipients recipients;
    private final Revealing revealing;
    private final StockFeeding feeding;
    private final @Nullable StockSweep sweep;
    private final @Nullable AlertWatch watch;
    private final Reads reads;
    private final ServiceRecords records;
    private final RecentTimes recentTimes;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** An engine on this machine's own threads and clocks. Reads the store's time. */
    public static Engine on(EngineParts parts) {
        SystemClockwork clockwork = new SystemClockwork();
        try {
            return new Engine(parts, clockwork);
        } catch (RuntimeException e) {
            clockwork.close(Duration.ZERO);
            throw e;
        }
    }

    Engine(EngineParts parts, Clockwork clockwork) {
        this.settings = parts.settings();
        this.store = parts.store();
        this.clockwork = clockwork;
        Ids ids = new Ids(clockwork);
        String worker = "w" + ids.ordered();
        Seldom seldom = new Seldom(clockwork::nanos);
        StoreTime time = new StoreTime(store.view(CheckoutStore.StoreView::now), clockwork::nanos);
        KeyInventory inventory = parts.inventory();
        stockInCommit = inventory != null && store.sharesCommitWith(inventory);
        lanes = new Lanes(settings.intake(), settings.busyAfter());
        ports = new Ports(parts, clockwork);
        Clockwork.Crew crew = clockwork.crew("work", WORKERS, MOST_WORK);
        Committer committer =
                new Committer(store, stockInCommit, worker, settings.claimLease(), ids, time, flights, seldom);
        steps = new Steps(store, committer, worker, lanes, time, flights, seldom);
        answers = new Answers(steps, clockwork, crew, seldom);
        Calls calls = new Calls(steps, answers, flights, clockwork, worker, settings, seldom);
        Duration limit = settings.callLimit();
        GatewayCalls gateways = new GatewayCalls(calls, ports, limit);
        RiskOncePaid riskOncePaid = new RiskOncePaid(parts, calls, clockwork, seldom);
        runner = new EffectRunner(
                steps,
                flights,
                answers,
                stockInCommit,
                crew,
                gateways,
                new SupplierCalls(
                        calls,
                        ports,
                        clockwork,
                        limit,
                        settings.claimLease(),
                        id -> crew.submit(() -> steps.lookAgain(id))),
                new StockCalls(calls, ports, limit),
                new PeopleCalls(calls, ports, answers, limit, seldom),
                new RemedyCalls(calls, ports, limit, seldom),
                riskOncePaid);
        steps.afterwards(runner::run);
        NoticeMatching matching = new NoticeMatching(steps);
        dueNotices = new DueNotices(store, committer, matching, gateways, flights, seldom);
        dueLoop = new DueLoop(store, worker, settings, clockwork, crew, time, steps, runner, dueNotices, seldom);
        notices = new NoticeIntake(
                ports, lanes, steps, committer, matching, dueNotices, gateways, flights, clockwork, settings, seldom);
        Asking asking = new Asking(gateways, flights, clockwork, limit.plus(settings.sendWindow()));
        replaying = new NoticeReplay(ports, steps, committer, matching, dueNotices, asking);
        StatementLines lines = new StatementLines(steps, committer, matching, dueNotices, asking);
        OwnRecords own = new OwnRecords(store, steps, asking, lines);
        reconciling = new Reconciling(ports, lines, own, clockwork, MOST_NAMED);
        supplierNotices = new SupplierIntake(ports, lanes, steps, seldom);
        placing = new Placing(steps, ports, parts.terms(), ids, clockwork, flights, settings, riskOncePaid.asks());
        admission = Admission.of(parts, steps, placing, ids, clockwork, seldom, riskOncePaid);
        people = new People(steps, ports, placing);
        recipients = new Recipients(steps, people, new RecipientAsking(ports, clockwork, limit));
        reads = new Reads(store, steps);
        records = new ServiceRecords(store, time::now, clockwork::nanos);
        recentTimes = new RecentService(records, clockwork.crew("statistics", 1, 1), clockwork::nanos, seldom);
        revealing = new Revealing(reads, steps, answers, ports, clockwork, limit);
        Ports.Stock elsewhere = stockInCommit ? null : ports.stock();
        sweep = elsewhere == null ? null : new StockSweep(elsewhere, steps, parts.sweep(), clockwork, limit, seldom);
        EngineParts.Alerting alerting = parts.alerting();
        watch = alerting == null
                ? null
                : new AlertWatch(alerting.settings(), ports, store, reads, notices::forgedByGateway, clockwork, limit);
        feeding = new StockFeeding(store, steps, flights, clockwork, crew, limit);
    }

    /** Starts the due loop, which also takes up whatever an earlier process left. */
    public void start() {
        dueLoop.start();
        if (sweep != null) {
            sweep.start();
        }
        if (watch != null) {
            watch.start();
        }
    }

    /** What stands under the request's id; empty if nothing does. */
    public Optional<Placement.Result> repeated(Placement request) {
        return placing.repeated(request);
    }

    /**
     * What somebody outside says is wrong with the recipients, if anybody is asked and it was not placed before. Not by the
     * intake: it may take as long as a call, and keeps nobody's notices out.
     */
    public List<String> recipientComplaints(Placement request) {
        boolean asks = recipients.asks() && !closed.get();
        return asks && placing.repeated(request).isEmpty() ? recipients.complaints(request) : List.of();
    }

    public Placement.Result place(Placement request) {
        return closed.get() ? busy() : admission.place(request, placing::repeated, this::write);
    }

    private Placement.Result write(Placement request, @Nullable String riskHold) {
        Placement.Result result = admitted(() -> placing.place(request, riskHold));
        Placement.Result told = result == null ? busy() : result;
        return told instanceof Placement.Result.Placed placed ? placing.opened(placed) : told;
    }

    private Placement.Result busy() {
        return new Placement.Result.Busy(busySentence());
    }

    /** What stands under the request's id in the eyes of the caller's transaction; empty if nothing does. */
    public Optional<Placement.Result> repeatedWithin(Placement request, JoinedCommit joined) {
        return placing.repeatedWithin(request, joined);
    }

    /** Places within a transaction of the caller. Not by the intake: it is bounded by the caller's connections. */
    public Placement.Result placeWithin(Placement request, JoinedCommit joined) {
        return closed.get()
                ? busy()
                : admission.place(
                        request,
                        asked -> placing.repeatedWithin(asked, joined),
                        (named, riskHold) -> placing.placeWithin(named, riskHold, joined));
    }

    /** Whether what this transaction writes is found by this engine. */
    public boolean isOwn(JoinedCommit joined) {
        return store.isOwn(joined);
    }

    public Opening openPayment(CheckoutId checkout, String gateway) {
        Opening opening = admitted(() -> people.openPayment(checkout, gateway));
        if (opening == null) {
            return new Opening.NotOpened(new Outcome.Busy(busySentence()));
        }
        return opening instanceof Opening.Opened requested ? people.opened(requested) : opening;
    }

    public NoticeReply receive(String gateway, InboundNotice notice) {
        return closed.get() ? CLOSED : notices.receive(gateway, notice);
    }

    public NoticeReply receiveFromSupplier(String supplier, InboundNotice notice) {
        return closed.get() ? CLOSED : supplierNotices.receive(supplier, notice);
    }

    /** Shows the keys of an order; {@code origin} is where they are asked for, null if that is not known. */
    public Revelation reveal(OrderId order, @Nullable String origin) {
        Revelation revelation = admitted(() -> revealing.reveal(order, origin));
        return revelation == null ? new Revelation.NotShown(new Outcome.Busy(busySentence()), null) : revelation;
    }

    public Outcome confirm(OrderId order) {
        return asked(() -> people.confirm(order));
    }

    public Outcome complain(OrderId order) {
        return asked(() -> people.complain(order));
    }

    /** A shop's own reader of questions, behind a guard of its own. */
    public QuestionReading reading(QuestionReader reader) {
        Adapter adapter = new Adapter("question reader", clockwork, settings.slots(), settings.waiting());
        return new QuestionReading(reader, adapter, clockwork, settings.callLimit());
    }

    /** Records a buyer's question; {@code decides} is pure and may be called more than once. */
    public Outcome question(OrderId order, String words, Function<Snapshot, Questioned> decides) {
        return asked(() -> people.question(order, words, decides));
    }

    public Outcome dispute(OrderId order, String reason) {
        return asked(() -> people.dispute(order, reason));
    }

    public Outcome review(OrderId order, int stars, @Nullable String text) {
        return asked(() -> people.review(order, stars, text));
    }

    public Outcome confirmRecipient(OrderId order, String recipient) {
        return asked(() -> recipients.confirm(order, recipient));
    }

    /**
     * Checks and asks outside first, not by the intake; then writes.
     *
     * @param form what is wrong with the form of a recipient of a SKU
     */
    public Outcome correctRecipient(
            OrderId order, String recipient, BiFunction<String, String, Optional<String>> form) {
        Outcome complaint = closed.get() ? null : recipients.complaint(order, recipient, form);
        return complaint != null ? complaint : asked(() -> recipients.correct(order, recipient));
    }

    public Outcome erase(CheckoutId checkout) {
        return asked(() -> people.erase(checkout));
    }

    public Outcome act(CheckoutId checkout, PersonAct act) {
        return asked(() -> people.act(checkout, act));
    }

    /** Closes the case of an orphan notice; empty if there is none of that key, false if it could not be stored. */
    public Optional<Boolean> closeOrphan(String key, String actId, String actor) {
        Optional<Boolean> done = dueNotices.close(key);
        if (done.isPresent() && done.get()) {
            LOG.info("orphan notice {} was closed by {} with act {}", key, actor, actId);
        }
        return done;
    }

    /** Reads a stored notice again and does what it says now. */
    public Replay replay(String key, String actId, String actor, String reason) {
        Replay replay = admitted(() -> replaying.replay(key, actor, reason));
        if (replay instanceof Replay.Read read) {
            LOG.info(
                    "notice {} was read again for {} with act {}: {}",
                    key,
                    actor,
                    actId,
                    read.changed() ? "it says something new" : "nothing new");
        }
        return replay == null ? new Replay.NotRead(new Outcome.Busy(busySentence())) : replay;
    }

    public Optional<StoredNotice> noticeOf(PaymentId payment, String tradeNumber) {
        return replaying.noticeOf(payment, tradeNumber);
    }

    /** Compares a gateway's books with ours; see {@link Reconciliation}. */
    public Reconciliation reconcile(String gateway, Statement statement, long fromLine) {
        return reconciling.reconcile(gateway, statement, fromLine);
    }

    public void stockArrived(String sku) {
        feeding.arrived(sku);
    }

    /** Checks the whole store in one consistent view; takes as long as reading all of it. */
    public AuditReport audit() {
        return store.view(view -> AuditWalk.over(view, stockInCommit));
    }

    public Reads reads() {
        return reads;
    }

    /** How long deliveries took of late, without reading anything. */
    public RecentTimes recentTimes() {
        return recentTimes;
    }

    public ServiceStatistics statistics(LocalDate from, LocalDate to) {
        return records.statistics(from, to);
    }

    public OpenOrders openOrders() {
        return records.open();
    }

    public Ratings ratings() {
        return records.ratings();
    }

    public boolean isPickupToken(Snapshot snapshot, Secret token) {
        return Placing.isTokenOf(snapshot.checkout(), token);
    }

    /** How long ago the due loop last finished a round; null if it never did. */
    public @Nullable Duration sinceLastRound() {
        return dueLoop.sinceLastRound();
    }

    public int unstoredAnswers() {
        return answers.waiting();
    }

    public List<String> paused() {
        return admission.pausedToo(ports.paused());
    }

    /** How many notices of gateways were not believed. */
    public long forgedNotices() {
        return notices.forged();
    }

    public boolean storeAnswers() {
        try {
            store.view(CheckoutStore.StoreView::now);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /** Stops orderly and in bounded time; idempotent. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dueLoop.stop();
        reconciling.stop();
        if (sweep != null) {
            sweep.stop();
        }
        if (watch != null) {
            watch.stop();
        }
        runner.stop();
        if (!clockwork.await(flights.idle(), settings.closeLimit())) {
            LOG.warn("closing though calls are still under way: what they do is asked about after the next start");
        }
        steps.claimed().forEach(steps::putBack);
        clockwork.close(settings.margin());
    }

    private Outcome asked(Supplier<Outcome> work) {
        Outcome outcome = admitted(work);
        return outcome == null ? new Outcome.Busy(busySentence()) : outcome;
    }

    private <T> @Nullable T admitted(Supplier<T> work) {
        return closed.get() ? null : lanes.admitted(work);
    }

    private String busySentence() {
        return closed.get()
                ? "this process is closing: ask another one, or after its restart"
                : "too many callers at once: none was served within " + settings.busyAfter() + ". Ask again";
    }
}
