package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.order.Keys;
import dev.kadao.order.Stage;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import org.junit.jupiter.api.Test;

/** Keys that are reserved at placing, in a shop that asks about risk once it is paid. */
class ReservedAndAskedTest {
    private final Story story = Story.of(reservedAndAsked())
            .stock(1, new StockAnswer.ForUnpaid(new UnpaidAnswer.Reserved()))
            .pay("t1", Placings.PRICE);

    private static Placings reservedAndAsked() {
        Placings reserving = Placings.reserving();
        return new Placings(
                "reserved-and-asked",
                reserving.focus(),
                reserving.routes(),
                reserving.suppliers(),
                reserving.terms(),
                reserving.gateway(),
                true,
                1,
                null,
                true);
    }

    private void isAsked() {
        assertThat(story.stage()).isEqualTo(Stage.PAID);
        assertThat(story.order(1).keys().state()).isEqualTo(Keys.State.RESERVED);
        assertThat(story.pending()).containsExactly(new Effect.AssessRisk());
    }

    @Test
    void nothing_is_handed_over_before_the_advisers_have_answered() {
        isAsked();
        story.decide(new Event.RiskSaid(story.now(), null, false));
        assertThat(story.pending()).containsExactly(new Effect.TakeKeys(1));
    }

    @Test
    void a_person_who_tries_again_does_not_pass_by_the_advisers() {
        assertThat(story.act(DeskAct.RETRY, 1)).isInstanceOf(Verdict.Moved.class);
        isAsked();
        story.decide(new Event.RiskSaid(story.now(), "known card", false));
        assertThat(story.stage()).isEqualTo(Stage.ON_HOLD);
        assertThat(story.order(1).keys().state()).isEqualTo(Keys.State.RESERVED);
    }
}
