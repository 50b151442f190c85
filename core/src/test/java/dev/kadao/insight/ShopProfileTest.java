package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs the shop. */
class ShopProfileTest {
    private static ShopProfile withIcp(String number) {
        return new ShopProfile("卡铺", Optional.empty(), Optional.of(number), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"京ICP备12345678号", "京ICP备12345678号-1", "粤ICP证030173号"})
    void an_icp_number_is_taken_as_it_is_written(String number) {
        assertThat(withIcp(number).icp()).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678", "ICP备12345678号", "京ICP备12345678", "京icp备12345678号", "京ICP备12345678号-1 "})
    void what_is_no_icp_number_is_refused(String number) {
        assertThatThrownBy(() -> withIcp(number))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + number + "'");
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        assertThatThrownBy(() ->
                        new ShopProfile(" ", Optional.of("x".repeat(65)), Optional.of("none"), Optional.of("call\nme")))
                .hasMessageContaining("name has 1")
                .hasMessageContaining("licence has 65")
                .hasMessageContaining("'none'")
                .hasMessageContaining("support channel has 7");
    }
}
