package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page about taken orders shows, as rules: nothing is begun while a person has it, and all of it goes on after. */
class TakenTest {
    /** They ask or tell what is so anyway, and hand over or send back nothing. */
    private static final Set<String> GOES_ON =
            Set.of("OpenPayment", "QueryPayment", "ClosePayment", "QueryRefund", "SendMessage", "AlertCase");

    @Test
    void no_rung_is_reached_while_taken_and_each_once_after_it_was_given_back() {
        TakenPage.rungs()
                .forEach((rung, orders) -> orders.forEach(timed -> {
                    String where = rung + ", " + timed.name();
                    Story story = timed.story();
                    story.wait(Duration.between(story.now(), timed.at()).minusSeconds(1))
                            .acted(DeskAct.TAKE);
                    for (int i = 0; i < 3; i++) {
                        story.wait(Duration.ofMinutes(1));
                        assertThat(TakenPage.reached(story.decide(new Event.TimeCame(story.now()))))
                                .as(where)
                                .isEmpty();
                    }
                    story.acted(DeskAct.GIVE_BACK);
                    List<Rung> back = TakenPage.reached(story.decide(new Event.TimeCame(story.now())));
                    assertThat(back).as(where).hasSize(1);
                    assertThat(back.get(0) == Rung.END_WAITS ? Rung.END : back.get(0))
                            .as(where)
                            .isEqualTo(rung);
                    assertThat(TakenPage.reached(story.decide(new Event.TimeCame(story.now()))))
                            .as(where)
                            .isEmpty();
                }));
    }

    @Test
    void what_time_decides_is_decided_after_it_was_given_back() {
        TakenPage.times().forEach(timed -> {
            Story story = timed.story();
            story.wait(Duration.between(story.now(), timed.at()).minusSeconds(1))
                    .acted(DeskAct.TAKE);
            Stage stage = story.stage();
            story.wait(Duration.ofDays(40)).decide(new Event.TimeCame(story.now()));
            assertThat(story.stage()).as(timed.name()).isEqualTo(stage);
            boolean atOnce = !TakenPage.givenBack(story).isEmpty();
            boolean then = story.decide(new Event.TimeCame(story.now())) instanceof Verdict.Moved;
            assertThat(atOnce || then).as(timed.name()).isTrue();
        });
    }

    @Test
    void what_is_begun_for_the_order_waits_until_it_is_given_back_and_the_rest_goes_on() {
        TakenPage.effects().forEach((name, history) -> {
            Story story = history.get();
            Class<?> kind = TakenPage.kindOf(name);
            TakenPage.untilDue(story, kind);
            story.acted(DeskAct.TAKE);
            assertThat(TakenPage.isPending(story, kind)).as(name).isEqualTo(GOES_ON.contains(kind.getSimpleName()));
            story.wait(Duration.ofMinutes(1)).acted(DeskAct.GIVE_BACK);
            assertThat(TakenPage.isPending(story, kind)).as(name).isTrue();
        });
    }

    @Test
    void every_effect_there_is_has_its_row() {
        Set<String> effects = Arrays.stream(Effect.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .map(Class::getSimpleName)
                // Keys of an order that is not paid yet have no row so far.
                .filter(name -> !Set.of("ReserveUnpaid", "LetKeysGo").contains(name))
                .collect(Collectors.toSet());

        assertThat(TakenPage.effects().keySet().stream()
                        .map(name -> TakenPage.kindOf(name).getSimpleName())
                        .collect(Collectors.toSet()))
                .isEqualTo(effects);
    }
}
