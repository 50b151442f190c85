package dev.kadao.examples.cardshop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "The body is empty; it must be one JSON object."),
                Arguments.of("  ", "The body is empty; it must be one JSON object."),
                Arguments.of("[]", "The body is an array; it must be one JSON object."),
                Arguments.of("1", "The body is a number; it must be one JSON object."),
                Arguments.of("null", "The body is null; it must be one JSON object."),
                Arguments.of("{", "The body is no valid JSON at line 1, column 2."),
                Arguments.of("{\"a\":1,}", "The body is no valid JSON at line 1, column 8."),
                Arguments.of("{'a':1}", "The body is no valid JSON at line 1, column 2."),
                Arguments.of("{\"a\":01}", "The body is no valid JSON at line 1, column 7."),
                Arguments.of("{\"a\":NaN}", "The body is no valid JSON at line 1, column 9."),
                Arguments.of("{} {}", "There is text after the end of the JSON object; send one object only."),
                Arguments.of("{}x", "The body is no valid JSON at line 1, column 3."),
                Arguments.of("{\"o\":[{\"id\":1,\"id\":1}]}", "The member 'o[0].id' stands there twice; send it once."),
                Arguments.of(
                        "{\"a\":{\"b\":\"x\\ud800\"}}",
                        "The text at 'a.b' holds half a surrogate pair (\\ud800), which is no character."),
                Arguments.of("{\"\\udc00\":1}", "The body is no valid JSON at line 1, column 9."),
                Arguments.of(
                        "{\"a\":" + "9".repeat(2000) + "}",
                        "The JSON is nested deeper than 32 levels or has a number or a name beyond all measure"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String json, String detail) {
        assertThatThrownBy(() -> StrictJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.detail()).startsWith(detail);
                });
    }

    @Test
    void huge_nesting_is_refused_without_using_up_the_stack() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> StrictJson.read(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).startsWith("The JSON is nested deeper than 32 levels"));
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
        for (byte[] body : new byte[][] {overlong, surrogate, "{}".getBytes(StandardCharsets.UTF_16)}) {
            assertThatThrownBy(() -> StrictJson.read(body))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The body is not valid UTF-8");
        }
    }

    @Test
    void unknown_members_are_ignored_and_null_counts_as_left_out() {
        Members members = read("{\"x\":[1,{\"y\":1e999999999}],\"a\":\"\uD83D\uDE00\",\"b\":null}");
        assertThat(members.text("a", TextRule.any())).isEqualTo("😀");
        assertThat(members.optionalText("b", TextRule.any())).isEmpty();
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of("{}", "'n' is missing; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":null}", "'n' is missing; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":\"1\"}", "'n' is a text; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":1.0}", "'n' is a number; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":1e0}", "'n' is a number; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":true}", "'n' is true or false; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":0}", "'n' is 0; it must be a whole number from 1 to 9."),
                Arguments.of("{\"n\":4294967297}", "'n' is 4294967297; it must be a whole number from 1 to 9."),
                Arguments.of(
                        "{\"n\":18446744073709551617}",
                        "'n' is 18446744073709551617; it must be a whole number from 1 to 9."));
    }

    @ParameterizedTest
    @MethodSource
    void unfit(String json, String detail) {
        assertThatThrownBy(() -> read(json).whole("n", 1, 9))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.detail()).isEqualTo(detail));
    }

    @Test
    void a_refused_text_is_shown_short_and_visible_and_a_secret_one_not_at_all() {
        TextRule rule = TextRule.printable(3);
        assertThatThrownBy(() ->
                        read("{\"a\":\"x\\u202Ey\\n" + "z".repeat(100) + "\"}").text("a", rule))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail())
                                .isEqualTo("'a' is 'x\\u202ey\\u000a" + "z".repeat(36)
                                        + "…'; it must be 1 to 3 printable characters."));
        assertThatThrownBy(() -> read("{\"a\":\"secret\"}").text("a", rule.hidden()))
                .hasMessageContaining("'a' is not acceptable")
                .hasMessageNotContaining("secret");
    }

    private static Members read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
