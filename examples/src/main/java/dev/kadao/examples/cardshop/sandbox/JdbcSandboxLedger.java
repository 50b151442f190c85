package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.examples.cardshop.database.OwnTables;
import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a sandbox without an endpoint: two tables of its own beside the shop's, over a connection of its own,
 * committed before it answers. What was paid it does not know, since only the notices say so: a payment is pending until
 * it is closed, and every refund is done. Several processes may share the tables.
 *
 * <p>The connection belongs to one thread, which nobody interrupts: H2 works on the shop's database in this process, and
 * an interrupt in the middle of its file access closes the file for everybody.
 */
public final class JdbcSandboxLedger implements SandboxLedger, AutoCloseable {
    private static final List<OwnTables.Table> TABLES = List.of(
            new OwnTables.Table("sandbox_closed_payment", "payment varchar(32) primary key"),
            new OwnTables.Table("sandbox_refund", """
                    reference varchar(32) primary key, payment varchar(32) not null,
                    amount varchar(32) not null, currency varchar(8) not null"""));
    private static final int MOST_WAITING = 256;
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);

    private final DataSource database;
    private final Duration limit;
    private final ThreadPoolExecutor thread;
    private @Nullable Connection connection;

    private JdbcSandboxLedger(DataSource database, Duration limit) {
        this.database = database;
        this.limit = limit;
        this.thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "sandbox-ledger");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Makes the tables where they are missing.
     *
     * @param limit of one call
     * @throws ShopDatabase.Unusable if they cannot be made
     */
    public static JdbcSandboxLedger open(DataSource database, Duration limit) throws ShopDatabase.Unusable {
        try {
            OwnTables.make(database, TABLES);
            return new JdbcSandboxLedger(database, limit);
        } catch (SQLException e) {
            throw new ShopDatabase.Unusable("The sandbox gateway's tables cannot be made (" + e.getMessage()
                    + "); let the database's user create tables.");
        }
    }

    @Override
    public PaymentWord payment(PaymentId payment) {
        return ask(
                () -> isClosed(payment) ? new PaymentWord.Closed() : new PaymentWord.Pending(),
                PaymentWord.Unknown::new);
    }

    @Override
    public CloseAnswer close(PaymentId payment) {
        return ask(
                () -> {
                    if (!isClosed(payment)) {
                        write("insert into sandbox_closed_payment (payment) values (?)", payment.toString());
                    }
                    return new CloseAnswer.Closed();
                },
                CloseAnswer.Unknown::new);
    }

    @Override
    public RefundAnswer refund(RefundRequest request) {
        List<String> content = List.of(
                request.payment().toString(),
                request.amount().toDecimal(),
                request.amount().currency().code());
        return ask(
                () -> {
                    Optional<List<String>> known = refundContent(request.refund());
                    if (known.isEmpty()) {
                        write(
                                "insert into sandbox_refund (reference, payment, amount, currency) values (?, ?, ?, ?)",
                                request.refund().toString(),
                                content.get(0),
                                content.get(1),
                                content.get(2));
                    }
                    return known.orElse(content).equals(content)
                            ? new RefundAnswer.Refunded()
                            : new RefundAnswer.Unknown("refund " + request.refund() + " was done as " + known.get()
                                    + " and is asked for as " + content + "; a reference stands for one content");
                },
                RefundAnswer.Unknown::new);
    }

    @Override
    public RefundAnswer refundStatus(RefundId refund) {
        return ask(
                () -> refundContent(refund).isPresent() ? new RefundAnswer.Refunded() : new RefundAnswer.NotFound(),
                RefundAnswer.Unknown::new);
    }

    private boolean isClosed(PaymentId payment) throws SQLException {
        return row("select payment from sandbox_closed_payment where payment = ?", payment.toString(), 1)
                .isPresent();
    }

    private Optional<List<String>> refundContent(RefundId refund) throws SQLException {
        return row("select payment, amount, currency from sandbox_refund where reference = ?", refund.toString(), 3);
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T ask(Work<? extends T> work, Function<String, ? extends T> unknown) {
        try {
            Future<T> answer = thread.submit(() -> settled(work));
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return unknown.apply("the sandbox's ledger is closed or has over " + MOST_WAITING + " calls waiting");
        } catch (TimeoutException e) {
            return unknown.apply("the sandbox's ledger gave no answer within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown.apply("interrupted while waiting for the sandbox's ledger");
        } catch (ExecutionException e) {
            return unknown.apply("the sandbox's ledger failed: " + e.getCause());
        }
    }

    /** One transaction; a row that another process inserted meanwhile is read in a second one. */
    private <T> T settled(Work<? extends T> work) throws SQLException {
        try {
            return committed(work);
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("23")) {
                return committed(work);
            }
            throw e;
        }
    }

    private <T> T committed(Work<? extends T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.done();
            current().commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                // A new one next time: this one may be broken, and closing it rolls back.
                disconnect();
            }
        }
    }

    private Connection current() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection = open;
        }
        return open;
    }

    private void disconnect() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open) {
                open.rollback();
            }
        }
    }

    private Optional<List<String>> row(String sql, String key, int columns) throws SQLException {
        try (PreparedStatement statement = current().prepareStatement(sql)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String[] values = new String[columns];
                for (int i = 0; i < columns; i++) {
                    values[i] = row.getString(i + 1);
                }
                return Optional.of(List.of(values));
            }
        }
    }

    private void write(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = current().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Ends what is under way and lets go of the database; calls from now on are unknown. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The sandbox's ledger did not end within " + CLOSING_LIMIT);
            }
            disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox's connection cannot be closed: " + e.getMessage(), e);
        }
    }
}
