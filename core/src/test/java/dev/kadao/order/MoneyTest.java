package dev.kadao.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @Test
    void a_decimal_is_read_and_shown_exactly() {
        Money money = Money.parse("49.05", Currency.CNY);

        assertThat(money.minorUnits()).isEqualTo(4905);
        assertThat(money).hasToString("CNY 49.05");
        assertThat(Money.parse("49", Currency.JPY).toDecimal()).isEqualTo("49");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e2", " 100.00", "100.001", "100", "100.0", "-1.00", "+1.00", "01.00", ".50", "1,00", "", "١.٠٠"
            })
    void no_other_spelling_of_an_amount_is_read(String text) {
        assertThatThrownBy(() -> Money.parse(text, Currency.CNY)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void amounts_of_two_currencies_are_never_combined() {
        Money yuan = Money.parse("1.00", Currency.CNY);
        Money dollar = Money.parse("1.00", Currency.USD);

        assertThatThrownBy(() -> yuan.plus(dollar)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> yuan.isMoreThan(dollar)).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void a_sum_that_overflows_is_an_exception() {
        Money most = new Money(Long.MAX_VALUE, Currency.CNY);

        assertThatThrownBy(() -> most.plus(new Money(1, Currency.CNY))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void the_decimals_of_an_unknown_currency_are_not_guessed() {
        assertThat(Currency.of("JPY").decimals()).isZero();
        assertThatThrownBy(() -> Currency.of("USDT"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("USDT");
    }
}
