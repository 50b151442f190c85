package dev.kadao.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call to an adapter: with a limit to waiting for a slot and a limit to the call itself. Past the latter its thread
 * is interrupted once and the outcome told is "overdue"; the slot stays taken until the call returns, and what it
 * answers then is told too.
 */
final class GuardedCall<T> implements Runnable {

    /**
     * What to call and whom to tell.
     *
     * @param reference names the call in logs
     * @param limit of the call itself
     * @param longestWait for a slot
     * @param isFailure whether an answer counts against the adapter
     */
    record Order<T>(
            String reference,
            Duration limit,
            Duration longestWait,
            Callable<T> work,
            Predicate<T> isFailure,
            Consumer<Reply<T>> told) {}

    /** What the adapter wants to know of its calls. */
    interface Watcher {
        void overdue();

        void returned(boolean wasOverdue);

        void threw(String reference, Throwable thrown);
    }

    private enum State {
        QUEUED,
        WITHDRAWN,
        RUNNING,
        OVERDUE,
        ENDED
    }

    private final Order<T> order;
    private final Clockwork clockwork;
    private final Breaker.Permit permit;
    private final Watcher watcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Clockwork.Alarm withdrawal;
    private State state = State.QUEUED;
    private @Nullable Thread thread;

    GuardedCall(Order<T> order, Clockwork clockwork, Breaker.Permit permit, Watcher watcher) {
        this.order = order;
        this.clockwork = clockwork;
        this.permit = permit;
        this.watcher = watcher;
        this.withdrawal = clockwork.after(order.longestWait(), this::withdraw);
    }

    /** Ends it before it begins; does nothing if it has begun. */
    void withdraw() {
        if (moved(State.QUEUED, State.WITHDRAWN)) {
            withdrawal.cancel();
            permit.release();
            watcher.returned(false);
            order.told().accept(new Reply.NotBegun<>());
        }
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        withdrawal.cancel();
        Clockwork.Alarm alarm = clockwork.after(order.limit(), this::overdue);
        Reply<T> reply;
        try {
            reply = new Reply.Answered<>(order.work().call(), false);
        } catch (Throwable thrown) {
            // Whatever an adapter throws, an Error too, is an unknown outcome and must not end the loop.
            watcher.threw(order.reference(), thrown);
            reply = new Reply.Threw<>(thrown.getClass().getSimpleName());
        }
        alarm.cancel();
        boolean wasOverdue = end();
        watcher.returned(wasOverdue);
        if (!wasOverdue) {
            report(reply);
            order.told().accept(reply);
        } else if (reply instanceof Reply.Answered<T> answered) {
            order.told().accept(new Reply.Answered<>(answered.value(), true));
        }
    }

    private void report(Reply<T> reply) {
        if (reply instanceof Reply.Answered<T> answered && !order.isFailure().test(answered.value())) {
            permit.success();
        } else {
            permit.failure();
        }
    }

    private void overdue() {
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return;
            }
            state = State.OVERDUE;
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        permit.failure();
        watcher.overdue();
        order.told().accept(new Reply.Overdue<>(order.limit()));
    }

    private boolean begin() {
        lock.lock();
        try {
            if (state != State.QUEUED) {
                return false;
            }
            state = State.RUNNING;
            thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call under the lock, so that the interrupt can never hit whatever the thread does next. */
    private boolean end() {
        lock.lock();
        try {
            boolean wasOverdue = state == State.OVERDUE;
            state = State.ENDED;
            thread = null;
            if (wasOverdue) {
                Thread.interrupted();
            }
            return wasOverdue;
        } finally {
            lock.unlock();
        }
    }

    private boolean moved(State from, State to) {
        lock.lock();
        try {
            if (state != from) {
                return false;
            }
            state = to;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
