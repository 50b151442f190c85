package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.Reading;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the reads of many callers share statements. */
@Timeout(120)
final class PostgresGroupReadTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int READERS = 2;
    private static final int CROWD = 12;

    private final HikariDataSource pool = TestServers.postgres().freshPool();
    private final WatchedDataSource dataSource = new WatchedDataSource(pool);
    private final JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
    private final List<Thread> threads = new ArrayList<>();

    /** A statement passes while there are permits. */
    private final Semaphore gate = new Semaphore(0);

    @AfterEach
    void end() throws InterruptedException {
        gate.release(1_000_000);
        for (Thread thread : threads) {
            thread.join(LONG.toMillis());
        }
        pool.close();
    }

    @Test
    void who_comes_while_both_readers_read_shares_the_next_statement() throws Exception {
        for (int i = 0; i < CROWD; i++) {
            store.commit(
                    List.of(StepDraft.insert("crowd" + i).document("of " + i).plain()));
        }
        dataSource.reset();
        dataSource.beforeStatement = gate::acquireUninterruptibly;
        List<FutureTask<Reading>> tasks = crowd();
        gate.release(1_000);

        for (int i = 0; i < CROWD; i++) {
            Reading reading = tasks.get(i).get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(reading.checkout().orElseThrow().id()).isEqualTo(new CheckoutId("crowd" + i));
            assertThat(reading.checkout().orElseThrow().document().asUtf8()).isEqualTo("of " + i);
        }
        Reading absent = tasks.get(CROWD).get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(absent.checkout()).isEmpty();
        assertThat(dataSource.statements)
                .as("the readers' two, one for all, the time for who is absent")
                .hasValue(4);
    }

    @Test
    void where_a_shared_statement_fails_each_reads_by_itself() throws Exception {
        for (int i = 0; i < CROWD; i++) {
            store.commit(List.of(StepDraft.insert("crowd" + i).plain()));
        }
        dataSource.reset();
        dataSource.beforeStatement = () -> {
            gate.acquireUninterruptibly();
            if (dataSource.statements.get() > READERS && threads.get(READERS) == Thread.currentThread()) {
                throw new SQLException("planted", "XX000");
            }
        };
        List<FutureTask<Reading>> tasks = crowd();
        gate.release(1_000);

        int failed = 0;
        for (int i = 0; i < CROWD; i++) {
            try {
                assertThat(tasks.get(i).get(LONG.toSeconds(), TimeUnit.SECONDS).checkout())
                        .isPresent();
            } catch (ExecutionException e) {
                assertThat(e).hasMessageContaining("planted");
                failed++;
            }
        }
        assertThat(failed).as("the one whose own statement failed too").isEqualTo(1);
    }

    /** Two readers at the gate, then the others behind them, then one who asks for what is not there. */
    private List<FutureTask<Reading>> crowd() {
        List<FutureTask<Reading>> tasks = new ArrayList<>();
        for (int i = 0; i <= CROWD; i++) {
            CheckoutId id = new CheckoutId(i < CROWD ? "crowd" + i : "nobody");
            FutureTask<Reading> task = new FutureTask<>(() -> store.read(id));
            tasks.add(task);
            Thread thread = new Thread(task);
            threads.add(thread);
            thread.start();
            await().atMost(LONG).until(() -> thread.getState() == Thread.State.WAITING);
        }
        return tasks;
    }
}
