package dev.kadao.examples.cardshop.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.examples.cardshop.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyImportTest {
    @Test
    void one_line_is_one_key_whatever_ends_it() {
        assertThat(keys("A\nB\r\nC")).containsExactly("A", "B", "C");
        assertThat(keys("A\r\n")).containsExactly("A");
        assertThat(keys("\uFEFFA\nB\n")).containsExactly("A", "B");
        assertThat(keys("")).isEmpty();
    }

    @Test
    void spaces_at_the_ends_are_cut_and_those_inside_stay() {
        assertThat(keys("  A B \t\n\u3000卡\u00A0\n")).containsExactly("A B", "卡");
    }

    @Test
    void blank_lines_are_skipped_but_count_as_lines() {
        KeyImport read = read("\n  \r\nA\n\nB\u0007\n");
        assertThat(read.keys()).containsExactly(new Secret("A"));
        assertThat(read.rejected()).containsExactly(5);
    }

    @Test
    void a_duplicate_is_left_to_the_inventory() {
        assertThat(keys("A\nA\n")).containsExactly("A", "A");
    }

    @Test
    void control_characters_and_over_512_characters_are_rejected_by_line() {
        String longest = "😀".repeat(512);
        KeyImport read = read("A\tB\nok\n" + longest + "\n" + "x".repeat(513) + "\nA\rB\nA\u0085B\nA\u007F\n");
        assertThat(read.keys()).containsExactly(new Secret("ok"), new Secret(longest));
        assertThat(read.rejected()).isEqualTo(List.of(1, 4, 5, 6, 7));
    }

    @Test
    void broken_utf_8_costs_its_own_line_only() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("A\n".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(new byte[] {'B', (byte) 0xE5, (byte) 0x8D, '\n', (byte) 0xFF, '\n'});
        text.writeBytes("C".getBytes(StandardCharsets.UTF_8));
        KeyImport read = KeyImport.read(text.toByteArray());
        assertThat(read.keys()).containsExactly(new Secret("A"), new Secret("C"));
        assertThat(read.rejected()).containsExactly(2, 3);
    }

    @Test
    void keys_do_not_show_when_an_import_is_printed() {
        assertThat(read("MARKER-KEY").toString()).doesNotContain("MARKER-KEY");
    }

    private static KeyImport read(String text) {
        return KeyImport.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> keys(String text) {
        KeyImport read = read(text);
        assertThat(read.rejected()).isEmpty();
        return read.keys().stream().map(Secret::text).toList();
    }
}
