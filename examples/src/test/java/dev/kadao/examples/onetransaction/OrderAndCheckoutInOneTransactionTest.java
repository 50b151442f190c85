package dev.kadao.examples.onetransaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OrderAndCheckoutInOneTransactionTest {
    @Test
    void a_rollback_leaves_no_checkout_and_a_commit_leaves_one_that_can_be_paid() throws SQLException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        OrderAndCheckoutInOneTransaction.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("rolled back: order1 is nowhere")
                .contains("committed:   order2 is placed")
                .contains("payment:     order2_p1 is OPEN");
    }
}
