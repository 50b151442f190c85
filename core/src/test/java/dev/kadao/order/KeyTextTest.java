package dev.kadao.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static List<Secret> secrets(String... texts) {
        return Arrays.stream(texts).map(Secret::of).toList();
    }

    @Test
    void white_space_at_both_ends_is_cut_and_nothing_else() {
        assertThat(KeyText.kept(Secret.of(" \t\u3000\u00a0A b\u00a0\r\n"))).isEqualTo(Secret.of("A b"));
        assertThat(KeyText.kept(Secret.of("ä\uD83C\uDFAE"))).isEqualTo(Secret.of("ä\uD83C\uDFAE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "卡-1", " a b ", "\uD83C\uDFAE", "x\n"})
    void these_are_keys(String text) {
        assertThat(KeyText.flaw(Secret.of(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u00a0\n", "a\tb", "a\u0000", "\u0085x", "a\uD83C", "\uDFAE"})
    void these_are_none(String text) {
        assertThat(KeyText.flaw(Secret.of(text))).isPresent();
    }

    @Test
    void a_key_has_at_most_512_characters_however_many_units_they_take() {
        assertThat(KeyText.flaw(Secret.of("\uD83C\uDFAE".repeat(512) + " "))).isEmpty();
        assertThat(KeyText.flaw(Secret.of("x".repeat(513)))).contains("has 513 characters, more than 512");
    }

    @Test
    void what_is_wrong_with_several_is_named_by_number_and_never_by_content() {
        assertThat(KeyText.flaw(secrets("a", "b"))).isEmpty();
        assertThat(KeyText.flaw(secrets())).contains("no key came");
        assertThat(KeyText.flaw(secrets("first", "se\u0007cond"))).contains("key 2 of 2 has control characters");
        assertThat(KeyText.flaw(secrets("first", "second", "first "))).contains("keys 1 and 3 of 3 are the same");
    }
}
