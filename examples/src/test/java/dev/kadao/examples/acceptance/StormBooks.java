package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one supplier of the storm knows and does. Its moods follow from the seed and the references, so that they are the
 * same in each run; when which request comes does not. Thread-safe.
 */
final class StormBooks {
    /**
     * How the supplier keeps to what the shop's configuration says of it.
     *
     * @param idempotence how long it remembers a reference and does not supply it again; zero: it supplies it again
     * @param longestHidden how long it may say "not found" of what it has
     * @param margin an {@code X-Timestamp} older than this is late
     * @param refusesLate whether what is late is refused
     */
    record Ways(
            String name,
            long seed,
            Duration idempotence,
            Duration longestHidden,
            Duration margin,
            boolean refusesLate) {}

    /** What is answered, and how long after. */
    record Reply(WireAnswer answer, Duration after) {}

    private static final class Item {
        private final Instant since;
        private final Instant visibleFrom;
        private ObjectNode state;

        private Item(Instant since, Instant visibleFrom, ObjectNode state) {
            this.since = since;
            this.visibleFrom = visibleFrom;
            this.state = state;
        }
    }

    /** Beyond the shop's time-out of 300 ms. */
    private static final Duration STALL = Duration.ofMillis(350);

    private final Ways ways;
    private final StormRecord record;
    private final StormNotices notices;
    private final ScheduledExecutorService later;
    private final AtomicInteger pending;
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    StormBooks(
            Ways ways,
            StormRecord record,
            StormNotices notices,
            ScheduledExecutorService later,
            AtomicInteger pending) {
        this.ways = ways;
        this.record = record;
        this.notices = notices;
        this.later = later;
        this.pending = pending;
    }

    synchronized Reply order(JsonNode body, Instant signed) {
        String reference = body.path("reference").asText();
        Instant now = Instant.now();
        note(StormRecord.Word.CAME, reference, signed);
        if (signed.plus(ways.margin()).isBefore(now)) {
            note(StormRecord.Word.LATE, reference, signed);
            if (ways.refusesLate()) {
                note(StormRecord.Word.REFUSED, reference, signed);
                return new Reply(WireAnswer.status(401), Duration.ZERO);
            }
        }
        Random dice = dice(reference, times.merge(reference, 1, Integer::sum));
        Item known = items.get(reference);
        if (known != null && now.isBefore(known.since.plus(ways.idempotence()))) {
            return asked(known, dice);
        }
        StormWhim whim = StormWhim.roll(dice);
        if (whim.isBeforeActing()) {
            return new Reply(
                    whim == StormWhim.DROP_BEFORE ? WireAnswer.drop() : WireAnswer.status(500), moment(dice, 0, 30));
        }
        Instant visibleFrom = dice.nextInt(100) < 30
                ? now.plus(moment(dice, 200, (int) ways.longestHidden().toMillis()))
                : now;
        Item item = new Item(now, visibleFrom, state("processing", reference));
        items.put(reference, item);
        return treat(reference, item, whim, signed, dice);
    }

    /** The answer to a question, which gets lost now and then. */
    synchronized Reply query(String reference) {
        Random dice = dice(reference, -times.merge("?" + reference, 1, Integer::sum));
        Item item = items.get(reference);
        if (item == null || Instant.now().isBefore(item.visibleFrom)) {
            return new Reply(WireAnswer.status(404), moment(dice, 0, 20));
        }
        return asked(item, dice);
    }

    private Reply asked(Item item, Random dice) {
        int roll = dice.nextInt(100);
        if (roll < 4) {
            return new Reply(WireAnswer.drop(), Duration.ZERO);
        }
        if (roll < 8) {
            return new Reply(WireAnswer.status(500), Duration.ZERO);
        }
        return new Reply(WireAnswer.reply(item.state.deepCopy()), roll < 11 ? STALL : moment(dice, 0, 20));
    }

    private Reply treat(String reference, Item item, StormWhim whim, Instant signed, Random dice) {
        Duration soon = moment(dice, 0, 30);
        switch (whim) {
            case SUPPLY, DROP_AFTER, ERROR_AFTER, UNREADABLE_AFTER, SUPPLY_THEN_STALL ->
                supply(reference, item, signed, dice.nextInt(100) < 12 ? dice : null);
            case STALL_THEN_SUPPLY -> after(moment(dice, 350, 600), () -> supply(reference, item, signed, null));
            case PROCESS_THEN_SUPPLY -> after(moment(dice, 100, 1_500), () -> supply(reference, item, signed, dice));
            case PROCESS_WITHOUT_NOTICE -> after(moment(dice, 100, 1_500), () -> supply(reference, item, signed, null));
            case PROCESS_THEN_DECLINE ->
                after(moment(dice, 100, 1_500), () -> decline(reference, item, signed, "order", dice));
            case DECLINE -> decline(reference, item, signed, "order", null);
            case DECLINE_ALL -> decline(reference, item, signed, "supplier", null);
            case DROP_BEFORE, ERROR_BEFORE -> throw new AssertionError(whim + " comes before acting");
        }
        return switch (whim) {
            case DROP_AFTER -> new Reply(WireAnswer.drop(), soon);
            case ERROR_AFTER -> new Reply(WireAnswer.status(500), soon);
            case UNREADABLE_AFTER -> new Reply(WireAnswer.unreadable(), soon);
            case STALL_THEN_SUPPLY, SUPPLY_THEN_STALL ->
                new Reply(WireAnswer.reply(item.state.deepCopy()), STALL.plus(moment(dice, 0, 300)));
            default -> new Reply(WireAnswer.reply(item.state.deepCopy()), soon);
        };
    }

    private void supply(String reference, Item item, Instant signed, @Nullable Random tells) {
        note(StormRecord.Word.SUPPLIED, reference, signed);
        item.state = state("success", reference).put("proof", "receipt-" + reference);
        tell(reference, item, tells);
    }

    private void decline(String reference, Item item, Instant signed, String scope, @Nullable Random tells) {
        note(StormRecord.Word.DECLINED, reference, signed);
        item.state = state("failed", reference).put("scope", scope).put("reason", "no such number");
        tell(reference, item, tells);
    }

    /** Tells how it ended, once to three times, and now and then "processing", too, which is old by then. */
    private void tell(String reference, Item item, @Nullable Random dice) {
        if (dice == null) {
            return;
        }
        String last = item.state.deepCopy().put("reference", reference).toString();
        String old = state("processing", reference).put("reference", reference).toString();
        int repetitions = 1 + dice.nextInt(3);
        for (int i = 0; i < repetitions; i++) {
            notices.send(ways.name(), reference, last, moment(dice, 0, 800));
        }
        if (dice.nextInt(100) < 50) {
            notices.send(ways.name(), reference, old, moment(dice, 0, 1_200));
        }
    }

    private void after(Duration delay, Runnable work) {
        pending.incrementAndGet();
        later.schedule(
                () -> {
                    try {
                        synchronized (this) {
                            work.run();
                        }
                    } finally {
                        pending.decrementAndGet();
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void note(StormRecord.Word word, String reference, Instant signed) {
        record.write(new StormRecord.Line(Instant.now(), word, ways.name(), reference, signed));
    }

    private Random dice(String reference, int time) {
        return new Random(ways.seed() * 31 + (ways.name() + " " + reference + " " + time).hashCode());
    }

    private static ObjectNode state(String state, String reference) {
        return Json.object().put("state", state).put("supplierOrder", "so-" + reference);
    }

    private static Duration moment(Random dice, int fromMillis, int toMillis) {
        return Duration.ofMillis(fromMillis + dice.nextInt(toMillis - fromMillis));
    }
}
