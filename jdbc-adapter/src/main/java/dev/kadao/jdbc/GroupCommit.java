package dev.kadao.jdbc;

import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets steps of many callers share a commit. There is no thread of its own and no waiting for company: who comes while
 * a writer is free commits at once, on his own thread; what comes meanwhile is the next batch, committed by the first
 * of those who wait. So a lone step pays nothing and a crowd pays little. A step that gets in the way of others (a row
 * locked for long, a fault of its own) is taken out and committed by its own caller, so that it stalls nobody else.
 */
final class GroupCommit {
    /** While one writer waits for the disk, the other fills its statements; a third brings nothing. */
    static final int WRITERS = 2;

    /** So many callers at once wait patiently for what others have locked: each one holds a connection. */
    private static final int PATIENT_ONES = 4;

    private final StepCommit commit;
    private final int writers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore patience = new Semaphore(PATIENT_ONES, true);
    private final Deque<Ticket> queue = new ArrayDeque<>();
    /** What the batches in the making name: a step of the same checkout waits its turn instead of for a row lock. */
    private final Set<Object> inTheMaking = new HashSet<>();

    private int writing;

    /** @param writers how many batches may be in the making at once; 0 lets every caller commit by himself */
    GroupCommit(StepCommit commit, int writers) {
        this.commit = commit;
        this.writers = writers;
    }

    /** One step of a caller who waits for it. */
    private static final class Ticket {
        final Step step;
        final Caller caller;

        @Nullable
        StepResult result;

        Ticket(Step step, Caller caller) {
            this.step = step;
            this.caller = caller;
        }
    }

    /** A thread that waits for its tickets. */
    private static final class Caller {
        final Thread thread = Thread.currentThread();
        int waitingFor;
        boolean leads;
        final List<Ticket> byItself = new ArrayList<>();
    }

    /** As {@link CheckoutStore#commit}. */
    List<StepResult> commit(List<Step> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        Caller caller = new Caller();
        List<Ticket> tickets =
                steps.stream().map(step -> new Ticket(step, caller)).toList();
        if (writers == 0) {
            write(tickets);
        } else {
            commitWithOthers(caller, tickets);
        }
        caller.byItself.forEach(this::commitPatiently);
        List<StepResult> results = new ArrayList<>();
        tickets.forEach(ticket -> results.add(ticket.result == null ? failed(ticket.step) : ticket.result));
        return results;
    }

    private void commitWithOthers(Caller caller, List<Ticket> tickets) {
        lock.lock();
        try {
            caller.waitingFor = tickets.size();
            queue.addAll(tickets);
            if (writing < writers) {
                writing++;
                caller.leads = true;
            }
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Turn turn = turn(caller); turn != Turn.DONE; turn = turn(caller)) {
            if (turn == Turn.LEAD) {
                lead();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a caller does next. */
    private enum Turn {
        WAIT,
        LEAD,
        DONE
    }

    private Turn turn(Caller caller) {
        lock.lock();
        try {
            if (caller.leads) {
                caller.leads = false;
                return Turn.LEAD;
            }
            return caller.waitingFor == 0 ? Turn.DONE : Turn.WAIT;
        } finally {
            lock.unlock();
        }
    }

    /** Commits a batch, tells those who wait for it, and makes the next who waits a writer in one's place. */
    private void lead() {
        List<Ticket> batch = nextBatch();
        try {
            write(batch);
        } finally {
            Set<Thread> awake = passOn(batch);
            awake.remove(Thread.currentThread());
            awake.forEach(LockSupport::unpark);
        }
    }

    private Set<Thread> passOn(List<Ticket> batch) {
        Set<Thread> awake = new HashSet<>();
        lock.lock();
        try {
            for (Ticket ticket : batch) {
                names(ticket.step).forEach(inTheMaking::remove);
                ticket.caller.waitingFor--;
                awake.add(ticket.caller.thread);
            }
            Ticket next = queue.peek();
            // An empty batch: all that waits names what another writer is at, who passes it on when he is done.
            if (next == null || next.caller.leads || batch.isEmpty()) {
                writing--;
            } else {
                next.caller.leads = true;
                awake.add(next.caller.thread);
            }
        } finally {
            lock.unlock();
        }
        return awake;
    }

    /** Steps of one checkout, or with one and the same notice, never share a batch: the later ones stay in their place. */
    private List<Ticket> nextBatch() {
        List<Ticket> batch = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Ticket> waiting = queue.iterator(); waiting.hasNext() && batch.size() < Bounds.MOST_STEPS; ) {
                Ticket ticket = waiting.next();
                List<Object> names = names(ticket.step);
                if (Collections.disjoint(inTheMaking, names)) {
                    inTheMaking.addAll(names);
                    batch.add(ticket);
                    waiting.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private static List<Object> names(Step step) {
        if (step instanceof Step.NoticeAlone alone) {
            return List.of(alone.notice().key());
        }
        Step.OfCheckout ofCheckout = (Step.OfCheckout) step;
        return ofCheckout.notice() == null
                ? List.of(ofCheckout.id())
                : List.of(ofCheckout.id(), ofCheckout.notice().key());
    }

    /** Leaves a result in each ticket, or the ticket with its caller. */
    private void write(List<Ticket> batch) {
        List<Step> fit = new ArrayList<>();
        for (Ticket ticket : batch) {
            try {
                Bounds.check(ticket.step);
                fit.add(ticket.step);
            } catch (RuntimeException e) {
                ticket.result = StepCommit.refused(ticket.step, e);
            }
        }
        IdentityHashMap<Step, StepResult> results = commit.together(fit);
        for (Ticket ticket : batch) {
            if (ticket.result == null) {
                ticket.result = results.get(ticket.step);
                if (ticket.result == null) {
                    ticket.caller.byItself.add(ticket);
                }
            }
        }
    }

    private void commitPatiently(Ticket ticket) {
        patience.acquireUninterruptibly();
        try {
            ticket.result = commit.alone(ticket.step);
        } finally {
            patience.release();
        }
    }

    /** Only if whoever led the batch died of an error of the machine. */
    private static StepResult failed(Step step) {
        return new StepResult.Unknown("step " + step.stepId() + " was in a batch that broke down");
    }
}
