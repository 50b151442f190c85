package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The merchant gets what is held once the order is completed, and loses it again by a person's word alone. */
class EscrowTest {
    private static final OrderId ORDER = OrderId.parse("cart1.1");
    private static final String REFERENCE = "cart1_1_h";
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    private final BookGateway gateway = new BookGateway();
    private final EscrowService service = new EscrowService();
    private final Rig rig = Rig.escrowing(gateway, service);

    private void paid() {
        rig.place("cart1", Route.keys());
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
    }

    private void delivered() {
        rig.stock("sku", 2);
        paid();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    private void confirm() {
        rig.engine.confirm(ORDER);
        rig.clockwork.settle();
    }

    private void released() {
        delivered();
        confirm();
        assertThat(hold().state()).isEqualTo(Hold.State.RELEASED);
    }

    private Outcome dispute(Engine engine) {
        Outcome outcome = engine.dispute(ORDER, "the key does not work");
        rig.clockwork.settle();
        return outcome;
    }

    private void act(String act) {
        assertThat(rig.act("cart1", 1, act)).isInstanceOf(Outcome.Done.class);
        rig.clockwork.advance(A_WHILE);
    }

    private Hold hold() {
        return rig.checkout("cart1").held().get(0);
    }

    private void isHold(Hold.State state, String... moves) {
        assertThat(hold().state()).isEqualTo(state);
        assertThat(service.moved)
                .containsExactly(List.of(moves).stream()
                        .map(move -> move + " " + REFERENCE)
                        .toArray(String[]::new));
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private Outcome closeOnlyCase() {
        int version = rig.order("cart1").changes();
        int number = rig.checkout("cart1").cases().get(0).number();
        PersonAct act =
                new PersonAct("close-" + version, "CLOSE_CASE", 1, number, version, "ann", "the key works", null);
        Outcome outcome = rig.engine.act(new CheckoutId("cart1"), act);
        rig.clockwork.settle();
        return outcome;
    }

    private long countOf(String move) {
        return service.calls.stream().filter(call -> call.startsWith(move)).count();
    }

    private String evidence(Case.Kind kind) {
        return rig.checkout("cart1").cases().stream()
                .filter(known -> known.kind() == kind)
                .flatMap(known -> known.evidence().stream())
                .map(Case.Evidence::fact)
                .reduce("", (one, other) -> one + "\n" + other);
    }

    @Test
    void money_is_held_when_paid_and_released_when_the_buyer_confirms_each_once() {
        delivered();
        assertThat(hold().amount()).isEqualTo(Rig.PRICE);
        isHold(Hold.State.HELD, "hold");

        confirm();
        confirm();
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        rig.restart();
        rig.pass(Duration.ofDays(5));

        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(service.calls).hasSize(2);
    }

    @Test
    void the_end_of_the_dispute_window_releases_it_too() {
        delivered();
        rig.pass(Duration.ofDays(2));
        isHold(Hold.State.HELD, "hold");
        rig.pass(Duration.ofDays(2));
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void an_order_that_a_person_has_taken_is_released_when_the_buyer_confirms() {
        delivered();
        act("TAKE");
        confirm();
        rig.clockwork.advance(A_WHILE);
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void a_dispute_keeps_it_held_and_money_back_claws_it_back() {
        delivered();
        dispute(rig.engine);
        rig.pass(Duration.ofDays(10));
        isHold(Hold.State.HELD, "hold");
        assertThat(evidence(Case.Kind.DISPUTE)).contains("hold cart1_1_h").contains("HELD");

        act("REFUND");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    @Test
    void a_rejected_dispute_lets_the_merchant_have_it_when_the_old_window_is_over() {
        delivered();
        dispute(rig.engine);
        act("REJECT");
        isHold(Hold.State.HELD, "hold");

        rig.pass(Duration.ofDays(4));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void a_replacement_keeps_it_held_until_the_new_goods_are_confirmed_or_their_window_ends() {
        delivered();
        rig.pass(Duration.ofDays(2));
        dispute(rig.engine);
        act("REPLACE");
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);

        rig.pass(Duration.ofDays(2));
        isHold(Hold.State.HELD, "hold");

        rig.pass(Duration.ofDays(2));
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void a_replacement_that_nobody_can_supply_ends_with_the_money_taken_from_the_merchant() {
        rig.stock("sku", 1);
        paid();
        dispute(rig.engine);
        act("REPLACE");
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REPLACING);
        rig.pass(Duration.ofHours(3));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    @Test
    void a_dispute_that_wins_the_race_against_the_confirmation_of_another_engine_keeps_it_held() {
        Engine other = rig.another();
        delivered();
        rig.store.beforeCommit(0, () -> other.dispute(ORDER, "the key does not work"));

        confirm();

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DISPUTED);
        isHold(Hold.State.HELD, "hold");
    }

    @Test
    void a_dispute_that_wins_the_race_against_the_end_of_the_window_keeps_it_held() {
        delivered();
        rig.pass(Duration.ofDays(3).minus(Duration.ofMinutes(10)));
        isHold(Hold.State.HELD, "hold");
        rig.store.beforeCommit(0, () -> rig.another().dispute(ORDER, "the key does not work"));

        rig.pass(Duration.ofHours(3));

        assertThat(rig.store.wasBeforeCommit()).isTrue();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DISPUTED);
        isHold(Hold.State.HELD, "hold");
    }

    @Test
    void a_dispute_that_loses_the_race_is_a_late_one_and_costs_the_merchant_nothing_by_itself() {
        Engine other = rig.another();
        delivered();
        rig.store.beforeCommit(0, () -> other.confirm(ORDER));

        dispute(rig.engine);
        dispute(rig.engine);
        rig.pass(Duration.ofDays(10));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.DISPUTE);
        assertThat(evidence(Case.Kind.DISPUTE)).contains("hold cart1_1_h");
    }

    @Test
    void a_late_dispute_that_a_person_dismisses_leaves_the_merchant_his_money() {
        released();
        dispute(rig.engine);
        assertThat(closeOnlyCase()).isInstanceOf(Outcome.Done.class);
        rig.pass(Duration.ofDays(10));

        assertThat(rig.openCases("cart1")).isEmpty();
        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(rig.act("cart1", 1, "REFUND")).isNotInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_person_who_refunds_a_late_dispute_claims_it_back_once() {
        released();
        dispute(rig.engine);
        act("REFUND");
        rig.act("cart1", 1, "REFUND");
        rig.restart();
        rig.pass(Duration.ofDays(5));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.trades.get("t1").refunded).isEqualTo(Rig.PRICE.minorUnits());
        isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
        assertThat(countOf("clawBack")).isOne();
        assertThat(rig.openCases("cart1")).isEmpty();
    }

    @Test
    void without_a_dispute_nobody_refunds_a_completed_order() {
        released();
        assertThat(rig.act("cart1", 1, "REFUND")).isNotInstanceOf(Outcome.Done.class);
        assertThat(rig.act("cart1", 1, "RELEASE")).isNotInstanceOf(Outcome.Done.class);
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    @Test
    void a_late_replacement_leaves_the_merchant_what_he_has_and_a_refund_after_it_claims_that_back() {
        released();
        dispute(rig.engine);
        act("REPLACE");
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        isHold(Hold.State.RELEASED, "hold", "release");

        dispute(rig.engine);
        rig.pass(Duration.ofDays(5));
        isHold(Hold.State.RELEASED, "hold", "release");
        act("REFUND");

        isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
    }

    @Test
    void a_late_replacement_that_is_completed_releases_nothing_twice() {
        released();
        dispute(rig.engine);
        act("REPLACE");
        confirm();
        rig.clockwork.advance(A_WHILE);
        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(countOf("release")).isOne();
    }

    @Test
    void money_that_the_gateway_takes_back_after_the_release_is_claimed_back_by_a_person_alone() {
        released();
        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.pass(Duration.ofDays(5));
        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(evidence(Case.Kind.CONFLICT)).contains("hold cart1_1_h").contains("'refund'");

        act("REFUND");

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        isHold(Hold.State.CLAWED_BACK, "hold", "release", "clawBack");
        assertThat(gateway.trades.get("t1").refunded).isZero();
    }

    @Test
    void money_that_the_gateway_takes_back_before_the_release_keeps_it_held_until_a_person_decides() {
        delivered();
        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.pass(Duration.ofDays(5));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        isHold(Hold.State.HELD, "hold");
        assertThat(evidence(Case.Kind.CONFLICT)).contains("hold cart1_1_h").contains("'release'");

        act("RELEASE");

        isHold(Hold.State.RELEASED, "hold", "release");
        assertThat(rig.act("cart1", 1, "RELEASE")).isNotInstanceOf(Outcome.Done.class);
    }

    @Test
    void the_case_about_money_that_stays_with_the_service_cannot_be_closed_before_a_person_has_decided() {
        delivered();
        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.pass(Duration.ofDays(5));
        assertThat(closeConflict()).isInstanceOf(Outcome.Refused.class);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.CONFLICT);

        act("RELEASE");

        assertThat(closeConflict()).isInstanceOf(Outcome.Done.class);
        isHold(Hold.State.RELEASED, "hold", "release");
    }

    private Outcome closeConflict() {
        int number = rig.checkout("cart1").cases().stream()
                .filter(known -> known.kind() == Case.Kind.CONFLICT)
                .findFirst()
                .orElseThrow()
                .number();
        int version = rig.checkout("cart1").order(1).changes();
        Outcome outcome = rig.engine.act(
                new CheckoutId("cart1"),
                new PersonAct("close-" + version, "CLOSE_CASE", 1, number, version, "ann", "seen", null));
        rig.clockwork.settle();
        return outcome;
    }

    @Test
    void money_that_goes_back_before_goods_were_handed_over_is_clawed_back_at_once() {
        paid();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.PAID);
        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.clockwork.advance(A_WHILE);
        isHold(Hold.State.CLAWED_BACK, "hold", "clawBack");
    }

    private void waived(Money... amounts) {
        rig.stock("sku", 1);
        rig.place("cart1", Route.keys());
        for (int i = 1; i <= amounts.length; i++) {
            String payment = i == 1 ? "cart1_p1" : rig.openPayment("cart1");
            rig.receive(gateway.pay(payment, "t" + i, amounts[i - 1]));
        }
        assertThat(rig.stage("cart1")).isEqualTo(Stage.ON_HOLD);
        act("RELEASE");
    }

    @Test
    void all_that_a_person_accepted_for_the_order_is_held() {
        waived(new Money(1_000, Currency.CNY), new Money(700, Currency.CNY));
        assertThat(service.asked.get(REFERENCE).amount()).isEqualTo(new Money(1_700, Currency.CNY));
        isHold(Hold.State.HELD, "hold");
    }

    @Test
    void what_came_in_another_currency_beside_it_is_a_case() {
        waived(new Money(900, Currency.USD), new Money(700, Currency.CNY));
        assertThat(service.asked.get(REFERENCE).amount()).isEqualTo(new Money(700, Currency.CNY));
        assertThat(evidence(Case.Kind.OTHER)).contains("does not cover USD 9.00");
        isHold(Hold.State.HELD, "hold");
    }

    @Test
    void what_came_in_another_currency_alone_is_held() {
        waived(new Money(900, Currency.USD));
        assertThat(service.asked.get(REFERENCE).amount()).isEqualTo(new Money(900, Currency.USD));
        isHold(Hold.State.HELD, "hold");
    }

    @Test
    void without_an_escrow_nothing_is_recorded_of_one() {
        Rig plain = Rig.at(gateway, dev.kadao.order.Terms.LatePayment.DELIVER);
        plain.stock("sku", 1);
        plain.place("cart1", Route.keys());
        plain.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
        plain.engine.confirm(ORDER);
        plain.engine.dispute(ORDER, "the key does not work");
        plain.clockwork.settle();

        assertThat(plain.checkout("cart1").holds()).isNull();
        assertThat(plain.engine.reads().journal(new CheckoutId("cart1")))
                .noneMatch(fact -> fact.entry() instanceof Entry.EscrowBegun);
        assertThat(plain.act("cart1", 1, "REFUND")).isNotInstanceOf(Outcome.Done.class);
    }
}
