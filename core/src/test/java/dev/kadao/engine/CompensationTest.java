package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.BookGateway.Call;
import dev.kadao.engine.BookGateway.Fault;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.Texts;
import dev.kadao.order.Case;
import dev.kadao.order.Compensation;
import dev.kadao.order.Compensation.Kind;
import dev.kadao.order.Compensation.State;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.policy.CompensationRules;
import dev.kadao.policy.CompensationRules.Remedy;
import dev.kadao.policy.CompensationRules.Rule;
import dev.kadao.port.Compensator;
import dev.kadao.port.Compensator.Answer;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What buyers get on top for what came too late: once, after the end of the wait, and below the price. */
class CompensationTest {
    private static final Duration LATE = Duration.ofMinutes(5);

    private final BookGateway gateway = new BookGateway();
    private final Ledger ledger = new Ledger();
    private Rig rig;

    /** A shop's table of credits: unique by reference. Answers by a script first. */
    private static final class Ledger implements Compensator {
        private final List<Grant> asked = new ArrayList<>();
        private final Set<String> granted = new LinkedHashSet<>();
        private final Queue<Supplier<Answer>> script = new ArrayDeque<>();

        @Override
        public Answer grant(Grant grant) {
            asked.add(grant);
            if (!script.isEmpty()) {
                return script.remove().get();
            }
            granted.add(grant.reference());
            return new Answer.Granted();
        }
    }

    private static Money cny(String amount) {
        return Money.parse(amount, Rig.PRICE.currency());
    }

    private static CompensationTerms rule(Duration breach, Remedy remedy) {
        List<CompensationTerms> recorded =
                CompensationRules.of(Rule.from(breach, cny("10.00"), remedy)).recorded();
        return recorded == null ? null : recorded.get(0);
    }

    private static CompensationTerms credit() {
        return rule(Duration.ZERO, new Remedy.Credit(cny("5.00")));
    }

    private static CompensationTerms tenth() {
        return rule(Duration.ZERO, new Remedy.RefundShare(100));
    }

    private void shop(CompensationTerms... rules) {
        rig = Rig.compensating(gateway, ScriptedSupplier.queryable(), ledger, rules);
    }

