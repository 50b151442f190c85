package dev.kadao.benchmarks;

import java.sql.SQLException;

/**
 * One way to place and deliver orders, on a database of its own that nobody else uses. Orders are numbered from 0; each
 * is placed once and delivered once, or placed with {@link #placeForSteps} and stepped once. Thread-safe.
 */
interface Contender extends AutoCloseable {
    String title();

    /** How many threads it is driven by where so many clients come at once. */
    default int threads(int clients) {
        return clients;
    }

    /** How many orders a call takes. */
    default int ordersPerCall() {
        return 1;
    }

    /** Done before placing is measured. */
    void preparePlacing(int from, int to);

    void place(int from, int to) throws SQLException;

    /** Done before delivery is measured: what a gateway or buyer would do, and the making of rows by hand. */
    void prepareDelivery(int from, int to);

    /** From the gateway's notice to delivered. */
    void deliver(int from, int to) throws SQLException;

    /** Leaves placed checkouts for plain steps; not measured. */
    void placeForSteps(int from, int to) throws SQLException;

    /** Writes each checkout's document again, guarded by its version, with one journal row. */
    void step(int from, int to) throws SQLException;

    @Override
    void close();
}
