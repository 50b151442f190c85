package dev.kadao.examples.onetransaction;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.jdbc.JdbcCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.Route;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** The shop's own order row and the checkout come into being together, or not at all. */
public final class OrderAndCheckoutInOneTransaction {
    private OrderAndCheckoutInOneTransaction() {}

    public static void main(String[] args) throws SQLException {
        run(System.out);
    }

    static void run(PrintStream out) throws SQLException {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE shop_order (id VARCHAR(26) PRIMARY KEY, customer VARCHAR(100))");
            }
            JdbcCheckoutStore store = JdbcCheckoutStore.over(database).open();
            try (Fulfillment kadao = Fulfillment.builder()
                    .store(store)
                    .inventory(new InMemoryKeyInventory())
                    .router(sku -> Optional.of(Route.keys()))
                    .gateway("memory", new InMemoryGateway())
                    .build()) {
                order(database, store, kadao, "order1", false);
                out.println("rolled back: order1 is " + (isPlaced(kadao, "order1") ? "placed" : "nowhere"));

                order(database, store, kadao, "order2", true);
                out.println("committed:   order2 is " + (isPlaced(kadao, "order2") ? "placed" : "nowhere"));

                // Only now is a gateway told: nobody can pay for what may still be rolled back.
                Payment payment =
                        kadao.openPayment(new CheckoutId("order2"), "memory").orThrow();
                out.println("payment:     " + payment.id() + " is " + payment.state());
            }
        }
    }

    private static void order(
            DataSource database, JdbcCheckoutStore store, Fulfillment kadao, String id, boolean goesWell)
            throws SQLException {
        PlaceRequest.Line line =
                new PlaceRequest.Line("steam-50", 1, "buyer@example.com", Money.parse("49.00", Currency.CNY));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shop_order VALUES (?, ?)")) {
                insert.setString(1, id);
                insert.setString(2, "buyer@example.com");
                insert.executeUpdate();
            }
            kadao.placeWithin(PlaceRequest.of(null, line).withId(id), store.join(connection))
                    .orThrow();
            if (goesWell) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    private static boolean isPlaced(Fulfillment kadao, String id) {
        return kadao.checkout(new CheckoutId(id)).isPresent();
    }
}
