package dev.kadao.engine;

import dev.kadao.order.Order;
import dev.kadao.order.Stage;
import dev.kadao.policy.AlertSettings;
import dev.kadao.port.Alert;
import dev.kadao.port.CheckoutStore.IndexHit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at what concerns a supplier, SKU or gateway as a whole, and tells each trouble once until it is over.
 * On a thread of its own, so that no ordinary path waits for it; what could not be told is told at the next look.
 */
final class AlertWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    private static final List<Stage> OWED =
            List.of(Stage.PAID, Stage.RESERVED, Stage.DISPATCHING, Stage.UNCERTAIN, Stage.REPLACING, Stage.PARKED);
    /** Orders looked at in one look; the next one goes on behind them. */
    private static final int MOST_ORDERS = 500;

    private final AlertSettings settings;
    private final Ports ports;
    private final Reads reads;
    private final Supplier<Map<String, Long>> forged;
    private final Clockwork clockwork;
    private final Clockwork.Crew crew;
    private final Duration limit;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Long> forgedBefore = new HashMap<>();
    private long windowBegan;
    private long windows;
    private int stage;
    private @Nullable IndexHit after;
    private @Nullable Owed oldestSoFar;
    private @Nullable Owed oldest;
    private volatile boolean stopped;

    /** @param forged how many notices of each gateway were not believed since the start */
    AlertWatch(
            AlertSettings settings,
            Ports ports,
            Reads reads,
            Supplier<Map<String, Long>> forged,
            Clockwork clockwork,
            Duration limit) {
        this.settings = settings;
        this.ports = ports;
        this.reads = reads;
        this.forged = forged;
        this.clockwork = clockwork;
        this.crew = clockwork.crew("alerts", 1, 1);
        this.limit = limit;
        this.windowBegan = clockwork.nanos();
    }

    /** An order that is owed, and since when. */
    private record Owed(Order order, Instant since) {}

    /**
     * A trouble.
     *
     * @param key the same for as long as it is the same trouble
     * @param isLogged whether whoever found it has logged it already
     */
    record Trouble(String key, Alert.Kind kind, String subject, String sentence, int level, boolean isLogged) {}

    void start() {
        clockwork.after(settings.interval(), () -> crew.submit(this::turn));
    }

    void stop() {
        stopped = true;
    }

    private void turn() {
        if (stopped) {
            return;
        }
        try {
            look();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.warn("looking for what to alert the shop to failed, it is tried again: {}", Thrown.named(e));
        } finally {
            if (!stopped) {
                start();
            }
        }
    }

    private void look() {
        List<Trouble> troubles = new ArrayList<>(ports.troubles());
        addForged(troubles);
        addLowStock(troubles);
        addOldest(troubles);
        Set<String> present = new HashSet<>();
        for (Trouble trouble : troubles) {
            present.add(trouble.key());
            if (!told.contains(trouble.key()) && tell(trouble)) {
                told.add(trouble.key());
            }
        }
        told.retainAll(present);
    }

    private boolean tell(Trouble trouble) {
        if (!trouble.isLogged()) {
            LOG.warn("{}", trouble.sentence());
        }
        Ports.Alarm alarm = ports.alarm();
        if (alarm == null) {
            return true;
        }
        Alert alert = new Alert(
                trouble.kind(),
                trouble.subject(),
                trouble.sentence(),
                clockwork.wall().instant(),
                trouble.level());
        Boolean done = answer(alarm.adapter(), "alert of " + trouble.subject(), () -> {
            alarm.port().alert(alert);
            return true;
        });
        return done != null;
    }

    private void addForged(List<Trouble> troubles) {
        Map<String, Long> now = forged.get();
        if (clockwork.nanos() - windowBegan >= settings.forgedWindow().toNanos()) {
            windowBegan = clockwork.nanos();
            windows++;
            forgedBefore.clear();
            forgedBefore.putAll(now);
        }
        new TreeMap<>(now).forEach((gateway, count) -> {
            long recent = count - forgedBefore.getOrDefault(gateway, 0L);
            if (recent >= settings.forgedNotices()) {
                troubles.add(new Trouble(
                        "forged " + gateway + " " + windows,
                        Alert.Kind.FORGED_NOTICES,
                        gateway,
                        recent + " notices to gateway '" + gateway + "' were not believed within "
                                + settings.forgedWindow()
                                + ": somebody is trying, or its key or secret was changed and not here",
                        0,
                        false));
            }
        });
    }

    private void addLowStock(List<Trouble> troubles) {
        Ports.Stock stock = ports.stock();
        if (stock == null) {
            return;
        }
        new TreeMap<>(settings.lowStock()).forEach((sku, least) -> {
            Long free = answer(
                    stock.adapter(),
                    "stock of " + sku,
                    () -> stock.port().stock(sku).free());
            // An unknown stock is no full one: what was told stays told.
            boolean unknown = free == null && told.contains("low " + sku);
            if (unknown || (free != null && free < least)) {
                troubles.add(new Trouble(
                        "low " + sku,
                        Alert.Kind.LOW_STOCK,
                        sku,
                        free + " keys of SKU '" + sku + "' are free, fewer than " + least + ": import more",
                        0,
                        false));
            }
        });
    }

    private void addOldest(List<Trouble> troubles) {
        lookAtOrders();
        Owed found = oldest;
        if (found == null) {
            return;
        }
        Duration age = Duration.between(found.since(), clockwork.wall().instant());
        if (age.compareTo(settings.oldestOpen()) <= 0) {
            return;
        }
        int level = 63 - Long.numberOfLeadingZeros(age.dividedBy(settings.oldestOpen()));
        troubles.add(new Trouble(
                "oldest " + level,
                Alert.Kind.OLDEST_OPEN,
                found.order().id().toString(),
                "order " + found.order().id() + " is paid since " + found.since() + " and still "
                        + found.order().stage() + ", longer than " + settings.oldestOpen() + ": look at it at the desk",
                level,
                false));
    }

    /** Goes on where the look before stopped; the oldest of all is known once a round is through. */
    private void lookAtOrders() {
        int left = MOST_ORDERS;
        while (left > 0 && !stopped) {
            List<Reads.Found> page = reads.find("stage", OWED.get(stage).name(), after, Math.min(left, 100));
            page.forEach(this::consider);
            left -= Math.max(1, page.size());
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).hit();
                continue;
            }
            after = null;
            stage++;
            if (stage == OWED.size()) {
                stage = 0;
                oldest = oldestSoFar;
                oldestSoFar = null;
                return;
            }
        }
    }

    private void consider(Reads.Found found) {
        Order order = found.snapshot().checkout().order(found.hit().number());
        Instant since = order.paidAt();
        Owed best = oldestSoFar;
        if (since != null && OWED.contains(order.stage()) && (best == null || since.isBefore(best.since()))) {
            oldestSoFar = new Owed(order, since);
        }
    }

    /** The answer of a call; null if there was none in time. */
    private <T> @Nullable T answer(Adapter adapter, String reference, Callable<T> work) {
        if (!(adapter.enter() instanceof Adapter.Ticket ticket)) {
            return null;
        }
        CompletableFuture<Reply<T>> reply = new CompletableFuture<>();
        ticket.call(new GuardedCall.Order<T>(reference, limit, limit, work, answer -> false, reply::complete));
        clockwork.await(reply, limit.plus(limit));
        return reply.getNow(new Reply.Overdue<>(limit)) instanceof Reply.Answered<T> answered ? answered.value() : null;
    }
}
