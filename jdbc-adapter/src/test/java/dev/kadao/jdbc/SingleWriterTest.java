package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** H2 in a file loses commits while others write, so they take turns. */
@Timeout(120)
final class SingleWriterTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private WatchedDataSource dataSource() {
        return new WatchedDataSource(TestDatabases.inFile(folder));
    }

    @Test
    void while_one_store_commits_another_of_the_same_file_has_not_begun() throws Exception {
        WatchedDataSource one = dataSource();
        WatchedDataSource other = dataSource();
        JdbcCheckoutStore first = JdbcCheckoutStore.over(one).open();
        JdbcCheckoutStore second = JdbcCheckoutStore.over(other).open();
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        one.beforeCommit = () -> {
            committing.countDown();
            awaitQuietly(gate);
        };
        FutureTask<StepResult> held = commit(first, StepDraft.insert("cart1").plain());
        Thread holder = started(held);
        assertThat(committing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        other.reset();
        FutureTask<StepResult> waiting =
                commit(second, StepDraft.insert("cart2").plain());
        Thread waiter = started(waiting);

        await().atMost(LONG)
                .until(() -> waiter.getState() == Thread.State.TIMED_WAITING
                        || waiter.getState() == Thread.State.TERMINATED);
        assertThat(other.statements).hasValue(0);

        gate.countDown();
        assertThat(held.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(StepResult.Done.class);
        assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(StepResult.Done.class);
        holder.join(LONG.toMillis());
        waiter.join(LONG.toMillis());
        TestDatabases.execute(one, "SHUTDOWN");
    }

    @Test
    void a_turn_within_a_turn_waits_for_nobody() throws Exception {
        SingleWriter writer = SingleWriter.of("a database of " + folder);

        String done = InterruptShield.call(
                () -> writer.inTurn(() -> InterruptShield.call(() -> writer.inTurn(() -> "done"))));

        assertThat(done).isEqualTo("done");
    }

    @Test
    void a_database_behind_an_h2_server_is_refused_with_the_cure() throws Exception {
        Process server = JavaProcess.start(ServingProcess.class, folder.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String url = "jdbc:h2:tcp://127.0.0.1:" + said.readLine() + "/./kadao;WRITE_DELAY=0";

            assertThatThrownBy(
                            () -> JdbcCheckoutStore.over(TestDatabases.at(url)).open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("H2 server")
                    .hasMessageContaining("jdbc:h2:file:");
        } finally {
            end(server);
        }
    }

    private static void end(Process server) throws IOException, InterruptedException {
        server.getOutputStream().close();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }

    private static FutureTask<StepResult> commit(JdbcCheckoutStore store, Step step) {
        return new FutureTask<>(() -> store.commit(List.of(step)).get(0));
    }

    private static Thread started(FutureTask<StepResult> task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            assertThat(gate.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
