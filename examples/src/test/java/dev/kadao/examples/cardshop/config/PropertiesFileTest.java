package dev.kadao.examples.cardshop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertiesFileTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    void it_is_utf_8_with_or_without_a_byte_order_mark() {
        byte[] bytes = "\uFEFFsku.x=卡密 \n".getBytes(StandardCharsets.UTF_8);
        assertThat(PropertiesFile.parse(bytes, "f", problems)).containsEntry("sku.x", "卡密");
        assertThat(problems).isEmpty();
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        PropertiesFile.parse(new byte[] {'a', '=', (byte) 0xC3, '('}, "f", problems);
        assertThat(problems).containsExactly("The file f is not valid UTF-8; save it as UTF-8.");
    }

    @Test
    void a_broken_escape_is_refused() {
        PropertiesFile.parse("a=\\u12".getBytes(StandardCharsets.UTF_8), "f", problems);
        assertThat(problems).containsExactly("The file f holds a \\u that is not followed by four hex digits.");
    }
}
