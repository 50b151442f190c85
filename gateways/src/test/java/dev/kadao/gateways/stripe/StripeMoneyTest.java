package dev.kadao.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.wire.UnreadableException;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeMoneyTest {

    /** From docs.stripe.com/currencies: zero-decimal and three-decimal currencies, and the special cases. */
    @ParameterizedTest
    @CsvSource({
        "CNY, 49.00, 4900",
        "USD, 10.00, 1000",
        "JPY, 500, 500",
        "KRW, 500, 500",
        "VND, 20000, 20000",
        "MGA, 500.00, 500",
        "ISK, 5, 500",
        "UGX, 5, 500",
        "HUF, 10.45, 1045",
        "TWD, 8.00, 800",
        "KWD, 5.120, 5120",
        "BHD, 0.010, 10"
    })
    void amounts_go_and_come_as_stripe_counts_them(String code, String decimal, long units) throws Exception {
        Money amount = Money.parse(decimal, Currency.of(code));
        assertThat(StripeMoney.sent(amount)).contains(units);
        assertThat(StripeMoney.received(units, code.toLowerCase(Locale.ROOT))).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"KWD, 5.124", "MGA, 5.50", "CNY, 0.00"})
    void what_stripe_cannot_take_is_not_rounded(String code, String decimal) {
        assertThat(StripeMoney.sent(Money.parse(decimal, Currency.of(code)))).isEmpty();
    }

    @Test
    void a_currency_of_our_own_or_with_other_decimals_is_not_sent() {
        assertThat(StripeMoney.sent(new Money(100, new Currency("USDT", 6)))).isEmpty();
        assertThat(StripeMoney.sent(new Money(100, new Currency("JPY", 2)))).isEmpty();
        assertThat(StripeMoney.sent(new Money(Long.MAX_VALUE, Currency.CNY))).isEmpty();
    }

    @Test
    void a_fraction_of_what_has_none_is_no_amount() {
        assertThatThrownBy(() -> StripeMoney.received(550, "isk"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("decimals that its currency has not");
    }

    @Property
    void what_was_sent_comes_back_as_it_was(@ForAll @LongRange(min = 1, max = 99_999_999) long minor) throws Exception {
        for (String code : new String[] {"CNY", "JPY", "ISK", "UGX", "KWD", "MGA", "EUR"}) {
            Money amount = new Money(minor, Currency.of(code));
            Optional<Long> sent = StripeMoney.sent(amount);
            if (sent.isPresent()) {
                assertThat(StripeMoney.received(sent.get(), code.toLowerCase(Locale.ROOT)))
                        .isEqualTo(amount);
            }
        }
    }
}
