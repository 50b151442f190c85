package dev.kadao.engine;

import static dev.kadao.engine.Books.withBothOf;
import static dev.kadao.engine.ScriptedStatement.cny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A statement names what has only begun, and a later one may come first. */
class StatementIssuesTest {
    private final Books books = new Books();
    private final Rig rig = books.rig;

    @Test
    void a_refund_that_the_gateway_still_works_on_is_not_done_by_a_bill() {
        books.gateway.refundAnswers.put(RefundId.parse("cart1_r1"), new RefundAnswer.Pending());
        books.placeWithRefund("cart1");
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.PENDING);
        ScriptedStatement statement = withBothOf("cart1").givenBack("cart1_p2", "t2cart1", "cart1_r1", "49.00");
        books.reconcile(statement);
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.PENDING);
    }

    @Test
    void a_refund_that_the_gateway_declined_is_not_done_by_a_bill() {
        books.gateway.refundAnswers.put(RefundId.parse("cart1_r1"), new RefundAnswer.Declined("closed"));
        books.placeWithRefund("cart1");
        ScriptedStatement statement = withBothOf("cart1").givenBack("cart1_p2", "t2cart1", "cart1_r1", "49.00");
        books.reconcile(statement);
        assertThat(rig.checkout("cart1").refund(1).state()).isEqualTo(Refund.State.DECLINED);
    }

    @Test
    void a_part_given_back_in_a_bill_that_is_read_before_the_bill_of_its_payment_keeps_no_money() {
        books.place("cart1");
        ScriptedStatement later = new ScriptedStatement(ManualClockwork.START.plus(Duration.ofDays(1)))
                .givenBack("cart1_p1", "t1", "console-1", "10.00");
        books.reconcile(later);
        books.reconcile(Books.statement().received("cart1_p1", "t1", "49.00"));
        assertThat(books.receipt("cart1").amount()).isEqualTo(cny("49.00"));
        books.reconcile(later);
        assertThat(books.receipt("cart1").movedBack()).isEqualTo(cny("10.00"));
    }
}
