package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the steps of many callers share commits. */
@Timeout(120)
final class GroupCommitTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final WatchedDataSource dataSource = new WatchedDataSource(TestDatabases.inMemory());
    private final JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
    private final List<Thread> threads = new ArrayList<>();

    /** COMMIT passes while there are permits. */
    private final Semaphore gate = new Semaphore(0);

    @AfterEach
    void end() throws InterruptedException {
        gate.release(1_000_000);
        for (Thread thread : threads) {
            thread.join(LONG.toMillis());
        }
    }

    private <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    private FutureTask<StepResult> committing(Step step) {
        return started(() -> commit(step));
    }

    private StepResult commit(Step step) {
        return store.commit(List.of(step)).get(0);
    }

    private static StepResult of(FutureTask<StepResult> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Until so many of the threads stand still, at the gate or in the queue. */
    private void awaitWaiting(int number) {
        await().atMost(LONG)
                .until(() -> threads.stream()
                                .filter(thread -> thread.getState() == Thread.State.WAITING)
                                .count()
                        == number);
    }

    private void holdCommits() {
        dataSource.beforeCommit = gate::acquireUninterruptibly;
        dataSource.reset();
    }

    @Test
    void who_comes_while_both_writers_commit_shares_the_next_commit() throws Exception {
        holdCommits();
        List<FutureTask<StepResult>> tasks = new ArrayList<>();
        for (int i = 0; i < GroupCommit.WRITERS; i++) {
            tasks.add(committing(StepDraft.insert("writer" + i).plain()));
        }
        awaitWaiting(GroupCommit.WRITERS);
        for (int i = 0; i < 20; i++) {
            tasks.add(committing(StepDraft.insert("crowd" + i).plain()));
        }
        awaitWaiting(GroupCommit.WRITERS + 20);
        gate.release(1_000);

        for (FutureTask<StepResult> task : tasks) {
            assertThat(of(task)).isInstanceOf(StepResult.Done.class);
        }
        assertThat(dataSource.commits).hasValue(GroupCommit.WRITERS + 1);
    }

    @Test
    void a_lone_step_takes_one_commit() {
        dataSource.reset();

        assertThat(commit(StepDraft.insert("cart1").journal("[]").plain())).isInstanceOf(StepResult.Done.class);

        assertThat(dataSource.commits).hasValue(1);
    }

    @Test
    void a_row_that_somebody_has_locked_stalls_its_own_step_alone() throws Exception {
        store.commit(List.of(
                StepDraft.insert("locked").plain(), StepDraft.insert("free").plain()));
        try (Connection other = dataSource.getConnection();
                PreparedStatement lock =
                        other.prepareStatement("SELECT id FROM kadao_checkout WHERE id = 'locked' FOR UPDATE")) {
            other.setAutoCommit(false);
            lock.executeQuery();
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<StepResult> stalled = started(() -> {
                begun.countDown();
                return commit(StepDraft.on("locked", 1, 0).document("late").plain());
            });
            begun.await();

            for (int version = 1; version <= 5; version++) {
                assertThat(commit(StepDraft.on("free", version, 0).plain())).isInstanceOf(StepResult.Done.class);
            }

            other.rollback();
            assertThat(of(stalled)).isInstanceOf(StepResult.Done.class);
        }
        assertThat(document("locked")).isEqualTo("late");
    }

    @Test
    void of_two_callers_with_one_checkout_one_is_written_and_one_is_stale() throws Exception {
        commit(StepDraft.insert("cart1").plain());
        holdCommits();
        List<FutureTask<StepResult>> tasks = new ArrayList<>();
        for (int i = 0; i < GroupCommit.WRITERS; i++) {
            tasks.add(committing(StepDraft.insert("writer" + i).plain()));
        }
        awaitWaiting(GroupCommit.WRITERS);
        FutureTask<StepResult> first =
                committing(StepDraft.on("cart1", 1, 0).document("one").plain());
        FutureTask<StepResult> second =
                committing(StepDraft.on("cart1", 1, 0).document("two").plain());
        awaitWaiting(GroupCommit.WRITERS + 2);
        gate.release(1_000);

        assertThat(List.of(of(first), of(second)))
                .hasAtLeastOneElementOfType(StepResult.Done.class)
                .hasAtLeastOneElementOfType(StepResult.Stale.class);
    }

    @Test
    void a_step_that_cannot_be_finished_takes_no_other_of_its_batch_with_it() throws Exception {
        holdCommits();
        List<FutureTask<StepResult>> writers = new ArrayList<>();
        for (int i = 0; i < GroupCommit.WRITERS; i++) {
            writers.add(committing(StepDraft.insert("writer" + i).plain()));
        }
        awaitWaiting(GroupCommit.WRITERS);
        FutureTask<StepResult> good =
                committing(StepDraft.insert("good").journal("[]").plain());
        FutureTask<StepResult> bad =
                committing(StepDraft.insert("bad").journal("[]").journal("[]").plain());
        awaitWaiting(GroupCommit.WRITERS + 2);
        gate.release(1_000);

        assertThat(of(good)).isInstanceOf(StepResult.Done.class);
        assertThat(of(bad))
                .isInstanceOfSatisfying(
                        StepResult.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("does not follow"));
        assertThat(store.read(new CheckoutId("bad")).checkout()).isEmpty();
    }

    @Test
    void an_interrupted_caller_gets_his_answer_and_keeps_his_interrupt() throws Exception {
        holdCommits();
        for (int i = 0; i < GroupCommit.WRITERS; i++) {
            committing(StepDraft.insert("writer" + i).plain());
        }
        awaitWaiting(GroupCommit.WRITERS);
        FutureTask<Boolean> interrupted = started(() -> {
            assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Done.class);
            return Thread.currentThread().isInterrupted();
        });
        awaitWaiting(GroupCommit.WRITERS + 1);
        threads.get(threads.size() - 1).interrupt();
        awaitWaiting(GroupCommit.WRITERS + 1);
        gate.release(1_000);

        assertThat(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private String document(String id) {
        return store.read(new CheckoutId(id))
                .checkout()
                .orElseThrow()
                .document()
                .asUtf8();
    }
}
