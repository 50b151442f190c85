package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import dev.kadao.testkit.rules.StepDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of a connection that fails: never "not written" unless it is sure. */
final class BrokenCommitTest {
    private static final CheckoutId CART = new CheckoutId("cart1");
    private static final OrderId ORDER = new OrderId(CART, 1);

    private final DataSource real = TestDatabases.inMemory();
    private final DataSource failing = mock(DataSource.class);
    private Connection connection;
    private JdbcCheckoutStore store;
    private JdbcKeyInventory inventory;

    @BeforeEach
    void open() throws SQLException {
        when(failing.getConnection()).thenAnswer(call -> real.getConnection());
        store = JdbcCheckoutStore.over(failing).open();
        inventory = JdbcKeyInventory.over(failing, TestDatabases.cipher()).open();
        inventory.importKeys("a", TestDatabases.text("k1"), "b", "s");
        connection = mock(Connection.class, delegatesTo(real.getConnection()));
    }

    /** From the next connection on. */
    private void fail() throws SQLException {
        when(failing.getConnection()).thenReturn(connection).thenAnswer(call -> real.getConnection());
    }

    private static SQLException lost() {
        return new SQLNonTransientConnectionException("connection lost", "08006");
    }

    private StepResult commit(Step step) {
        return store.commit(List.of(step)).get(0);
    }

    private Optional<StoredCheckout> stored() {
        return store.read(CART).checkout();
    }

    @Test
    void a_connection_lost_before_the_real_commit_is_unknown_and_nothing_is_there() throws SQLException {
        doThrow(lost()).when(connection).commit();
        fail();

        assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Unknown.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_connection_lost_after_the_real_commit_is_unknown_and_the_step_is_found_by_its_id() throws SQLException {
        Connection under = real.getConnection();
        connection = mock(Connection.class, delegatesTo(under));
        doAnswer(call -> {
                    under.commit();
                    throw lost();
                })
                .when(connection)
                .commit();
        fail();
        Step.Plain step = StepDraft.insert("cart1").journal("[]").plain();

        assertThat(commit(step))
                .isInstanceOfSatisfying(
                        StepResult.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("COMMIT failed", step.stepId()));
        assertThat(stored()).map(StoredCheckout::stepId).contains(step.stepId());
        assertThat(store.<String>view(view -> view.journal(CART, 0, 1).get(0).stepId()))
                .isEqualTo(step.stepId());
    }

    @Test
    void a_lost_commit_with_stock_is_not_tried_again_as_not_tried() throws SQLException {
        commit(StepDraft.insert("cart1").plain());
        doThrow(lost()).when(connection).commit();
        fail();

        StepResult result =
                commit(StepDraft.on("cart1", 1, 0).withStock(new Step.StockRequest.Take(ORDER, "a", 1, Instant.EPOCH)));

        assertThat(result).isInstanceOf(StepResult.Unknown.class);
        assertThat(stored()).map(StoredCheckout::version).contains(1L);
        assertThat(inventory.stock("a").free()).isEqualTo(1);
    }

    @Test
    void a_connection_lost_before_commit_is_replaced_and_never_put_back_to_auto_commit() throws SQLException {
        loseBeforeCommit();
        fail();

        assertThat(commit(StepDraft.insert("cart1").journal("[]").plain())).isInstanceOf(StepResult.Done.class);
        verify(connection, never()).setAutoCommit(true);
        verify(connection).abort(org.mockito.ArgumentMatchers.any());
        assertThat(stored()).isPresent();
    }

    @Test
    void two_connections_lost_before_commit_are_told_as_a_rollback() throws SQLException {
        loseBeforeCommit();
        when(failing.getConnection()).thenReturn(connection, connection).thenAnswer(call -> real.getConnection());

        assertThat(commit(StepDraft.insert("cart1").journal("[]").plain()))
                .isInstanceOfSatisfying(
                        StepResult.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("rolled back", "CONNECTION"));
        verify(connection, never()).setAutoCommit(true);
        assertThat(stored()).isEmpty();
    }

    private void loseBeforeCommit() throws SQLException {
        doThrow(lost()).when(connection).prepareStatement(org.mockito.ArgumentMatchers.contains("kadao_journal"));
        doThrow(lost()).when(connection).rollback();
    }

    @Test
    void a_connection_that_cannot_be_given_back_does_not_undo_what_was_committed() throws SQLException {
        doThrow(lost()).when(connection).setAutoCommit(true);
        fail();

        assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Done.class);
        verify(connection).abort(org.mockito.ArgumentMatchers.any());
        assertThat(stored()).isPresent();
    }

    @Test
    void a_step_that_is_broken_off_by_the_database_is_run_again() throws SQLException {
        doThrow(new SQLException("deadlock", "40001"))
                .when(connection)
                .prepareStatement(org.mockito.ArgumentMatchers.contains("kadao_checkout"));
        fail();

        assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Done.class);
    }

    @Test
    void no_connection_is_unknown_for_a_step_and_an_exception_worth_a_retry_elsewhere() throws SQLException {
        when(failing.getConnection()).thenThrow(lost());

        assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Unknown.class);
        assertThatThrownBy(() -> store.read(CART))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isTrue());
        assertThatThrownBy(() -> inventory.stock("a"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isTrue());
    }

    @Test
    void a_lost_commit_of_a_reveal_shows_nothing_and_the_next_one_shows_the_same_keys() throws SQLException {
        inventory.reserve(ORDER, "a", 1);
        inventory.handOver(ORDER);
        Connection reading = real.getConnection();
        doThrow(lost()).when(connection).commit();
        when(failing.getConnection())
                .thenReturn(reading)
                .thenReturn(connection)
                .thenAnswer(call -> real.getConnection());

        assertThatThrownBy(() -> inventory.reveal(ORDER))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isTrue());
        assertThat(inventory.reveal(ORDER)).isEqualTo(new RevealAnswer.Revealed(List.of(Secret.of("k1"))));
    }

    @Test
    void a_connection_comes_back_as_it_was() throws SQLException {
        Connection under = real.getConnection();
        under.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        new H2Dialect().lockWaitMillis(under, 1234);
        connection = mock(Connection.class, delegatesTo(under));
        doAnswer(call -> null).when(connection).close();
        when(failing.getConnection()).thenReturn(connection);

        commit(StepDraft.insert("cart1").plain());
        commit(StepDraft.on("cart1", 1, 0).withStock(new Step.StockRequest.Take(ORDER, "a", 1, Instant.EPOCH)));
        store.view(view -> view.now());

        assertThat(under.getAutoCommit()).isTrue();
        assertThat(under.isReadOnly()).isFalse();
        assertThat(under.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(new H2Dialect().lockWaitMillis(under)).isEqualTo(1234);
        verify(connection, org.mockito.Mockito.atLeastOnce())
                .setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    @Test
    void a_connection_that_never_commits_by_itself_is_left_so() throws SQLException {
        Connection under = real.getConnection();
        under.setAutoCommit(false);
        connection = mock(Connection.class, delegatesTo(under));
        fail();

        assertThat(commit(StepDraft.insert("cart1").plain())).isInstanceOf(StepResult.Done.class);
        verify(connection, never()).setAutoCommit(anyBoolean());
        verify(connection, never()).setTransactionIsolation(anyInt());
    }
}
