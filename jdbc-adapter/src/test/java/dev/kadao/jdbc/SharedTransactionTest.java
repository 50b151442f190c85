package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Data sources by which the store's own commits would be those of somebody else. */
final class SharedTransactionTest {
    private final DataSource plain = TestDatabases.inMemory();

    /** Hands out the connection of the caller's transaction while there is one. */
    private static DataSource bound(DataSource plain, AtomicReference<Connection> transaction) {
        return proxy(DataSource.class, (method, arguments) -> {
            Connection current = transaction.get();
            return method.getName().equals("getConnection") && current != null
                    ? unclosable(current)
                    : method.invoke(plain, arguments);
        });
    }

    private static Connection unclosable(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                SharedTransactionTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void a_data_source_that_gives_one_connection_to_all_is_refused_at_the_start() throws SQLException {
        try (Connection only = plain.getConnection()) {
            DataSource single = bound(plain, new AtomicReference<>(only));

            assertThatThrownBy(() -> JdbcCheckoutStore.over(single).open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("handed out one connection")
                    .hasMessageContaining("twice");
            assertThatThrownBy(() -> JdbcKeyInventory.over(single, TestDatabases.cipher())
                            .open())
                    .isInstanceOf(UnusableDatabaseException.class);
            assertThat(only.isClosed()).isFalse();
        }
    }

    @Test
    void a_transaction_of_the_caller_that_comes_later_is_neither_committed_nor_rolled_back() throws SQLException {
        AtomicReference<Connection> transaction = new AtomicReference<>();
        DataSource aware = bound(plain, transaction);
        JdbcCheckoutStore store = JdbcCheckoutStore.over(aware).open();
        TestDatabases.execute(plain, "CREATE TABLE mine (id INT)");
        try (Connection callers = plain.getConnection()) {
            callers.setAutoCommit(false);
            callers.createStatement().execute("INSERT INTO mine VALUES (1)");
            transaction.set(callers);

            assertThatThrownBy(() -> store.read(new CheckoutId("cart1")))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("within a transaction already")
                    .hasMessageContaining("join(connection)");

            assertThat(callers.isClosed()).isFalse();
            assertThat(TestDatabases.ask(plain, "SELECT count(*) FROM mine")).isEqualTo("0");
            callers.commit();
            assertThat(TestDatabases.ask(plain, "SELECT count(*) FROM mine")).isEqualTo("1");
        }
        transaction.set(null);
        assertThat(store.read(new CheckoutId("cart1")).checkout()).isEmpty();
    }

    @Test
    void springs_transaction_aware_proxy_is_refused_by_its_name_also_behind_another_one() {
        DataSource aware = new TransactionAwareDataSourceProxy(plain);

        assertThatThrownBy(() -> JdbcCheckoutStore.over(aware).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("TransactionAwareDataSourceProxy")
                .hasMessageContaining("Give the store the data source behind it");
        assertThatThrownBy(() -> JdbcCheckoutStore.over(
                                new org.springframework.jdbc.datasource.DelegatingDataSource(aware))
                        .open())
                .isInstanceOf(UnusableDatabaseException.class);
    }
}
