package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * No cell of the table resends where that could double: each is played on with every answer to every call that follows,
 * under the eyes of {@link HandOvers}, which knows only what suppliers declare.
 */
class DispatchOutcomesTest {
    private static final int MOST_SHOWN = 30;
    /** Calls after the cell whose answers are tried in every way; later ones are not answered. */
    private static final int CALLS = 2;

    private static final int MOST_ROUNDS = 40;
    private static final List<Answer> ANSWERS = List.of(
            Outcomes.UNKNOWN,
            Outcomes.DELIVERED,
            Outcomes.NO,
            Outcomes.SUPPLIER_NO,
            Outcomes.ACCEPTED,
            Outcomes.NOT_SENT,
            Outcomes.NOT_FOUND);

    private final List<String> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<Object> seen = new HashSet<>();
    private int plays;
    private int sends;

    @Test
    void no_cell_sends_where_that_could_double_and_none_gives_money_back_for_what_may_be_handed_over() {
        for (Placings placing : Outcomes.placings()) {
            Outcomes.answers().forEach((answer, first) -> {
                TopUp after = first.on(TopUp.sent(placing));
                assertThat(after).isNotNull();
                String name = placing.name() + " / " + answer;
                playOn(name, after.copy(), CALLS);
                Outcomes.followUps().forEach((next, follow) -> {
                    TopUp cell = follow.on(after.copy());
                    if (cell != null) {
                        playOn(name + " / " + next, cell, CALLS - 1);
                    }
                });
            });
        }
        assertThat(faults)
                .as("sends that could double, in %d plays with %d sends", plays, sends)
                .isEmpty();
        assertThat(plays).as("plays, so that this test means something").isGreaterThan(5_000);
        assertThat(sends).as("sends after a cell").isGreaterThan(3_000);
    }

    @Test
    void no_reference_is_sent_again_when_the_supplier_may_have_forgotten_it() {
        int resent = 0;
        for (Placings placing : Outcomes.placings()) {
            TopUp unclear = TopUp.sent(placing).wait(Duration.ofSeconds(1)).reported(1, Outcomes.UNKNOWN);
            for (Duration at = Duration.ZERO;
                    at.compareTo(Outcomes.LIFETIME.plusMinutes(1)) < 0;
                    at = at.plusSeconds(5)) {
                TopUp late = unclear.copy().wait(at).timeComes();
                resent += late.send() ? 1 : 0;
                note(placing.name() + " / unknown, and " + at + " later", late);
            }
        }
        assertThat(faults).isEmpty();
        assertThat(resent).isGreaterThan(1_000);
    }

    private void playOn(String name, TopUp play, int calls) {
        int left = calls;
        if (!seen.add(List.of(play.checkout(), play.now(), calls))) {
            return;
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            note(name, play);
            Effect call = nextCall(play);
            if (call == null) {
                if (!play.order().stage().isFinal()
                        && play.order().stage() != dev.kadao.order.Stage.PARKED
                        && play.due()) {
                    continue;
                }
                break;
            }
            if (left-- > 0) {
                for (Effect way : ways(play, call)) {
                    // The way that is taken by itself goes on below with an unclear answer.
                    for (Answer answer : ANSWERS.subList(way.equals(call) ? 1 : 0, ANSWERS.size())) {
                        TopUp fork = play.copy();
                        call(fork, way, answer);
                        playOn(name + " > " + way + " " + answer, fork, left);
                    }
                }
            }
            if (left < -4) {
                break;
            }
            call(play, call, Outcomes.UNKNOWN);
        }
        plays++;
    }

    private static @org.jspecify.annotations.Nullable Effect nextCall(TopUp play) {
        return play.pending().stream()
                .filter(effect -> effect instanceof Effect.DispatchGoods
                        || effect instanceof Effect.QueryDispatch
                        || effect instanceof Effect.RefundMoney)
                .findFirst()
                .orElse(null);
    }

    /** A new dispatch may go to another supplier, while the next one takes no orders. */
    private static List<Effect> ways(TopUp play, Effect call) {
        if (!(call instanceof Effect.DispatchGoods goods)) {
            return List.of(call);
        }
        return Lifecycle.suppliersFor(play.checkout(), goods).stream()
                .<Effect>map(to -> new Effect.DispatchGoods(goods.line(), goods.dispatch(), to, goods.send()))
                .toList();
    }

    private void call(TopUp play, Effect call, Answer answer) {
        if (call instanceof Effect.DispatchGoods goods) {
            sends++;
            play.intend(goods);
            play.wait(Duration.ofSeconds(1)).reported(goods.dispatch(), answer);
        } else if (call instanceof Effect.QueryDispatch query) {
            play.told(query.dispatch(), answer);
        } else if (call instanceof Effect.RefundMoney money) {
            play.intend(money);
        }
    }

    private void note(String name, TopUp play) {
        for (String fault : play.faults()) {
            if (known.add(play.placing().name() + fault) && faults.size() < MOST_SHOWN) {
                faults.add(name + ": " + fault);
            }
        }
    }
}
