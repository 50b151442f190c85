package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.codec.Codec;
import dev.kadao.desk.ManualDelivery;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.NextStep;
import dev.kadao.insight.Texts;
import dev.kadao.insight.Timeline;
import dev.kadao.order.Bytes;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery by people: what they are to do has a case, a time, and an end that somebody stands for. */
class ManualDeliveryTest {
    private static final CheckoutId TOP_UP = new CheckoutId("top1");
    private static final Duration WITHIN = Duration.ofHours(4);

    private final Rig rig = Rig.with(ManualDelivery.within(WITHIN));

    @AfterEach
    void the_audit_finds_nothing() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private void paid() {
        rig.placeTopUp("top1");
        rig.pay("top1_p1", "t1");
        rig.clockwork.settle();
    }

    private Case open(Case.Kind kind) {
        return rig.checkout("top1").cases().stream()
                .filter(found -> found.isOpen() && found.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private int alerts() {
        Checkout checkout = rig.checkout("top1");
        return checkout.schedule().of("c" + open(Case.Kind.DELIVERY).number()).count();
    }

    private Instant dueOfCase() {
        Checkout checkout = rig.checkout("top1");
        return checkout.schedule().of("c" + open(Case.Kind.DELIVERY).number()).next();
    }

    private Outcome markDelivered(int version, String evidence) {
        Outcome outcome = rig.engine.act(
                TOP_UP, new PersonAct("mark", "MARK_DELIVERED", 1, 0, version, "ann", "done by hand", evidence));
        rig.clockwork.settle();
        return outcome;
    }

    private Diagnosis diagnosis() {
        return Diagnosis.of(rig.checkout("top1"), 1, rig.clockwork.wall().instant());
    }

    @Test
    void a_paid_order_is_with_staff_at_once_and_its_case_is_due_when_they_are() {
        Instant start = rig.clockwork.wall().instant();
        paid();

        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);
        assertThat(rig.openCases("top1")).containsExactly(Case.Kind.DELIVERY);
        assertThat(dueOfCase()).isEqualTo(start.plus(WITHIN));
        assertThat(open(Case.Kind.DELIVERY).evidence().get(0).fact())
                .contains("1 x sku")
                .doesNotContain("13800000000");
    }

    @Test
    void the_case_opens_in_the_commit_of_the_acceptance() {
        paid();
        List<List<Entry>> steps = rig.store.view(view -> view.journal(TOP_UP, 0, 100).stream()
                .map(row -> Codec.decodeJournal(row.entries()).entries())
                .toList());
        assertThat(steps)
                .filteredOn(step -> step.stream().anyMatch(Entry.DispatchAccepted.class::isInstance))
                .singleElement()
                .satisfies(step -> assertThat(step).anyMatch(Entry.CaseOpened.class::isInstance));
    }

    @Test
    void staff_finish_it_with_evidence_and_not_without() {
        paid();
        int version = rig.order("top1").changes();
        assertThat(markDelivered(version, null)).isInstanceOf(Outcome.Refused.class);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);

        assertThat(markDelivered(version, "screenshot 17")).isInstanceOf(Outcome.Done.class);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("top1")).isEmpty();
        assertThat(markDelivered(version, "screenshot 17")).isInstanceOf(Outcome.Done.class);
        rig.clockwork.advance(Duration.ofDays(5));
        assertThat(rig.stage("top1")).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void staff_say_that_nothing_was_handed_over_and_the_money_goes_back() {
        paid();
        rig.act("top1", 1, "REFUND");
        rig.clockwork.advance(Duration.ofMinutes(1));

        assertThat(rig.stage("top1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.openCases("top1")).isEmpty();
        assertThat(rig.order("top1").lastDispatch().state()).isEqualTo(Dispatch.State.DECLINED);
    }

    @Test
    void the_case_cannot_be_closed_while_nothing_was_decided_about_the_order() {
        paid();
        int number = open(Case.Kind.DELIVERY).number();
        Outcome outcome =
                rig.engine.act(TOP_UP, new PersonAct("close", "CLOSE_CASE", 0, number, 0, "ann", "looks fine", null));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(rig.openCases("top1")).containsExactly(Case.Kind.DELIVERY);
    }

    @Test
    void what_is_forgotten_is_alerted_when_due_and_daily_and_parked_in_the_end() {
        paid();
        rig.clockwork.advance(WITHIN.minusMinutes(1));
        assertThat(alerts()).isZero();

        rig.clockwork.advance(Duration.ofMinutes(2));
        assertThat(alerts()).isEqualTo(1);
        rig.pass(Duration.ofDays(2));
        assertThat(alerts()).isEqualTo(3);
        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);

        rig.pass(Duration.ofDays(2));
        assertThat(rig.stage("top1")).isEqualTo(Stage.PARKED);
        assertThat(rig.openCases("top1")).containsExactly(Case.Kind.PARKED);
        assertThat(open(Case.Kind.PARKED).evidence().get(0).fact()).startsWith("our staff, asked as supplier a");
    }

    @Test
    void a_parked_one_that_is_retried_goes_to_staff_under_a_new_number_and_with_a_new_time() {
        paid();
        rig.pass(Duration.ofDays(4));
        assertThat(rig.stage("top1")).isEqualTo(Stage.PARKED);

        rig.act("top1", 1, "RETRY");
        rig.clockwork.advance(Duration.ofMinutes(1));

        assertThat(rig.order("top1").dispatches()).hasSize(2);
        assertThat(rig.openCases("top1")).containsExactly(Case.Kind.DELIVERY);
        assertThat(dueOfCase())
                .isAfter(rig.clockwork.wall().instant().plus(WITHIN).minusSeconds(120));
    }

    @Test
    void terms_that_were_recorded_before_people_could_deliver_are_those_of_an_ordinary_supplier() {
        paid();
        String document =
                rig.store.read(TOP_UP).checkout().orElseThrow().document().asUtf8();
        String before = document.replace(",\"byPeopleWithin\":\"PT4H\"", "");
        assertThat(before).isNotEqualTo(document);
        assertThat(Codec.decode(Bytes.utf8(before)).order(1).dueWithPeople()).isNull();
    }

    @Test
    void an_ordinary_supplier_that_is_working_on_it_is_not_spoken_for_by_staff() {
        ScriptedSupplier supplier = ScriptedSupplier.queryable();
        supplier.onSend.add(() -> new Dispatcher.Answer.Accepted("s-1", null));
        for (int i = 0; i < 20; i++) {
            supplier.onAsk.add(() -> new Dispatcher.Answer.Accepted("s-1", null));
        }
        Rig other = Rig.with(supplier);
        other.placeTopUp("top1");
        other.pay("top1_p1", "t1");
        assertThat(other.stage("top1")).isEqualTo(Stage.DISPATCHING);
        assertThat(other.act("top1", 1, "REFUND")).isInstanceOf(Outcome.Refused.class);
        assertThat(other.openCases("top1")).isEmpty();
    }

    @Test
    void staff_are_told_at_once_that_the_money_went_back_and_the_order_ends_by_their_word() {
        paid();
        rig.receive(dev.kadao.ScriptedGateway.movedBack("top1_p1", "t1", Rig.PRICE));
        rig.clockwork.advance(Duration.ofSeconds(5));

        assertThat(rig.stage("top1")).isEqualTo(Stage.DISPATCHING);
        assertThat(open(Case.Kind.DELIVERY).evidence())
                .anyMatch(evidence -> evidence.fact().contains("hand nothing over any more"));
        assertThat(alerts()).isEqualTo(1);

        rig.act("top1", 1, "REFUND");
        rig.clockwork.settle();
        assertThat(rig.stage("top1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.checkout("top1").refunds()).isEmpty();
    }

    @Test
    void a_process_that_is_killed_before_it_can_store_the_acceptance_asks_staff_again_and_opens_one_case() {
        ManualDelivery staff = ManualDelivery.within(WITHIN);
        Runnable[] trouble = {() -> {}};
        Dispatcher failing = new Dispatcher() {
            @Override
            public SupplierTerms terms() {
                return staff.terms();
            }

            @Override
            public Answer dispatch(Request request, Deadline deadline) {
                trouble[0].run();
                return staff.dispatch(request, deadline);
            }
        };
        Rig killed = Rig.with(failing);
        trouble[0] = () -> killed.store.down(true);
        killed.placeTopUp("top1");
        killed.pay("top1_p1", "t1");
        trouble[0] = () -> {};
        killed.restart();
        assertThat(killed.order("top1").lastDispatch().state()).isEqualTo(Dispatch.State.STARTED);
        assertThat(killed.openCases("top1")).isEmpty();

        killed.clockwork.advance(Duration.ofMinutes(2));
        assertThat(killed.stage("top1")).isEqualTo(Stage.DISPATCHING);
        assertThat(killed.order("top1").dispatches())
                .singleElement()
                .satisfies(dispatch -> assertThat(dispatch.started().send()).isEqualTo(2));
        assertThat(killed.openCases("top1")).containsExactly(Case.Kind.DELIVERY);
        assertThat(killed.engine.audit().violations()).isEmpty();
    }

    @Test
    void the_buyer_reads_that_staff_deliver_and_by_when() {
        Instant start = rig.clockwork.wall().instant();
        paid();
        Diagnosis onTime = diagnosis();
        assertThat(onTime.verdict()).isEqualTo(Diagnosis.Verdict.ON_TIME);
        assertThat(onTime.whoseTurn()).isEqualTo(Stage.Turn.OPERATOR);
        assertThat(onTime.nextStep()).isEqualTo(NextStep.PERSON_DELIVERS);
        assertThat(onTime.eta()).isEqualTo(start.plus(WITHIN));
        assertThat(Texts.standard().sentence(onTime, Locale.CHINESE, ZoneOffset.UTC))
                .contains("人工发货")
                .contains("04:00:00");
        assertThat(Texts.standard().sentence(onTime, Locale.ENGLISH, ZoneOffset.UTC))
                .contains("delivered by hand, by our staff");

        rig.clockwork.advance(Duration.ofMinutes(3));
        assertThat(diagnosis().verdict()).isEqualTo(Diagnosis.Verdict.LATE);
        rig.clockwork.advance(Duration.ofHours(2));
        assertThat(diagnosis().verdict()).isEqualTo(Diagnosis.Verdict.STUCK);
        for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            assertThat(Texts.standard().sentence(diagnosis(), locale, ZoneOffset.UTC))
                    .contains("04:00:00");
        }
    }

    @Test
    void the_timeline_names_staff_and_no_supplier() {
        paid();
        rig.act("top1", 1, "REFUND");
        rig.clockwork.advance(Duration.ofMinutes(1));
        List<Timeline.Fact> facts = new ArrayList<>();
        rig.engine
                .reads()
                .journal(TOP_UP)
                .forEach(recorded -> facts.add(new Timeline.Fact(recorded.at(), recorded.entry())));
        assertThat(Timeline.of(facts, 1).nodes())
                .extracting(Timeline.Node::kind)
                .containsExactly(
                        Timeline.Kind.PLACED,
                        Timeline.Kind.PAID,
                        Timeline.Kind.WITH_STAFF,
                        Timeline.Kind.REFUNDING,
                        Timeline.Kind.MONEY_BACK,
                        Timeline.Kind.REFUNDED);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT1H", "PT-1S,PT1H", "PT1H,PT1H", "PT2H,PT1H", "PT1H,P366D"})
    void times_that_make_no_sense_are_refused(Duration within, Duration giveUp) {
        assertThatThrownBy(() -> new ManualDelivery(within, giveUp)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void past_its_send_deadline_nothing_is_accepted() {
        Instant past = Instant.EPOCH;
        Deadline expired = new Deadline(past, () -> past.plusSeconds(1), 0, () -> 1);
        assertThat(ManualDelivery.within(WITHIN)
                        .dispatch(
                                new Dispatcher.Request(
                                        dev.kadao.order.DispatchId.parse("top1_1_1"), "sku", 1, "1", Rig.PRICE, 1),
                                expired))
                .isInstanceOf(Dispatcher.Answer.NotSent.class);
    }
}
