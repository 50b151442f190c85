package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class JdbcSandboxLedgerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PaymentId PAYMENT = PaymentId.parse("cart42_p1");

    @TempDir
    Path folder;

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0;LOCK_TIMEOUT=60000";
    }

    private JdbcSandboxLedger open() throws ShopDatabase.Unusable {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url());
        return JdbcSandboxLedger.open(database, LIMIT);
    }

    private static RefundRequest refund(String reference, String amount) {
        return new RefundRequest(RefundId.parse(reference), PAYMENT, "t1", Money.parse(amount, Currency.CNY));
    }

    @Test
    void a_payment_is_pending_until_it_is_closed_and_stays_closed_over_a_restart() throws Exception {
        try (JdbcSandboxLedger ledger = open()) {
            assertThat(ledger.payment(PAYMENT)).isEqualTo(new PaymentWord.Pending());
            assertThat(ledger.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
            assertThat(ledger.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
        }
        try (JdbcSandboxLedger ledger = open()) {
            assertThat(ledger.payment(PAYMENT)).isEqualTo(new PaymentWord.Closed());
            assertThat(ledger.payment(PaymentId.parse("cart42_p2"))).isEqualTo(new PaymentWord.Pending());
        }
    }

    @Test
    void a_refund_is_done_once_for_its_reference_and_known_over_a_restart() throws Exception {
        try (JdbcSandboxLedger ledger = open()) {
            assertThat(ledger.refundStatus(RefundId.parse("cart42_r1"))).isEqualTo(new RefundAnswer.NotFound());
            assertThat(ledger.refund(refund("cart42_r1", "49.00"))).isEqualTo(new RefundAnswer.Refunded());
        }
        try (JdbcSandboxLedger ledger = open()) {
            assertThat(ledger.refund(refund("cart42_r1", "49.00"))).isEqualTo(new RefundAnswer.Refunded());
            assertThat(ledger.refund(refund("cart42_r1", "48.00"))).isInstanceOf(RefundAnswer.Unknown.class);
            assertThat(ledger.refundStatus(RefundId.parse("cart42_r1"))).isEqualTo(new RefundAnswer.Refunded());
        }
    }

    @Test
    void what_was_answered_is_committed_for_every_other_connection() throws Exception {
        try (JdbcSandboxLedger ledger = open()) {
            ledger.refund(refund("cart42_r1", "49.00"));
            try (Connection other = DriverManager.getConnection(url());
                    Statement statement = other.createStatement();
                    ResultSet row = statement.executeQuery("select reference, amount from sandbox_refund")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1) + " " + row.getString(2)).isEqualTo("cart42_r1 49.00");
            }
        }
    }

    @Test
    void two_ledgers_on_one_database_and_many_callers_agree() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (JdbcSandboxLedger one = open();
                JdbcSandboxLedger two = open()) {
            List<Future<RefundAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                SandboxLedger ledger = i % 2 == 0 ? one : two;
                RefundRequest request = refund("cart42_r" + (i / 8 + 1), "49.00");
                answers.add(callers.submit(() -> ledger.refund(request)));
            }
            for (Future<RefundAnswer> answer : answers) {
                assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new RefundAnswer.Refunded());
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void an_interrupted_caller_stays_interrupted_and_leaves_the_shops_database_open() throws Exception {
        try (Connection shop = DriverManager.getConnection(url());
                JdbcSandboxLedger ledger = open()) {
            Thread.currentThread().interrupt();

            // The ledger's own thread may be done before the caller begins to wait: then the answer is known after all.
            assertThat(ledger.close(PAYMENT)).isInstanceOfAny(CloseAnswer.Unknown.class, CloseAnswer.Closed.class);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(ledger.close(PAYMENT)).isEqualTo(new CloseAnswer.Closed());
            try (Statement statement = shop.createStatement()) {
                assertThat(statement.execute("select 1")).isTrue();
            }
        }
    }

    @Test
    void a_failure_of_the_database_is_unknown_and_the_next_call_takes_a_new_connection() throws Exception {
        try (JdbcSandboxLedger ledger = open();
                Connection shop = DriverManager.getConnection(url());
                Statement statement = shop.createStatement()) {
            statement.execute("alter table sandbox_refund rename to elsewhere");
            assertThat(ledger.refund(refund("cart42_r1", "49.00"))).isInstanceOf(RefundAnswer.Unknown.class);
            statement.execute("alter table elsewhere rename to sandbox_refund");

            assertThat(ledger.refund(refund("cart42_r1", "49.00"))).isEqualTo(new RefundAnswer.Refunded());
        }
    }

    @Test
    void a_closed_ledger_answers_unknown() throws Exception {
        JdbcSandboxLedger ledger = open();
        ledger.close();

        assertThat(ledger.payment(PAYMENT)).isInstanceOf(PaymentWord.Unknown.class);
        ledger.close();
    }

    @Test
    void a_database_that_cannot_be_used_is_told_at_once() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve("none") + ";IFEXISTS=TRUE");

        assertThatThrownBy(() -> JdbcSandboxLedger.open(database, LIMIT))
                .isInstanceOf(ShopDatabase.Unusable.class)
                .hasMessageContaining("The sandbox gateway's tables cannot be made");
    }
}
