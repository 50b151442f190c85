package dev.kadao.examples.cardshop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @Test
    void an_amount_is_written_as_it_was_read() {
        assertThat(Amount.parse("CNY", "49.00")).isEqualTo(new Amount(4900, "CNY", 2));
        assertThat(Amount.parse("CNY", "0.05").decimal()).isEqualTo("0.05");
        assertThat(Amount.parse("JPY", "1000").decimal()).isEqualTo("1000");
        assertThat(Amount.parse("KWD", "1.005").minorUnits()).isEqualTo(1005);
        assertThat(Amount.parse("USDT", "1.000001").minorUnits()).isEqualTo(1000001);
        assertThat(Amount.parse("CNY", "999999999999999.99").minorUnits()).isEqualTo(99999999999999999L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2",
                " 100 ",
                "100.001",
                "100",
                "100.0",
                "-1.00",
                "+1.00",
                "01.00",
                ".50",
                "1.",
                "",
                "1,00",
                "1.00\n",
                "１.00",
                "0x1",
                "NaN",
                "9999999999999999.00"
            })
    void what_is_no_plain_decimal_with_the_currencys_decimals_is_refused(String text) {
        assertThatThrownBy(() -> Amount.parse("CNY", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the amount must be a plain decimal with 2 decimals for CNY, such as 49.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cny", "XXX", "ABC", "CNYY", "C"})
    void an_unknown_currency_is_refused(String code) {
        assertThatThrownBy(() -> Amount.parse(code, "1.00")).hasMessageContaining("the currency '" + code + "'");
    }
}
