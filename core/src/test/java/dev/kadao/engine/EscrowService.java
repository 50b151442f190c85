package dev.kadao.engine;

import dev.kadao.port.Escrow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/** Keeps to the latest of hold, release, claw back. Answers by a script first, which says itself whether it did anything. */
final class EscrowService implements Escrow {
    /** Every call, such as {@code hold cart1_1_h}. */
    final List<String> calls = new ArrayList<>();
    /** The calls that moved money, in order. */
    final List<String> moved = new ArrayList<>();

    final Map<String, Held> asked = new HashMap<>();
    final Queue<Supplier<Answer>> script = new ArrayDeque<>();
    private final Map<String, String> states = new HashMap<>();

    /** The next calls move nothing and are not answered. */
    void silent(int times) {
        for (int i = 0; i < times; i++) {
            script.add(() -> new Answer.Unknown("no answer"));
        }
    }

    /** The next call moves nothing and says no. */
    void decline() {
        script.add(() -> new Answer.Declined("no such account"));
    }

    /** The next call is done as any other; nobody hears of it. */
    void loseAnswer(int which) {
        for (int i = 0; i < which; i++) {
            script.add(() -> null);
        }
        script.add(() -> {
            throw new IllegalStateException("the line is cut, by plan");
        });
    }

    String stateOf(String reference) {
        return states.getOrDefault(reference, "none");
    }

    private Answer moved(String move, Held held, List<String> from) {
        calls.add(move + " " + held.reference());
        asked.put(held.reference(), held);
        Supplier<Answer> planned = script.poll();
        if (planned == null) {
            return done(move, held, from);
        }
        try {
            Answer answer = planned.get();
            return answer == null ? done(move, held, from) : answer;
        } catch (IllegalStateException cut) {
            done(move, held, from);
            throw cut;
        }
    }

    private Answer done(String move, Held held, List<String> from) {
        String state = stateOf(held.reference());
        if (state.equals(move)) {
            return new Answer.Done();
        }
        if (!from.contains(state)) {
            return new Answer.Declined("it is " + state);
        }
        states.put(held.reference(), move);
        moved.add(move + " " + held.reference());
        return new Answer.Done();
    }

    @Override
    public Answer hold(Held held) {
        return moved("hold", held, List.of("none"));
    }

    @Override
    public Answer release(Held held) {
        return moved("release", held, List.of("none", "hold"));
    }

    @Override
    public Answer clawBack(Held held) {
        return moved("clawBack", held, List.of("none", "hold", "release"));
    }
}
