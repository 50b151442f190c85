package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.FulfillmentBuilder;
import dev.kadao.JoinedResult;
import dev.kadao.PlaceRequest;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.Route;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Placing within a transaction of the caller, beside a row of the caller's own, on every database. */
@Timeout(60)
abstract class JoinedPlacingRules {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<AutoCloseable> pools = new ArrayList<>();
    private final InMemoryGateway gateway = new InMemoryGateway();
    private DataSource dataSource;
    private JdbcCheckoutStore store;
    private Fulfillment shop;

    /** An empty database whose connections wait 20 s for a lock at least; each call gives another one. */
    abstract DataSource empty();

    @BeforeEach
    void open() {
        dataSource = fresh();
        store = JdbcCheckoutStore.over(dataSource).open();
        shop = shop(store);
    }

    private DataSource fresh() {
        DataSource fresh = empty();
        if (fresh instanceof AutoCloseable pool) {
            pools.add(pool);
        }
        TestDatabases.execute(fresh, "CREATE TABLE mine (id VARCHAR(40) PRIMARY KEY)");
        return fresh;
    }

    private Fulfillment shop(CheckoutStore over) {
        FulfillmentBuilder builder = Fulfillment.builder()
                .store(over)
                .inventory(new InMemoryKeyInventory())
                .router(sku -> Optional.of(Route.keys()))
                .gateway("memory", gateway);
        Fulfillment built = builder.build();
        open.add(built);
        return built;
    }

