package dev.kadao.testkit;

import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Secret;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A supplier in memory that can be asked and sends notices. It delivers at once unless a test plans otherwise, keeps
 * count of what it handed over, and recognises a repeated reference only if its guarantee says so. Thread-safe; calls
 * never block.
 */
public final class FakeDispatcher implements QueryableDispatcher, NotifyingDispatcher {
    private static final NoticeReply STORED = NoticeReply.text(200, "ok");
    private static final NoticeReply NOT_STORED = NoticeReply.text(503, "again");
    private static final NoticeReply REFUSED = NoticeReply.text(401, "");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PROCESSING = Duration.ofMinutes(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final SupplierTerms terms;
    private final SupplierWire wire = new SupplierWire(new SignedText(Secret.of("the fake supplier's key")));
    private final Deque<Function<Request, Answer>> planned = new ArrayDeque<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Deque<Fault> queryFaults = new ArrayDeque<>();
    private final Map<String, Answer> books = new HashMap<>();
    private final Map<String, Integer> executions = new HashMap<>();
    private final List<Request> arrived = new ArrayList<>();
    private Function<Request, Answer> usual = FakeDispatcher::deliver;

    public FakeDispatcher(InstantSource clock, SupplierTerms terms) {
        this.clock = clock;
        this.terms = terms;
    }

    /** A supplier that recognises a repeated reference for a day and can be asked at once. */
    public static FakeDispatcher idempotent(InstantSource clock) {
        Guarantee guarantee = new Guarantee.Idempotent(Duration.ofDays(1), asking(true));
        return new FakeDispatcher(clock, new SupplierTerms(guarantee, LIMIT, PROCESSING));
    }

    /** A supplier that carries each request out anew, but can be asked at once. */
    public static FakeDispatcher queryable(InstantSource clock, boolean notFoundIsFinal) {
        Guarantee guarantee = new Guarantee.Queryable(asking(notFoundIsFinal));
        return new FakeDispatcher(clock, new SupplierTerms(guarantee, LIMIT, PROCESSING));
    }

    /** A supplier that carries each request out anew and promises nothing. */
    public static FakeDispatcher atMostOnce(InstantSource clock) {
        return new FakeDispatcher(clock, new SupplierTerms(new Guarantee.AtMostOnce(), LIMIT, PROCESSING));
    }

    private static Guarantee.Asking asking(boolean notFoundIsFinal) {
        return new Guarantee.Asking(
                Duration.ZERO,
                notFoundIsFinal,
                List.of(Duration.ofSeconds(1)),
                Duration.ofMinutes(5),
                Duration.ofHours(1));
    }

    /** What delivering at once looks like: a receipt made of the reference. */
    public static Answer deliver(Request request) {
        return new Answer.Delivered(
                new Proof.Receipt("receipt-" + request.reference()), "supplier-" + request.reference());
    }

    /** What delivering keys at once looks like: as many as ordered, made of the reference. */
    public static Answer deliverKeys(Request request) {
        List<Secret> keys = new ArrayList<>();
        for (int i = 1; i <= request.quantity(); i++) {
            keys.add(Secret.of("supplied-" + request.reference() + "-" + i));
        }
        return new Answer.Delivered(new Proof.SuppliedKeys(keys), "supplier-" + request.reference());
    }

    /** What happens to every request that nothing else is planned for. */
    public void usually(Function<Request, Answer> reaction) {
        locked(() -> usual = reaction);
    }

    /** What happens to the next request that arrives; several plans follow one another. */
    public void next(Function<Request, Answer> reaction) {
        locked(() -> planned.add(reaction));
    }

    /** Answers the next request that arrives with this; {@code NotSent} means that it did not arrive. */
    public void next(Answer answer) {
        next(request -> answer);
    }

    /** Makes the next sends go wrong, one after another. */
    public void failSends(Fault... next) {
        locked(() -> faults.addAll(List.of(next)));
    }

    /** Makes the next queries go wrong, one after another. */
    public void failQueries(Fault... next) {
        locked(() -> queryFaults.addAll(List.of(next)));
    }

    /**
     * Ends what was accepted, or anything else, with this answer. What was delivered before is not delivered again.
     *
     * @return the notice that the supplier sends about it
     */
    public InboundNotice finish(DispatchId reference, Answer answer) {
        return locked(() -> {
            if (!(books.get(reference.toString()) instanceof Answer.Delivered)) {
                record(reference.toString(), answer);
            }
            return wire.write(reference.toString(), answer, clock.instant());
        });
    }

    /** A genuine notice that says anything about any reference; the supplier's books stay as they are. */
    public InboundNotice notice(String reference, Answer answer) {
        return wire.write(reference, answer, clock.instant());
    }

    /** The same notice, signed by somebody who does not have the supplier's key. */
    public static InboundNotice forged(InboundNotice notice) {
        return SignedText.forged(notice);
    }

    /** How many times goods were handed over under a reference; the supplier's own books. */
    public int executions(DispatchId reference) {
        return locked(() -> executions.getOrDefault(reference.toString(), 0));
    }

    /** How many times goods were handed over in all. */
    public int executions() {
        return locked(
                () -> executions.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** The requests that arrived, in order. */
    public List<Request> arrived() {
        return locked(() -> List.copyOf(arrived));
    }

    @Override
    public SupplierTerms terms() {
        return terms;
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        if (deadline.isExpired()) {
            return new Answer.NotSent(deadline + " had passed");
        }
        return locked(() -> {
            Fault fault = faults.poll();
            if (fault == null || fault.arrives()) {
                Answer answer = take(request);
                if (fault == null) {
                    return answer;
                }
            }
            return new Answer.Unknown(fault.happen());
        });
    }

    private Answer take(Request request) {
        String reference = request.reference().toString();
        Answer known = books.get(reference);
        if (known != null && terms.guarantee() instanceof Guarantee.Idempotent) {
            arrived.add(request);
            return known;
        }
        Function<Request, Answer> plan = planned.isEmpty() ? usual : planned.remove();
        Answer answer = plan.apply(request);
        if (!(answer instanceof Answer.NotSent)) {
            arrived.add(request);
            record(reference, answer);
        }
        return answer;
    }

    private void record(String reference, Answer answer) {
        if (answer instanceof Answer.Unknown) {
            return;
        }
        books.put(reference, answer);
        if (answer instanceof Answer.Delivered || answer instanceof Answer.Partial) {
            executions.merge(reference, 1, Integer::sum);
        }
    }

    @Override
    public Answer query(DispatchId reference) {
        return locked(() -> {
            Fault fault = queryFaults.poll();
            return fault == null
                    ? books.getOrDefault(reference.toString(), new Answer.NotFound())
                    : new Answer.Unknown(fault.happen());
        });
    }

    @Override
    public SupplierReading read(InboundNotice notice) {
        return wire.read(notice, STORED, NOT_STORED)
                .orElseGet(() -> new SupplierReading.Forged("wrong signature", REFUSED));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
