package dev.kadao.testkit;

import dev.kadao.port.Escrow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** An escrow in memory that keeps its contract, and loses as many answers as a test wants. Thread-safe. */
public final class FakeEscrow implements Escrow {
    /** Where the money of a reference is. */
    public enum Place {
        HELD,
        RELEASED,
        CLAWED_BACK
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Long> amounts = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private int lost;

    /** An escrow that holds nothing and loses no answer. */
    public FakeEscrow() {}

    /** Makes so many of the next calls happen without an answer. */
    public void loseNext(int times) {
        lock.lock();
        try {
            lost += times;
        } finally {
            lock.unlock();
        }
    }

    /** What was asked for, in order, such as {@code HELD cart42_1_h}. */
    public List<String> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    /** How much of a reference is in a place, in minor units; nothing of what never was held. */
    public long amountIn(Place place, String reference) {
        lock.lock();
        try {
            return places.get(reference) == place ? amounts.getOrDefault(reference, 0L) : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Answer hold(Held held) {
        return move(Place.HELD, held);
    }

    @Override
    public Answer release(Held held) {
        return move(Place.RELEASED, held);
    }

    @Override
    public Answer clawBack(Held held) {
        return move(Place.CLAWED_BACK, held);
    }

    private Answer move(Place to, Held held) {
        lock.lock();
        try {
            calls.add(to + " " + held.reference());
            Place now = places.get(held.reference());
            boolean isLate = now != null && now.compareTo(to) > 0;
            if (!isLate) {
                places.put(held.reference(), to);
                if (to == Place.HELD) {
                    amounts.put(held.reference(), held.amount().minorUnits());
                }
            }
            if (lost > 0) {
                lost--;
                return new Answer.Unknown("fault injected on purpose: the answer is lost");
            }
            return isLate ? new Answer.Declined("it is " + now) : new Answer.Done();
        } finally {
            lock.unlock();
        }
    }
}
