package dev.kadao.engine;

import dev.kadao.policy.AlertSettings;
import dev.kadao.port.Alert;
import dev.kadao.port.CheckoutStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at what concerns a supplier, SKU or gateway as a whole, and tells each trouble once until it is over.
 * On a thread of its own, so that no ordinary path waits for it; what could not be told is told at the next look, a burst of
 * forged notices even when it is over.
 */
final class AlertWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    /** The counts of so many moments of a window are kept. */
    private static final int MOMENTS = 60;

    private final AlertSettings settings;
    private final Ports ports;
    private final OldestOwed oldestOwed;
    private final Supplier<Map<String, Long>> forged;
    private final Clockwork clockwork;
    private final Duration limit;
    private final Rounds rounds;
    /** What is in the log, and what the sink has taken too; both until it is over. */
    private final Set<String> logged = new HashSet<>();

    private final Set<String> told = new HashSet<>();
    private final List<Counted> moments = new ArrayList<>();
    private final Map<String, Trouble> bursts = new TreeMap<>();

    /** @param forged how many notices of each gateway were not believed since the start */
    AlertWatch(
            AlertSettings settings,
            Ports ports,
            CheckoutStore store,
            Reads reads,
            Supplier<Map<String, Long>> forged,
            Clockwork clockwork,
            Duration limit) {
        this.settings = settings;
        this.ports = ports;
        this.oldestOwed = new OldestOwed(store, reads);
        this.forged = forged;
        this.clockwork = clockwork;
        this.limit = limit;
        this.rounds = new Rounds(
                "alerts", "looking for what to alert the shop to", settings.interval(), clockwork, this::look);
        moments.add(new Counted(clockwork.nanos(), Map.of()));
    }

    /** How many notices of each gateway were not believed until then. */
    private record Counted(long at, Map<String, Long> byGateway) {}

    /**
     * A trouble.
     *
     * @param key the same for as long as it is the same trouble
     * @param isLogged whether whoever found it has logged it already
     */
    record Trouble(String key, Alert.Kind kind, String subject, String sentence, int level, boolean isLogged) {}

    void start() {
        rounds.start();
    }

    void stop() {
        rounds.stop();
    }

    /** The store comes last: while it does not answer, everything else is told all the same. */
    private void look() {
        Set<String> present = new HashSet<>();
        tellAll(ports.troubles(), present);
        tellAll(forgedNotices(), present);
        tellAll(lowStock(), present);
        try {
            tellAll(oldest(), present);
        } catch (RuntimeException e) {
            // Unknown is not over.
            logged.stream().filter(key -> key.startsWith("oldest ")).forEach(present::add);
            throw e;
        } finally {
            told.retainAll(present);
            logged.retainAll(present);
        }
    }

    private void tellAll(List<Trouble> troubles, Set<String> present) {
        for (Trouble trouble : troubles) {
            present.add(trouble.key());
            if (logged.add(trouble.key()) && !trouble.isLogged()) {
                LOG.warn("{}", trouble.sentence());
            }
            if (!told.contains(trouble.key()) && !rounds.isStopped() && tell(trouble)) {
                told.add(trouble.key());
            }
        }
    }

    private boolean tell(Trouble trouble) {
        Alarm alarm = ports.alarm();
        if (alarm == null) {
            return true;
        }
        Alert alert = new Alert(
                trouble.kind(),
                trouble.subject(),
                trouble.sentence(),
                clockwork.wall().instant(),
                trouble.level());
        Reply<Boolean> reply = alarm.adapter()
                .answer("alert of " + trouble.subject(), limit, () -> alarm.isTold(alert), isTold -> !isTold);
        if (reply instanceof Reply.Overdue<Boolean>) {
            alarm.missed(reply.reason());
        }
        return reply instanceof Reply.Answered<Boolean> answered && answered.value();
    }

    private List<Trouble> forgedNotices() {
        Map<String, Long> now = forged.get();
        Map<String, Long> before = before(now);
        Set<String> recently = new HashSet<>();
        now.forEach((gateway, count) -> {
            long recent = count - before.getOrDefault(gateway, 0L);
            if (recent >= settings.forgedNotices()) {
                recently.add(gateway);
                bursts.computeIfAbsent(gateway, name -> burst(name, recent));
            }
        });
        // One that is over and was told is over; one that nobody heard of is told yet.
        bursts.values().removeIf(burst -> !recently.contains(burst.subject()) && told.contains(burst.key()));
        return List.copyOf(bursts.values());
    }

    private Trouble burst(String gateway, long recent) {
        String sentence = recent + " notices to gateway '" + gateway + "' were not believed within "
                + settings.forgedWindow()
                + ": somebody is trying, or its key or secret was changed and not here";
        return new Trouble("forged " + gateway, Alert.Kind.FORGED_NOTICES, gateway, sentence, 0, false);
    }

    /** The counts of a window ago, or of the last look before that. */
    private Map<String, Long> before(Map<String, Long> now) {
        long at = clockwork.nanos();
        long window = settings.forgedWindow().toNanos();
        while (moments.size() > 1 && at - moments.get(1).at() >= window) {
            moments.remove(0);
        }
        if (at - moments.get(moments.size() - 1).at() >= window / MOMENTS) {
            moments.add(new Counted(at, Map.copyOf(now)));
        }
        return moments.get(0).byGateway();
    }

    private List<Trouble> lowStock() {
        Ports.Stock stock = ports.stock();
        List<Trouble> troubles = new ArrayList<>();
        if (stock == null) {
            return troubles;
        }
        boolean answers = true;
        for (Map.Entry<String, Integer> watched : new TreeMap<>(settings.lowStock()).entrySet()) {
            String sku = watched.getKey();
            int least = watched.getValue();
            Reply<Long> free = answers && !rounds.isStopped()
                    ? stock.adapter()
                            .answer(
                                    "stock of " + sku,
                                    limit,
                                    () -> stock.port().stock(sku).free(),
                                    answer -> false)
                    : new Reply.NotBegun<>();
            // A stock that does not answer is not asked about all the other SKUs too.
            answers = free instanceof Reply.Answered<Long> || free instanceof Reply.Threw<Long>;
            String key = "low " + sku;
            if (free instanceof Reply.Answered<Long> known ? known.value() < least : logged.contains(key)) {
                String count = free instanceof Reply.Answered<Long> known ? known.value() + " keys" : "few keys";
                String sentence = count + " of SKU '" + sku + "' are free, fewer than " + least + ": import more";
                // An unknown stock is no full one: what was told stays told.
                troubles.add(new Trouble(key, Alert.Kind.LOW_STOCK, sku, sentence, 0, false));
            }
        }
        return troubles;
    }

    private List<Trouble> oldest() {
        return oldestOwed.longerThan(settings.oldestOpen()).stream()
                .map(this::oldest)
                .toList();
    }

    private Trouble oldest(OldestOwed.Owed owed) {
        int level = 63 - Long.numberOfLeadingZeros(owed.age().dividedBy(settings.oldestOpen()));
        String sentence = "order " + owed.order().id() + " is paid since " + owed.since() + " and still "
                + owed.order().stage() + ", longer than " + settings.oldestOpen() + ": look at it at the desk";
        return new Trouble(
                "oldest " + level, Alert.Kind.OLDEST_OPEN, owed.order().id().toString(), sentence, level, false);
    }
}
