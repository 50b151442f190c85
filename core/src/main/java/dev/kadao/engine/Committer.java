package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.Personal;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.Reading;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.Step;
import dev.kadao.port.Step.Claim;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a decision into one commit and finds out what became of it, also when the answer of COMMIT was lost. */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration NEVER = Duration.ofDays(3_650);
    private static final int JOURNAL_PAGE = 200;

    private final CheckoutStore store;
    private final boolean stockInCommit;
    private final String worker;
    private final Duration lease;
    private final Ids ids;
    private final StoreTime time;
    private final Flights flights;
    private final Seldom seldom;

    Committer(
            CheckoutStore store,
            boolean stockInCommit,
            String worker,
            Duration lease,
            Ids ids,
            StoreTime time,
            Flights flights,
            Seldom seldom) {
        this.store = store;
        this.stockInCommit = stockInCommit;
        this.worker = worker;
        this.lease = lease;
        this.ids = ids;
        this.time = time;
        this.flights = flights;
        this.seldom = seldom;
    }

    boolean takesStockInCommit() {
        return stockInCommit;
    }

    /** What became of a commit. */
    sealed interface Result {}

    /**
     * Written, and found to be ours.
     *
     * @param at the store's time, from the commit or later
     */
    record Done(Held held, List<Entry> entries, Instant at) implements Result {}

    /** Not written. */
    record NotWritten() implements Result {}

    /** The stock could not take in the keys that came with the event, and nothing was written of it. */
    record NotKept() implements Result {}

    /** Not written, for want of keys that a placing is not to be without. */
    record NotServed(StockAnswer answer) implements Result {}

    /** Writes a decision on a checkout; {@code before} is null for a new one. */
    Result write(@Nullable Held before, Change change, Verdict.Moved moved, Instant now, Rule rule) {
        Checkout after = before == null ? moved.after() : StockInStep.kept(before.checkout(), moved);
        StockInStep.Decided decided = new StockInStep.Decided(
                after, moved.entries(), List.of(change.event().identity()));
        Draft draft = new Draft(ids.ordered(), after.id(), before, change, now, rule);
        StockInStep.Intake intake = before == null ? null : intake(before.checkout(), change, moved.entries());
        if (stockInCommit) {
            StockInStep stock = new StockInStep(decided, now, change.event() instanceof Event.TimeCame, intake);
            if (!stock.isEmpty()) {
                return draft.writeWith(stock);
            }
        } else if (intake != null) {
            StockAnswer nowhere = new StockAnswer.Unfit("supplied keys need a key inventory in the store's database");
            return draft.write(intake.supplied().unfit(intake.before(), intake.said(), nowhere));
        }
        return draft.write(decided);
    }

    private static StockInStep.@Nullable Intake intake(Checkout before, Change change, List<Entry> entries) {
        Supplied supplied = change.supplied();
        if (supplied == null || !(change.event() instanceof Event.SupplierSaid said)) {
            return null;
        }
        return new StockInStep.Intake(before, supplied, said, supplied.request(before, entries));
    }

    /**
     * Writes a new checkout into a transaction of the caller; null if the id exists. No claim is taken, so that its due
     * time is the one by which every process finds it once the caller has committed.
     */
    @Nullable
    Held placeWithin(JoinedCommit joined, Change change, Verdict.Moved moved, Instant now) {
        StockInStep.Decided decided = new StockInStep.Decided(
                moved.after(), moved.entries(), List.of(change.event().identity()));
        Draft draft = new Draft(ids.ordered(), moved.after().id(), null, change, now, Rule.PLAIN);
        StepResult result = joined.commit(draft.plain(decided, new Claim.Keep()));
        if (result instanceof StepResult.Done done) {
            return new Held(moved.after(), change.personal(), done.version(), draft.seqAfter(decided), false);
        }
        if (result instanceof StepResult.Stale) {
            return null;
        }
        throw new IllegalStateException("a joined commit knows what it wrote, but answered " + result);
    }

    /** Stores a notice row alone; answers whether it is stored. */
    boolean write(dev.kadao.port.NoticeWrite notice) {
        StepResult result = store.commit(List.of(new Step.NoticeAlone(ids.ordered(), notice)))
                .get(0);
        if (result instanceof StepResult.Done done) {
            time.saw(done.now());
        }
        return result instanceof StepResult.Done;
    }

    /** One commit in the making. */
    private final class Draft {
        private final String stepId;
        private final CheckoutId id;
        private final @Nullable Held before;
        private final Change change;
        private final Instant now;
        private final Rule rule;

        Draft(String stepId, CheckoutId id, @Nullable Held before, Change change, Instant now, Rule rule) {
            this.stepId = stepId;
            this.id = id;
            this.before = before;
            this.change = change;
            this.now = now;
            this.rule = rule;
        }

        Result write(StockInStep.Decided decided) {
            Claim claim = claim(decided.after());
            return commit(plain(decided, claim), decided, claim);
        }

        Step.Plain plain(StockInStep.Decided decided, Claim claim) {
            return new Step.Plain(stepId, id, version(), claim, change.notice(), written(decided));
        }

        /**
         * What is hoped for is decided and encoded here, on the caller's thread, where it holds no lock and stands in
         * nobody's way; within the commit it is only looked up, unless the stock answers something else.
         */
        Result writeWith(StockInStep stock) {
            StockInStep.Decided hoped = stock.hoped();
            Step.Write prepared = written(hoped);
            // Which claim is right depends on answers that only the commit brings: the usual ones are assumed.
            Claim claim = claim(hoped.after());
            AtomicReference<StockInStep.Decided> last = new AtomicReference<>();
            AtomicBoolean lost = new AtomicBoolean();
            Step step = new Step.WithStock(stepId, id, version(), claim, change.notice(), stock.requests(), answers -> {
                boolean asHoped = answers.equals(stock.hopedAnswers());
                StockInStep.Decided decided = asHoped ? hoped : stock.with(answers);
                last.set(decided);
                lost.set(stock.isLost(answers));
                return asHoped ? prepared : written(decided);
            });
            StepResult result = store.commit(List.of(step)).get(0);
            return lost.get() ? new NotKept() : settled(result, last.get(), claim);
        }

        private Result commit(Step step, StockInStep.Decided decided, Claim claim) {
            return settled(store.commit(List.of(step)).get(0), decided, claim);
        }

        private Result settled(StepResult result, StockInStep.@Nullable Decided decided, Claim claim) {
            if (result instanceof StepResult.Done done && decided != null) {
                time.saw(done.now());
                boolean claimed = claim instanceof Claim.Keep
                        ? before != null && before.claimed()
                        : !(claim instanceof Claim.Release) && done.claimed();
                Held held = new Held(decided.after(), personal(), done.version(), seqAfter(decided), claimed);
                return new Done(held, decided.entries(), done.now());
            }
            if (result instanceof StepResult.NotServed lacking) {
                return new NotServed(lacking.answer());
            }
            return result instanceof StepResult.Stale ? new NotWritten() : lost(decided);
        }

        /** The answer of COMMIT was lost: look for the step's own id, in the row, else in the journal. */
        private Result lost(StockInStep.@Nullable Decided decided) {
            Reading reading = store.read(id);
            time.saw(reading.now());
            Optional<StoredCheckout> stored = reading.checkout();
            if (stored.isEmpty()) {
                return new NotWritten();
            }
            boolean found = stored.get().stepId().equals(stepId) || inJournal();
            List<Entry> entries = decided == null ? List.of() : decided.entries();
            return found ? new Done(Held.of(stored.get(), worker), entries, reading.now()) : new NotWritten();
        }

        private boolean inJournal() {
            return store.view(view -> {
                long after = before == null ? 0 : before.seq();
                List<JournalRow> rows = view.journal(id, after, JOURNAL_PAGE);
                while (!rows.isEmpty()) {
                    if (rows.stream().anyMatch(row -> row.stepId().equals(stepId))) {
                        return true;
                    }
                    after = rows.get(rows.size() - 1).seq();
                    rows = view.journal(id, after, JOURNAL_PAGE);
                }
                return false;
            });
        }

        private Claim claim(Checkout after) {
            if (rule.claiming() == Rule.Claiming.HOLD) {
                return new Claim.Hold(worker, lease);
            }
            if (rule.claiming() == Rule.Claiming.GIVE_BACK) {
                return new Claim.Release(worker);
            }
            if (!Lifecycle.pending(after, now).isEmpty()) {
                return new Claim.Take(worker, lease);
            }
            boolean idle = !flights.anyBut(id, rule.endingPart());
            return before != null && before.claimed() && idle ? new Claim.Release(worker) : new Claim.Keep();
        }

        private Step.Write written(StockInStep.Decided decided) {
            Bytes document = Codec.encode(decided.after());
            Bytes journal = decided.entries().isEmpty()
                    ? null
                    : Codec.encodeJournal(new JournalEntry(
                            seqAfter(decided), stepId, decided.after().at(), decided.events(), decided.entries()));
            if (!Codec.fits(document) && seldom.allows("size " + id, Duration.ofHours(1))) {
                LOG.error(
                        "checkout {} has grown to {} bytes, over {}: its facts are kept, but look at what repeats there",
                        id,
                        document.size(),
                        Codec.MOST_BYTES);
            }
            return new Step.Write(
                    Codec.FORMAT,
                    document,
                    Codec.encode(personal()),
                    due(decided.after()),
                    seqAfter(decided),
                    journal,
                    Codec.indexRows(decided.after()));
        }

        private @Nullable Instant due(Checkout after) {
            Instant due = Lifecycle.nextDue(after);
            return due == null || due.isAfter(now.plus(NEVER)) ? null : due;
        }

        private long version() {
            return before == null ? 0 : before.version();
        }

        private long seqAfter(StockInStep.Decided decided) {
            long seq = before == null ? 0 : before.seq();
            return decided.entries().isEmpty() ? seq : seq + 1;
        }

        private Personal personal() {
            return change.personal();
        }
    }
}
