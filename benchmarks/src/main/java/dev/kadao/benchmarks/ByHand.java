package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One transaction an order, as a good shop developer writes it: lock the checkout and check its version, take a key and
 * pass over those that others hold, write the rows, commit. Its connections are at READ COMMITTED and without
 * auto-commit from the start, so that nothing is sent but its statements and COMMIT.
 */
final class ByHand implements Contender {
    private static final String LOCK = "SELECT version, seq, document FROM kadao_checkout WHERE id = ? FOR UPDATE";

    private final Tries tries;
    private final Orders orders;
    private final FreeKeys keys;
    private final PreparedRows rows;

    ByHand(DataSource dataSource, Orders orders, FreeKeys keys, Template template) {
        this.tries = new Tries(dataSource);
        this.orders = orders;
        this.keys = keys;
        this.rows = new PreparedRows(template, orders);
    }

    @Override
    public String title() {
        return Kind.BY_HAND.title;
    }

    @Override
    public void preparePlacing(int from, int to) {
        rows.preparePlacing(from, to);
    }

    @Override
    public void place(int from, int to) throws SQLException {
        for (int order = from; order < to; order++) {
            OrderRows some = rows.of(order);
            tries.inTransaction(connection -> some.write(connection, RowWriter.SINGLE));
        }
    }

    @Override
    public void prepareDelivery(int from, int to) {
        rows.prepareDelivery(from, to);
    }

    @Override
    public void deliver(int from, int to) throws SQLException {
        for (int order = from; order < to; order++) {
            int number = order;
            tries.inTransaction(connection -> deliver(connection, number));
        }
    }

    private void deliver(Connection connection, int order) throws SQLException {
        lock(connection, order);
        String key = keys.takeOne(connection, orders.sku(order));
        OrderRows sold = new OrderRows();
        sold.add(Write.KEY_SELL, Orders.id(order) + ".1", 0L, key);
        sold.write(connection, RowWriter.SINGLE);
        rows.of(order).write(connection, RowWriter.SINGLE);
    }

    private static void lock(Connection connection, int order) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, Orders.id(order));
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next() || found.getLong(1) != 1) {
                    throw new SQLException("order " + order + " is not as it was placed");
                }
            }
        }
    }

    @Override
    public void placeForSteps(int from, int to) throws SQLException {
        rows.preparePlacing(from, to);
        place(from, to);
        rows.prepareSteps(from, to);
    }

    @Override
    public void step(int from, int to) throws SQLException {
        for (int order = from; order < to; order++) {
            int number = order;
            tries.inTransaction(connection -> {
                lock(connection, number);
                rows.of(number).write(connection, RowWriter.SINGLE);
            });
        }
    }

    @Override
    public void close() {}
}
