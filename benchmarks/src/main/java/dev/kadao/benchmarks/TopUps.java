package dev.kadao.benchmarks;

/**
 * A shop that sells top-ups of two suppliers, reached over HTTP: even orders go to B, odd ones to A. Orders are numbered
 * from 0; what is delivered is told to {@link Deliveries}. Thread-safe.
 */
interface TopUps extends AutoCloseable {
    /** Calls to suppliers at a time, over both. */
    int SLOTS = 16;

    static String supplierOf(int order) {
        return order % 2 == 0 ? "b" : "a";
    }

    void place(int from, int to) throws Exception;

    /** Takes the payment of a placed order; returns when that is stored. Delivery follows by itself. */
    void pay(int order) throws Exception;

    @Override
    void close();
}
