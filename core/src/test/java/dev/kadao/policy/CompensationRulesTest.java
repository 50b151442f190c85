package dev.kadao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.policy.CompensationRules.Remedy;
import dev.kadao.policy.CompensationRules.Rule;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Rules that could give away the price, or more, are not taken. */
class CompensationRulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Money cny(String amount) {
        return Money.parse(amount, Currency.CNY);
    }

    private static void isRefused(Runnable making, String why) {
        assertThatThrownBy(making::run)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_share_of_nothing_or_of_the_whole_price_is_refused() {
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.RefundShare(0)), "1 to 999");
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.RefundShare(1_000)), "1 to 999");
    }

    @Test
    void a_credit_that_is_not_below_every_price_it_holds_for_is_refused() {
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.Credit(cny("10.00"))), "below the price");
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.Credit(cny("0.00"))), "below the price");
        Money dollar = Money.parse("1.00", Currency.USD);
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.Credit(dollar)), "of the same currency");
    }

    @Test
    void a_range_without_amounts_and_an_early_breach_and_a_nameless_coupon_are_refused() {
        Remedy coupon = new Remedy.Coupon("sorry");
        isRefused(() -> new Rule(HOUR, cny("10.00"), cny("10.00"), coupon), "no amount is from");
        isRefused(() -> Rule.from(HOUR, cny("0.00"), coupon), "above zero");
        isRefused(() -> Rule.from(HOUR.negated(), cny("10.00"), coupon), "PT0S");
        isRefused(() -> Rule.from(HOUR, cny("10.00"), new Remedy.Coupon(" ")), "printable");
    }

    @Test
    void more_rules_than_fit_into_the_terms_are_refused() {
        Rule rule = Rule.from(HOUR, cny("10.00"), new Remedy.Coupon("sorry"));
        assertThat(new CompensationRules(Collections.nCopies(10, rule)).recorded())
                .hasSize(10);
        isRefused(() -> new CompensationRules(Collections.nCopies(11, rule)), "at most 10");
    }

    @Test
    void a_rule_holds_for_its_amounts_and_currency_from_its_breach_on() {
        CompensationTerms rule = new Rule(HOUR, cny("10.00"), cny("50.00"), new Remedy.RefundShare(50)).terms();

        assertThat(rule.holdsFor(cny("10.00"), HOUR)).isTrue();
        assertThat(rule.holdsFor(cny("49.99"), HOUR.multipliedBy(9))).isTrue();
        assertThat(rule.holdsFor(cny("9.99"), HOUR)).isFalse();
        assertThat(rule.holdsFor(cny("50.00"), HOUR)).isFalse();
        assertThat(rule.holdsFor(cny("10.00"), HOUR.minusNanos(1))).isFalse();
        assertThat(rule.holdsFor(Money.parse("20.00", Currency.USD), HOUR)).isFalse();
    }

    @Test
    void credits_and_coupons_need_somebody_who_grants_them_and_shares_do_not() {
        Rule share = Rule.from(HOUR, cny("10.00"), new Remedy.RefundShare(50));
        Rule coupon = Rule.from(HOUR, cny("10.00"), new Remedy.Coupon("sorry"));
        assertThat(CompensationRules.of(share).needCompensator()).isFalse();
        assertThat(CompensationRules.of(share, coupon).needCompensator()).isTrue();
        assertThat(CompensationRules.defaults().recorded()).isNull();
    }
}
