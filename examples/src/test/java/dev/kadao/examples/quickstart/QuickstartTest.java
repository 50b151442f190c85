package dev.kadao.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    @Test
    void three_notices_deliver_one_key() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Quickstart.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("is AWAITING_PAYMENT")
                .contains("notice 3:  answered 200")
                .contains("is DELIVERED, 1 key left")
                .contains("revealed:  AAAA-BBBB-CCCC");
    }
}