    /** An order of keys that are there only after this time. */
    private void deliveredAfter(Duration wait) {
        rig.place("cart1", Route.keys());
        pay();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.PAID);
        rig.clockwork.advance(wait);
        rig.stock("sku", 1);
        rig.engine.stockArrived("sku");
        rig.clockwork.settle();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
    }

    private void pay() {
        rig.receive(gateway.pay("cart1_p1", "t1", Rig.PRICE));
    }

    private Compensation only() {
        assertThat(rig.checkout("cart1").compensated()).hasSize(1);
        return rig.checkout("cart1").compensation(1);
    }

    private void noFault() {
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void what_comes_in_time_is_not_compensated() {
        shop(credit(), tenth());
        deliveredAfter(Duration.ofSeconds(90));

        rig.pass(Duration.ofDays(1));

        assertThat(rig.checkout("cart1").compensated()).isEmpty();
        assertThat(ledger.asked).isEmpty();
        assertThat(gateway.refunds).isEmpty();
    }

    @Test
    void a_credit_for_a_late_delivery_is_granted_once_whatever_is_repeated() {
        shop(credit());
        Engine other = rig.another();
        deliveredAfter(LATE);
        pay();
        rig.restart();
        other.stockArrived("sku");
        pay();
        rig.pass(Duration.ofDays(4));

        assertThat(only().state()).isEqualTo(State.GRANTED);
        assertThat(ledger.granted).containsExactly("cart1_c1");
        assertThat(ledger.asked).singleElement().satisfies(grant -> {
            assertThat(grant.order()).hasToString("cart1.1");
            assertThat(grant.kind()).isEqualTo(Kind.CREDIT);
            assertThat(grant.amount()).isEqualTo(cny("5.00"));
            assertThat(grant.recipient()).contains("13800000000");
        });
        noFault();
    }

    @Test
    void an_order_that_a_person_has_taken_is_compensated_once_the_buyer_has_confirmed_it() {
        shop(credit());
        ledger.script.add(() -> new Compensator.Answer.Unknown("no answer"));
        deliveredAfter(LATE);
        rig.act("cart1", 1, "TAKE");
        rig.engine.confirm(OrderId.parse("cart1.1"));
        rig.pass(Duration.ofHours(1));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        assertThat(only().state()).isEqualTo(State.GRANTED);
    }

    @Test
    void the_buyer_is_told_of_it_as_it_stands() {
        shop(credit());
        ledger.script.add(() -> new Compensator.Answer.Unknown("no answer"));
        deliveredAfter(LATE);

        assertThat(told()).contains("您久等，补偿正在办理。");

        rig.pass(Duration.ofMinutes(5));

        assertThat(told()).contains("您久等，补偿已经给您。");
    }

    private String told() {
        Diagnosis diagnosis =
                Diagnosis.of(rig.checkout("cart1"), 1, rig.clockwork.wall().instant());
        return Texts.standard().sentence(diagnosis, Locale.CHINESE, ZoneOffset.UTC);
    }

    @Test
    void a_grant_whose_record_was_lost_with_the_process_is_asked_for_again_under_the_same_reference() {
        shop(credit());
        ledger.script.add(() -> {
            ledger.granted.add("cart1_c1");
            rig.store.down(true);
            return new Answer.Granted();
        });
        deliveredAfterOutage();

        assertThat(ledger.asked).hasSize(2).allMatch(grant -> grant.reference().equals("cart1_c1"));
        assertThat(ledger.granted).hasSize(1);
        assertThat(only().state()).isEqualTo(State.GRANTED);
        noFault();
    }

    private void deliveredAfterOutage() {
        rig.place("cart1", Route.keys());
        pay();
        rig.clockwork.advance(LATE);
        rig.stock("sku", 1);
        rig.engine.stockArrived("sku");
        rig.clockwork.settle();
        rig.restart();
        rig.clockwork.advance(Duration.ofMinutes(2));
    }

    @Test
    void two_engines_that_both_ask_use_one_reference_and_grant_once() {
        shop(credit());
        Engine other = rig.another();
        ledger.script.add(() -> {
            // The claim of the first lapses while it waits for its answer, and the other one asks.
            rig.clockwork.pause(Duration.ofMinutes(1));
            ledger.granted.add("cart1_c1");
            return new Answer.Granted();
        });
        deliveredAfter(LATE);
        rig.clockwork.advance(Duration.ofMinutes(2));

        assertThat(other.audit().violations()).isEmpty();
        assertThat(ledger.granted).containsExactly("cart1_c1");
        assertThat(ledger.asked)
                .isNotEmpty()
                .allMatch(grant -> grant.reference().equals("cart1_c1"));
        assertThat(only().state()).isEqualTo(State.GRANTED);
    }

    @Test
    void no_clear_answer_is_asked_about_again_and_ends_as_a_case_after_a_month() {
        shop(credit());
        for (int i = 0; i < 1_000; i++) {
            ledger.script.add(() -> new Answer.Unknown("no answer"));
        }
        deliveredAfter(LATE);
        rig.clockwork.advance(Duration.ofMinutes(1));
        assertThat(ledger.asked).hasSizeBetween(3, 20);

        rig.pass(Duration.ofDays(32));

        assertThat(only().state()).isEqualTo(State.UNCLEAR);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.OTHER);
        int asked = ledger.asked.size();
        rig.pass(Duration.ofDays(2));
        assertThat(ledger.asked).hasSize(asked);
    }

    @Test
    void a_definite_no_is_a_case_and_is_not_asked_again() {
        shop(rule(Duration.ZERO, new Remedy.Coupon("sorry-5")));
        ledger.script.add(() -> new Answer.Declined("no coupons left"));
        deliveredAfter(LATE);
        rig.pass(Duration.ofDays(1));

        assertThat(only().state()).isEqualTo(State.DECLINED);
        assertThat(ledger.asked).singleElement().matches(grant -> "sorry-5".equals(grant.coupon()));
        assertThat(rig.checkout("cart1").cases())
                .singleElement()
                .matches(known -> known.evidence().get(0).fact().contains("no coupons left"));
    }

    @Test
    void a_share_of_the_price_goes_back_once_and_the_order_stays_delivered() {
        shop(tenth());
        gateway.fail(Call.REFUND, Fault.REPLY_LOST);
        deliveredAfter(LATE);
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.UNKNOWN);
        assertThat(only().state()).isEqualTo(State.DUE);

        rig.pass(Duration.ofDays(4));

        assertThat(gateway.refunded("cart1_p1")).isEqualTo(490);
        assertThat(only().state()).isEqualTo(State.GRANTED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.COMPLETED);
        noFault();
    }

    @Test
    void a_share_that_the_gateway_declines_is_a_case_and_the_order_stays_delivered() {
        shop(tenth());
        gateway.fail(Call.REFUND, Fault.DECLINED);
        deliveredAfter(LATE);

        assertThat(only().state()).isEqualTo(State.DECLINED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.openCases("cart1")).containsExactly(Case.Kind.REFUND_DECLINED);
    }

    @Test
    void money_back_after_a_share_of_it_is_the_rest_alone() {
        shop(tenth());
        deliveredAfter(LATE);
        rig.act("cart1", 1, "REFUND");
        rig.clockwork.advance(LATE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(gateway.refunded("cart1_p1")).isEqualTo(Rig.PRICE.minorUnits());
        assertThat(rig.checkout("cart1").refunds())
                .extracting(Refund::amount)
                .containsExactly(cny("4.90"), cny("44.10"));
        assertThat(rig.checkout("cart1").compensated()).hasSize(1);
        noFault();
    }

    @Test
    void money_back_that_comes_late_is_compensated_by_what_is_no_share_of_it_and_not_before_it_is_back() {
        shop(tenth(), credit());
        gateway.fail(Call.REFUND, Fault.REPLY_LOST);
        gateway.fail(
                Call.QUERY_REFUND, Collections.nCopies(50, Fault.REPLY_LOST).toArray(Fault[]::new));
        rig.place("cart1", Route.keys());
        pay();
        rig.clockwork.advance(Duration.ofHours(1).plusSeconds(1));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDING);
        assertThat(rig.checkout("cart1").compensated()).isEmpty();

        gateway.heal();
        rig.clockwork.advance(LATE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(only().kind()).isEqualTo(Kind.CREDIT);
        assertThat(ledger.granted).containsExactly("cart1_c1");
        assertThat(gateway.refunded("cart1_p1")).isEqualTo(Rig.PRICE.minorUnits());
        noFault();
    }

    @Test
    void money_back_for_goods_that_came_in_time_is_not_compensated_however_late_it_is() {
        shop(credit());
        deliveredAfter(Duration.ofSeconds(30));
        rig.clockwork.advance(Duration.ofHours(5));
        rig.act("cart1", 1, "REFUND");
        rig.clockwork.advance(LATE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.REFUNDED);
        assertThat(rig.checkout("cart1").compensated()).isEmpty();
    }

    @Test
    void a_late_replacement_of_an_order_that_was_compensated_is_not_compensated_again() {
        shop(credit());
        deliveredAfter(LATE);
        rig.act("cart1", 1, "REPLACE");
        assertThat(rig.stage("cart1")).isEqualTo(Stage.REPLACING);
        rig.clockwork.advance(LATE);
        rig.inventory.importKeys("sku", List.of(Secret.of("another")));
        rig.engine.stockArrived("sku");
        rig.clockwork.advance(LATE);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.order("cart1").keys().replacement()).isEqualTo(1);
        assertThat(only().state()).isEqualTo(State.GRANTED);
    }

    @Test
    void a_credit_that_was_not_granted_when_the_gateway_gave_the_money_back_is_cancelled() {
        shop(credit());
        ledger.script.add(() -> new Answer.Unknown("no answer"));
        deliveredAfter(LATE);
        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.pass(Duration.ofDays(1));

        assertThat(only().state()).isEqualTo(State.CANCELLED);
        assertThat(ledger.asked).hasSize(1);
        assertThat(rig.checkout("cart1").cases())
                .anySatisfy(known -> assertThat(known.subject()).isEqualTo("cart1_c1"));
    }

    @Test
    void a_share_that_was_not_sent_when_the_gateway_gave_the_money_back_is_cancelled() {
        ScriptedSupplier supplier = slow();
        rig = Rig.compensating(gateway, supplier, ledger, tenth());
        rig.place("cart1", Route.topUp("a"));
        pay();
        rig.clockwork.advance(Duration.ofSeconds(150));
        rig.act("cart1", 1, "TAKE");
        supplier.inNotice.add(ScriptedSupplier.DELIVERED);
        rig.engine.receiveFromSupplier("a", ScriptedGateway.notice("cart1_1_1"));
        rig.clockwork.advance(LATE);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(only().state()).isEqualTo(State.DUE);

        rig.receive(gateway.moveBack("t1", Rig.PRICE));
        rig.act("cart1", 1, "GIVE_BACK");
        rig.pass(Duration.ofDays(1));

        assertThat(only().state()).isEqualTo(State.CANCELLED);
        assertThat(gateway.refunds).isEmpty();
        noFault();
    }

    private static ScriptedSupplier slow() {
        ScriptedSupplier supplier = ScriptedSupplier.queryable();
        supplier.onSend.add(() -> new Dispatcher.Answer.Accepted("s-1", null));
        for (int i = 0; i < 85; i++) {
            supplier.onAsk.add(() -> new Dispatcher.Answer.Accepted("s-1", null));
        }
        return supplier;
    }

    @Test
    void the_rule_of_the_longest_breach_holds_and_others_prices_do_not() {
        CompensationTerms forDearer = CompensationRules.of(
                        Rule.from(Duration.ZERO, cny("50.00"), new Remedy.Coupon("dear")))
                .recorded()
                .get(0);
        shop(
                forDearer,
                rule(Duration.ZERO, new Remedy.Credit(cny("1.00"))),
                rule(Duration.ofMinutes(10), new Remedy.Credit(cny("2.00"))),
                rule(Duration.ofMinutes(30), new Remedy.Credit(cny("3.00"))));
        deliveredAfter(Duration.ofMinutes(20));

        assertThat(only().amount()).isEqualTo(cny("2.00"));
    }

    @Test
    void a_supplier_that_is_late_is_compensated_when_it_has_delivered() {
        rig = Rig.compensating(gateway, slow(), ledger, tenth());
        rig.place("cart1", Route.topUp("a"));
        pay();
        rig.clockwork.advance(Duration.ofSeconds(150));
        assertThat(rig.stage("cart1")).isEqualTo(Stage.DISPATCHING);
        assertThat(rig.checkout("cart1").compensated()).isEmpty();

        rig.clockwork.advance(Duration.ofMinutes(30));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(gateway.refunded("cart1_p1")).isEqualTo(490);
    }
}