    private Connection transaction() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        open.add(connection);
        return connection;
    }

    @AfterEach
    void closeAll() throws Exception {
        open.addAll(pools);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static PlaceRequest request(String id) {
        return PlaceRequest.of(
                        "memory",
                        new PlaceRequest.Line("steam-50", 1, "a@example.com", Money.parse("49.00", Currency.CNY)))
                .withId(id);
    }

    private static PlaceRequest other(String id) {
        return PlaceRequest.of(
                        "memory",
                        new PlaceRequest.Line("steam-50", 2, "a@example.com", Money.parse("49.00", Currency.CNY)))
                .withId(id);
    }

    private static void order(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO mine VALUES ('" + id + "')");
        }
    }

    private String count(String table) {
        return TestDatabases.ask(dataSource, "SELECT count(*) FROM " + table);
    }

    private Optional<Payment.State> payment(Fulfillment at, String id) {
        return at.checkout(new CheckoutId(id))
                .map(found -> found.checkout().payment(1).state());
    }

    @Test
    void what_the_caller_rolls_back_leaves_nothing() throws SQLException {
        Connection connection = transaction();
        order(connection, "cart1");
        JoinedResult result = shop.placeWithin(request("cart1"), store.join(connection));
        assertThat(result).isInstanceOf(JoinedResult.Written.class);

        connection.rollback();

        assertThat(shop.checkout(new CheckoutId("cart1"))).isEmpty();
        assertThat(List.of(count("mine"), count("kadao_checkout"), count("kadao_journal"), count("kadao_index")))
                .containsOnly("0");
        assertThat(shop.place(request("cart1")).orThrow().checkout().payment(1).state())
                .isEqualTo(Payment.State.OPEN);
    }

    @Test
    void what_the_caller_commits_is_found_by_another_process_which_opens_its_payment() throws SQLException {
        Connection connection = transaction();
        order(connection, "cart1");
        JoinedResult.Written written =
                (JoinedResult.Written) shop.placeWithin(request("cart1"), store.join(connection));
        // Not even a gateway that opens without a foreign call is asked before the caller has decided.
        assertThat(written.snapshot().checkout().payment(1).payWith()).isNull();
        assertThat(TestDatabases.ask(dataSource, "SELECT count(*) FROM kadao_checkout"))
                .isEqualTo("0");
        shop.close();

        connection.commit();

        assertThat(TestDatabases.ask(dataSource, "SELECT claimant FROM kadao_checkout"))
                .isNull();
        assertThat(TestDatabases.ask(dataSource, "SELECT due FROM kadao_checkout"))
                .isNotNull();
        Fulfillment another = shop(JdbcCheckoutStore.over(dataSource).open());
        await().atMost(LONG).until(() -> payment(another, "cart1").equals(Optional.of(Payment.State.OPEN)));
        assertThat(another.desk().audit().violations()).isEmpty();
        assertThat(count("mine")).isEqualTo("1");
    }

    @Test
    void the_same_process_finds_it_by_its_due_time_too() throws SQLException {
        Connection connection = transaction();
        shop.placeWithin(request("cart1"), store.join(connection)).orThrow();
        connection.commit();

        await().atMost(LONG).until(() -> payment(shop, "cart1").equals(Optional.of(Payment.State.OPEN)));
    }

    @Test
    void the_same_id_again_in_one_transaction_is_the_same_or_a_conflict_and_writes_nothing() throws SQLException {
        Connection connection = transaction();
        shop.placeWithin(request("cart1"), store.join(connection)).orThrow();

        assertThat(shop.placeWithin(request("cart1"), store.join(connection))).isInstanceOf(JoinedResult.Same.class);
        assertThat(shop.placeWithin(other("cart1"), store.join(connection))).isInstanceOf(JoinedResult.Conflict.class);

        connection.commit();
        assertThat(count("kadao_journal")).isEqualTo("1");
    }

    @Test
    void an_id_that_was_placed_before_is_the_same_or_a_conflict_and_is_not_locked() throws SQLException {
        shop.place(request("cart1")).orThrow();
        Connection connection = transaction();
        order(connection, "cart1");

        assertThat(shop.placeWithin(request("cart1"), store.join(connection))).isInstanceOf(JoinedResult.Same.class);
        assertThat(shop.placeWithin(other("cart1"), store.join(connection))).isInstanceOf(JoinedResult.Conflict.class);
        // The transaction is still open, but the checkout goes on.
        assertThat(shop.openPayment(new CheckoutId("cart1"), "memory")
                        .orThrow()
                        .id()
                        .number())
                .isEqualTo(2);
        connection.commit();
        assertThat(count("mine")).isEqualTo("1");
    }

    /** Whether some thread is about to write within a caller's transaction: only an insert that waits is found there. */
    private static boolean isWriting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(StepWriter.class.getName()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rival_transaction_waits_and_then_reads_what_the_first_one_decided(boolean commits) throws Exception {
        Connection first = transaction();
        Connection second = transaction();
        shop.placeWithin(request("cart1"), store.join(first)).orThrow();

        CompletableFuture<JoinedResult> rival =
                CompletableFuture.supplyAsync(() -> shop.placeWithin(request("cart1"), store.join(second)));
        // Whether it waits already or comes later makes no difference to what it reads; most often it waits.
        await().atMost(LONG).until(() -> rival.isDone() || isWriting());
        if (commits) {
            first.commit();
        } else {
            first.rollback();
        }

        JoinedResult result = rival.get(20, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(commits ? JoinedResult.Same.class : JoinedResult.Written.class);
        order(second, "cart1");
        second.commit();
        assertThat(List.of(count("mine"), count("kadao_checkout"), count("kadao_journal")))
                .containsOnly("1");
    }

    @Test
    void a_statement_that_fails_leaves_nothing_of_the_checkout_even_if_the_caller_commits() throws SQLException {
        Connection connection = transaction();
        order(connection, "cart1");
        TestDatabases.execute(dataSource, "ALTER TABLE kadao_journal RENAME TO elsewhere");

        assertThatThrownBy(() -> shop.placeWithin(request("cart1"), store.join(connection)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The caller's transaction failed while placing checkout cart1")
                .hasMessageContaining("Roll the transaction back");

        try {
            connection.commit();
        } catch (SQLException refused) {
            // PostgreSQL lets nobody commit a transaction in which a statement failed.
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
        }
        TestDatabases.execute(dataSource, "ALTER TABLE elsewhere RENAME TO kadao_journal");
        assertThat(shop.checkout(new CheckoutId("cart1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void the_connection_is_left_as_it_was(int isolation) throws SQLException {
        Connection connection = transaction();
        connection.setTransactionIsolation(isolation);

        shop.placeWithin(request("cart1"), store.join(connection)).orThrow();

        assertThat(connection.isClosed()).isFalse();
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
        connection.commit();
        assertThat(shop.checkout(new CheckoutId("cart1"))).isPresent();
    }

    @Test
    void a_connection_that_commits_by_itself_is_refused_with_the_reason() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            assertThatThrownBy(() -> store.join(connection))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("auto-commit is on");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void a_connection_that_began_to_commit_by_itself_is_refused_when_it_is_used() throws SQLException {
        Connection connection = transaction();
        JoinedCommit joined = store.join(connection);
        connection.setAutoCommit(true);

        assertThatThrownBy(() -> shop.placeWithin(request("cart1"), joined))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("auto-commit is on");
        assertThat(count("kadao_checkout")).isEqualTo("0");
    }

    @Test
    void closed_and_unfit_connections_are_refused_with_the_reason() throws SQLException {
        Connection dirty = transaction();
        dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        assertThatThrownBy(() -> store.join(dirty)).hasMessageContaining("READ UNCOMMITTED");
        Connection closed = transaction();
        closed.close();
        assertThatThrownBy(() -> store.join(closed)).hasMessageContaining("the connection is closed");
    }

    @Test
    void a_connection_to_another_database_with_the_same_tables_is_refused() throws SQLException {
        DataSource elsewhere = fresh();
        JdbcCheckoutStore.over(elsewhere).open();
        try (Connection connection = elsewhere.getConnection()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> store.join(connection))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("another database than the store's");
        }
    }

    @Test
    void a_transaction_joined_at_another_store_is_refused() throws SQLException {
        JdbcCheckoutStore another = JdbcCheckoutStore.over(dataSource).open();
        Connection connection = transaction();

        assertThatThrownBy(() -> shop.placeWithin(request("cart1"), another.join(connection)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("not joined at the store of this Fulfillment");
    }

    @Test
    void a_request_that_is_wrong_writes_nothing_and_the_transaction_goes_on() throws SQLException {
        Connection connection = transaction();
        PlaceRequest nowhere =
                new PlaceRequest("cart1", "nowhere", request("cart1").orders(), null, null);

        assertThat(shop.placeWithin(nowhere, store.join(connection))).isInstanceOf(JoinedResult.Invalid.class);
        order(connection, "cart1");
        connection.commit();

        assertThat(List.of(count("mine"), count("kadao_checkout"))).containsExactly("1", "0");
    }
}
