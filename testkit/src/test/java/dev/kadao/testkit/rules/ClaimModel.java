package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.Step.Claim;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions, claims and due times said once more, as plainly as can be, and compared with the store in memory. */
final class ClaimModel {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private final ManualClock clock = ManualClock.atFixedTime();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.withClock(clock);
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private long version;
        private @Nullable Instant wanted;
        private @Nullable String claimant;
        private Instant until = Instant.MIN;
    }

    /** What a command does to the claim. */
    enum Rule {
        KEEP,
        TAKE,
        HOLD,
        RELEASE,
        /** No step: the worker claims what is due. */
        POLL
    }

    /**
     * One thing that happens.
     *
     * @param lag how far the expected version is behind the stored one; 0 is right
     * @param due seconds from now; above 20 never
     * @param passing seconds that pass afterwards
     */
    record Command(Rule rule, int checkout, int worker, int lag, int due, int passing) {}

    void play(List<Command> commands) {
        for (Command command : commands) {
            String where = command + " of " + commands;
            if (command.rule() == Rule.POLL) {
                poll(command, where);
            } else {
                step(command, where);
            }
            rows.forEach((id, row) -> {
                StoredCheckout stored =
                        store.read(new CheckoutId(id)).checkout().orElseThrow();
                assertThat(stored.version()).as(where).isEqualTo(row.version);
                assertThat(stored.claimant()).as(where).isEqualTo(row.claimant);
            });
            clock.advance(Duration.ofSeconds(command.passing()));
        }
    }

    private void step(Command command, String where) {
        Instant now = clock.instant();
        String id = "cart" + command.checkout();
        String worker = "worker" + command.worker();
        Row row = rows.getOrDefault(id, new Row());
        boolean alive = row.until.isAfter(now);
        boolean mine = worker.equals(row.claimant);
        Instant wanted = command.due() > 20 ? null : now.plusSeconds(command.due());
        long expected = row.version - command.lag();
        StepResult result = store.commit(List.of(StepDraft.on(id, expected, 0)
                        .due(wanted)
                        .claim(claim(command.rule(), worker))
                        .plain()))
                .get(0);
        if (command.lag() != 0 || (command.rule() == Rule.HOLD && !(alive && mine))) {
            assertThat(result).as(where).isEqualTo(new StepResult.Stale());
            return;
        }
        row.version++;
        row.wanted = wanted;
        boolean claims = command.rule() == Rule.HOLD || (command.rule() == Rule.TAKE && (mine || !alive));
        if (claims) {
            row.claimant = worker;
            row.until = now.plus(LEASE);
        } else if (command.rule() == Rule.RELEASE && mine) {
            row.claimant = null;
            row.until = Instant.MIN;
        }
        if (row.wanted != null && row.until.isAfter(now) && row.until.isAfter(row.wanted)) {
            row.wanted = row.until;
        }
        rows.put(id, row);
        assertThat(result).as(where).isEqualTo(new StepResult.Done(row.version, now, claims));
    }

    private static Claim claim(Rule rule, String worker) {
        return switch (rule) {
            case KEEP, POLL -> new Claim.Keep();
            case TAKE -> new Claim.Take(worker, LEASE);
            case HOLD -> new Claim.Hold(worker, LEASE);
            case RELEASE -> new Claim.Release(worker);
        };
    }

    private void poll(Command command, String where) {
        Instant now = clock.instant();
        List<Map.Entry<String, Row>> due = new ArrayList<>();
        rows.entrySet().forEach(entry -> {
            Instant wanted = entry.getValue().wanted;
            if (wanted != null
                    && !wanted.isAfter(now)
                    && !entry.getValue().until.isAfter(now)) {
                due.add(entry);
            }
        });
        Comparator<Map.Entry<String, Row>> longestDueFirst =
                Comparator.comparing(entry -> entry.getValue().wanted, Comparator.nullsLast(Instant::compareTo));
        due.sort(longestDueFirst.thenComparing(Map.Entry::getKey));
        List<String> expected = due.stream().limit(2).map(Map.Entry::getKey).toList();
        String worker = "worker" + command.worker();
        assertThat(store.claim(worker, LEASE, 2).checkouts())
                .as(where)
                .extracting(checkout -> checkout.id().value())
                .isEqualTo(expected);
        for (String id : expected) {
            Row row = rows.get(id);
            row.claimant = worker;
            row.until = now.plus(LEASE);
            row.wanted = row.until;
        }
    }
}
