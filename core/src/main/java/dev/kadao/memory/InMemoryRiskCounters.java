package dev.kadao.memory;

import dev.kadao.port.RiskCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Risk counters of one process, lost with it: for tests, and for a shop that is one process. Thread-safe. */
public final class InMemoryRiskCounters implements RiskCounters {
    private static final int TAKES_BETWEEN_PURGES = 256;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, Place>> places = new HashMap<>();
    private int takes;

    /** On this machine's clock. */
    public InMemoryRiskCounters() {
        this(InstantSource.system());
    }

    /** On another clock, such as the store's. */
    public InMemoryRiskCounters(InstantSource clock) {
        this.clock = clock;
    }

    private record Place(int weight, Instant until, boolean whileOpen) {}

    @Override
    public TakeAnswer take(List<Ticket> tickets) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (++takes % TAKES_BETWEEN_PURGES == 0) {
                places.values().forEach(held -> dropExpired(held, now));
                places.values().removeIf(Map::isEmpty);
            }
            List<Ticket> sorted = new ArrayList<>(tickets);
            sorted.sort(Comparator.comparing(Ticket::key));
            // Of two tickets for one key the first one counts for the second; what is put is taken back if one fails.
            Map<Ticket, @Nullable Place> before = new HashMap<>();
            for (Ticket ticket : sorted) {
                Map<String, Place> held = places.computeIfAbsent(ticket.key(), key -> new HashMap<>());
                dropExpired(held, now);
                Place known = held.get(ticket.holder());
                long taken = held.values().stream().mapToLong(Place::weight).sum();
                int more = known == null ? ticket.weight() : ticket.weight() - known.weight();
                if (more > 0 && taken + more > ticket.limit()) {
                    before.forEach(this::putBack);
                    return TakeAnswer.full(ticket.key());
                }
                before.putIfAbsent(ticket, known);
                held.put(ticket.holder(), place(ticket, known, now));
            }
            return TakeAnswer.taken();
        } finally {
            lock.unlock();
        }
    }

    private static Place place(Ticket ticket, @Nullable Place known, Instant now) {
        Instant until = now.plus(ticket.lasting());
        return known == null
                ? new Place(ticket.weight(), until, ticket.whileOpen())
                : new Place(
                        Math.max(known.weight(), ticket.weight()),
                        known.until().isAfter(until) ? known.until() : until,
                        known.whileOpen());
    }

    private void putBack(Ticket ticket, @Nullable Place before) {
        Map<String, Place> held = places.computeIfAbsent(ticket.key(), key -> new HashMap<>());
        if (before == null) {
            held.remove(ticket.holder());
        } else {
            held.put(ticket.holder(), before);
        }
    }

    private static void dropExpired(Map<String, Place> held, Instant now) {
        held.values().removeIf(place -> !place.until().isAfter(now));
    }

    @Override
    public void prolong(String holder, Duration lasting) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Instant until = now.plus(lasting);
            for (Map<String, Place> held : places.values()) {
                Place place = held.get(holder);
                if (place != null
                        && place.whileOpen()
                        && place.until().isAfter(now)
                        && place.until().isBefore(until)) {
                    held.put(holder, new Place(place.weight(), until, true));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(String holder) {
        drop(holder, true);
    }

    @Override
    public void cancel(String holder) {
        drop(holder, false);
    }

    private void drop(String holder, boolean onlyWhileOpen) {
        lock.lock();
        try {
            for (Iterator<Map<String, Place>> each = places.values().iterator(); each.hasNext(); ) {
                Map<String, Place> held = each.next();
                Place place = held.get(holder);
                if (place != null && (place.whileOpen() || !onlyWhileOpen)) {
                    held.remove(holder);
                }
                if (held.isEmpty()) {
                    each.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
