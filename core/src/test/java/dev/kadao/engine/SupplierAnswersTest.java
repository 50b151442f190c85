package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.Case;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.InboundNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What the engine makes of a supplier that throws, hangs, answers late or answers twice: the same as the rows "unknown",
 * "hangs" and "its caller, once more or late" of docs/lifecycle/dispatch-outcomes.md.
 */
class SupplierAnswersTest {
    private static final Guarantee ONCE = new Guarantee.AtMostOnce();
    private static final Guarantee ASKED = new Guarantee.Queryable(ScriptedSupplier.ASKING);
    private static final Guarantee REPEATED = new Guarantee.Idempotent(Duration.ofHours(1), null);

    private record Run(Rig rig, ScriptedSupplier supplier) {
        Dispatch last() {
            return rig.order("top1").lastDispatch();
        }

        /** A notice about the first dispatch. */
        void tell(Answer answer) {
            supplier.inNotice.add(answer);
            InboundNotice notice = new InboundNotice(
                    "POST",
                    "",
                    Map.of(),
                    Bytes.utf8("top1_1_1"),
                    rig.clockwork.wall().instant());
            assertThat(rig.engine.receiveFromSupplier("a", notice).status()).isEqualTo(200);
            rig.clockwork.settle();
        }

        /** Stays in the call, deaf to its interrupt, which hits this one thread of all. */
        void hang(Duration span) {
            Duration limit = supplier.terms().callLimit();
            rig.clockwork.advance(limit);
            Thread.interrupted();
            rig.clockwork.advance(span.minus(limit));
        }
    }

    private static Run run(Guarantee guarantee) {
        ScriptedSupplier supplier = new ScriptedSupplier(guarantee);
        return new Run(Rig.with(supplier), supplier);
    }

    private static Run paid(Guarantee guarantee, Supplier<Answer> first) {
        Run run = run(guarantee);
        run.supplier.onSend.add(first);
        run.rig.placeTopUp("top1");
        run.rig.pay("top1_p1", "t1");
        return run;
    }

    private static Answer thrown() {
        throw new IllegalStateException("reply lost");
    }

    private static Answer unclear() {
        return new Answer.Unknown("IllegalStateException");
    }

    @Test
    void a_supplier_that_throws_is_treated_in_every_guarantee_as_one_that_is_unclear() {
        for (Guarantee guarantee : List.of(ONCE, ASKED, REPEATED)) {
            Run threw = paid(guarantee, SupplierAnswersTest::thrown);
            Run said = paid(guarantee, SupplierAnswersTest::unclear);
            assertThat(threw.rig.checkout("top1").orders())
                    .as(guarantee.toString())
                    .isEqualTo(said.rig.checkout("top1").orders());
            threw.rig.clockwork.advance(Duration.ofMinutes(2));
            assertThat(threw.supplier.sent).hasSize(guarantee == REPEATED ? 2 : 1);
            assertThat(threw.supplier.asked).hasSize(guarantee == ASKED ? 1 : 0);
        }
    }

    @Test
    void a_call_that_hangs_writes_nothing_until_it_can_write_no_more_and_is_unknown_then() {
        Run run = run(ONCE);
        List<Stage> meanwhile = new ArrayList<>();
        run.supplier.onSend.add(() -> {
            run.hang(Duration.ofSeconds(17));
            meanwhile.add(run.rig.stage("top1"));
            run.rig.clockwork.advance(Duration.ofSeconds(3));
            meanwhile.add(run.rig.stage("top1"));
            return ScriptedSupplier.DELIVERED;
        });
        run.rig.placeTopUp("top1");
        run.rig.pay("top1_p1", "t1");
        assertThat(meanwhile).containsExactly(Stage.DISPATCHING, Stage.PARKED);
        // What it answers after all is a fact like any other.
        assertThat(run.rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(run.rig.openCases("top1")).isEmpty();
        assertThat(run.supplier.sent).hasSize(1);
    }

    @Test
    void a_late_no_of_a_call_that_was_given_up_refunds_nobody_by_itself() {
        Run run = run(ONCE);
        run.supplier.onSend.add(() -> {
            run.hang(Duration.ofSeconds(40));
            return new Answer.Declined(Scope.ORDER, "wrong number");
        });
        run.rig.placeTopUp("top1");
        run.rig.pay("top1_p1", "t1");
        assertThat(run.rig.stage("top1")).isEqualTo(Stage.PARKED);
        assertThat(run.last().state()).isEqualTo(Dispatch.State.DECLINED);
        assertThat(run.rig.checkout("top1").refunds()).isEmpty();
    }

    @Test
    void a_late_not_sent_proves_nothing_once_the_send_is_unknown() {
        Run run = run(ONCE);
        run.supplier.onSend.add(() -> {
            run.hang(Duration.ofSeconds(40));
            return new Answer.NotSent("no connection");
        });
        run.rig.placeTopUp("top1");
        run.rig.pay("top1_p1", "t1");
        run.rig.clockwork.advance(Duration.ofMinutes(5));
        assertThat(run.rig.stage("top1")).isEqualTo(Stage.PARKED);
        assertThat(run.supplier.sent).hasSize(1);
    }

    @Test
    void a_supplier_that_answers_twice_is_heard_once_and_one_that_takes_it_back_makes_a_case() {
        Run run = paid(ASKED, () -> ScriptedSupplier.DELIVERED);
        int changes = run.rig.order("top1").changes();
        run.tell(ScriptedSupplier.DELIVERED);
        assertThat(run.rig.order("top1").changes()).isEqualTo(changes);

        run.tell(new Answer.Declined(Scope.ORDER, "no"));
        assertThat(run.rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(run.rig.openCases("top1")).containsExactly(Case.Kind.CONFLICT);
    }
}
