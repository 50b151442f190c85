package dev.kadao.examples.cardshop.config;

import static dev.kadao.examples.cardshop.Configs.SHOP;
import static dev.kadao.examples.cardshop.Configs.config;
import static dev.kadao.examples.cardshop.Configs.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.policy.AlertSettings;
import dev.kadao.policy.CompensationRules;
import dev.kadao.policy.CompensationRules.Remedy;
import dev.kadao.policy.CompensationRules.Rule;
import dev.kadao.policy.HandlingSettings;
import dev.kadao.policy.OverdueSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done for orders that wait: as the library has it, unless the file says otherwise. */
class CareReaderTest {
    @Test
    void an_empty_file_has_the_librarys_defaults() {
        Care care = config("").care();
        assertThat(care.handling()).isEqualTo(HandlingSettings.defaults());
        assertThat(care.overdue()).isEqualTo(OverdueSettings.defaults());
        assertThat(care.compensation()).isEqualTo(CompensationRules.defaults());
        assertThat(care.alerts()).isEqualTo(AlertSettings.defaults());
        assertThat(care.webhook()).isEmpty();
    }

    @Test
    void every_property_has_its_effect() {
        Care care = config(SHOP + """
                handling.cases=PT1H
                handling.complaints=PT30M
                handling.disputes=PT12H
                handling.second-person=goods-too
                overdue.refund-after=PT6H
                compensation.refund-permille=50
                compensation.late-by=PT10M
                compensation.from=CNY 5.00
                alerts.webhook.url=https://chat.example.com/robot?token=t
                alerts.webhook.secret=s
                alerts.oldest-open=PT3H
                alerts.forged-notices=7
                alerts.forged-window=PT10M
                alerts.interval=PT30S
                sku.steam-50.low-stock=9
                """).care();
        assertThat(care.handling())
                .isEqualTo(new HandlingSettings(
                        Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofHours(12), true, true));
        assertThat(care.overdue()).isEqualTo(OverdueSettings.refundAfter(Duration.ofHours(6)));
        assertThat(care.compensation().rules())
                .containsExactly(Rule.from(
                        Duration.ofMinutes(10), Money.parse("5.00", Currency.CNY), new Remedy.RefundShare(50)));
        assertThat(care.alerts())
                .isEqualTo(new AlertSettings(
                        Map.of("steam-50", 9), Duration.ofHours(3), 7, Duration.ofMinutes(10), Duration.ofSeconds(30)));
        assertThat(care.webhook()).get().satisfies(to -> {
            assertThat(to.uri()).hasToString("https://chat.example.com/robot?token=t");
            assertThat(to.secret().expose()).isEqualTo("s");
        });
    }

    @Test
    void a_second_person_may_be_asked_for_money_alone() {
        assertThat(config("handling.second-person=true").care().handling())
                .isEqualTo(HandlingSettings.defaults().withSecondPerson(true));
        assertThat(config("handling.second-person=false").care().handling()).isEqualTo(HandlingSettings.defaults());
    }

    @Test
    void a_compensation_without_a_least_amount_holds_for_every_currency_of_the_shop() {
        assertThat(config(SHOP + "compensation.refund-permille=1\n")
                        .care()
                        .compensation()
                        .rules())
                .extracting(rule -> rule.from().toString())
                .containsExactly("CNY 0.01", "JPY 1");
    }

    @Test
    void a_promise_longer_than_the_usual_alert_moves_that_and_is_no_error() {
        Care care = config("sla.late=PT3H\nsla.redispatch=PT4H\nsla.escalate=PT5H\n")
                .care();
        assertThat(care.alerts().oldestOpen()).isEqualTo(Duration.ofHours(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "overdue.refund-after=PT30M | sla.escalate (PT1H, the default) is longer than overdue.refund-after (PT30M); it must not be.",
                "alerts.oldest-open=PT1M | sla.late (PT2M, the default) is longer than alerts.oldest-open (PT1M); it must not be.",
                "alerts.interval=PT6M | alerts.interval (PT6M) is longer than alerts.forged-window (PT5M, the default); it must not be.",
                "sku.phone-100.low-stock=5 | sku.phone-100.low-stock is set, but sku.phone-100.kind is top-up, which has no stock; remove it."
            })
    void what_contradicts_something_else_is_refused_with_both_values(String line, String sentence) {
        assertThat(rejected(SHOP + line + "\n").problems()).containsExactly(sentence);
    }

    @Test
    void a_compensation_in_a_currency_nobody_pays_in_is_refused_with_both() {
        assertThat(rejected(SHOP + "compensation.refund-permille=1\ncompensation.from=USD 1.00\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("USD", "CNY, JPY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://chat.example.com/?token=hidden",
                "https://hidden@chat.example.com/",
                "https://chat.example.com/#hidden",
                "hidden"
            })
    void a_bad_address_of_the_robot_is_not_shown(String url) {
        assertThat(rejected("alerts.webhook.url=" + url + "\nalerts.webhook.secret=hidden\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("alerts.webhook.url is not acceptable")
                .doesNotContain("hidden");
    }
}
