package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The same rows in batches, written by hand with the fastest statements we know for each server: two writers, so many
 * orders a transaction, rows made beforehand. It decides nothing and can lose nothing to a rival: the most that this
 * server gives.
 */
final class Roofline implements Contender {
    static final int WRITERS = 2;
    static final int BATCH = 150;

    private final Tries tries;
    private final Orders orders;
    private final Server server;
    private final PreparedRows rows;

    Roofline(DataSource dataSource, Orders orders, Server server, Template template) {
        this.tries = new Tries(dataSource);
        this.orders = orders;
        this.server = server;
        this.rows = new PreparedRows(template, orders);
    }

    @Override
    public String title() {
        return Kind.ROOFLINE.title;
    }

    @Override
    public int threads(int clients) {
        return WRITERS;
    }

    @Override
    public int ordersPerCall() {
        return BATCH;
    }

    @Override
    public void preparePlacing(int from, int to) {
        rows.preparePlacing(from, to);
    }

    @Override
    public void place(int from, int to) throws SQLException {
        OrderRows all = together(from, to);
        tries.inTransaction(connection -> all.write(connection, server.manyRows()));
    }

    @Override
    public void prepareDelivery(int from, int to) {
        rows.prepareDelivery(from, to);
    }

    @Override
    public void deliver(int from, int to) throws SQLException {
        OrderRows all = together(from, to);
        SortedMap<String, Integer> wanted = new TreeMap<>();
        for (int order = from; order < to; order++) {
            wanted.merge(orders.sku(order), 1, Integer::sum);
        }
        boolean fromTheEnd = from / BATCH % WRITERS == 1;
        tries.inTransaction(connection -> deliver(connection, from, to, all, wanted, fromTheEnd));
    }

    private void deliver(
            Connection connection,
            int from,
            int to,
            OrderRows all,
            SortedMap<String, Integer> wanted,
            boolean fromTheEnd)
            throws SQLException {
        Map<String, Deque<String>> taken = server.freeKeys().takeMany(connection, wanted, fromTheEnd);
        OrderRows sold = new OrderRows();
        for (int order = from; order < to; order++) {
            Deque<String> keys = taken.get(orders.sku(order));
            if (keys == null || keys.isEmpty()) {
                throw new SQLException("out of stock: " + orders.sku(order));
            }
            sold.add(Write.KEY_SELL, Orders.id(order) + ".1", 0L, keys.remove());
        }
        sold.write(connection, server.manyRows());
        all.write(connection, server.manyRows());
    }

    private OrderRows together(int from, int to) {
        OrderRows all = new OrderRows();
        for (int order = from; order < to; order++) {
            all.addAll(rows.of(order));
        }
        return all;
    }

    @Override
    public void placeForSteps(int from, int to) throws SQLException {
        rows.preparePlacing(from, to);
        place(from, to);
        rows.prepareSteps(from, to);
    }

    @Override
    public void step(int from, int to) throws SQLException {
        OrderRows all = together(from, to);
        tries.inTransaction(connection -> all.write(connection, server.manyRows()));
    }

    @Override
    public void close() {}
}
