package dev.kadao.benchmarks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The rows of each order, made before the clock runs: what is written by hand pays for the database alone. */
final class PreparedRows {
    private final Template template;
    private final Orders orders;
    private final Map<Integer, OrderRows> rows = new ConcurrentHashMap<>();

    PreparedRows(Template template, Orders orders) {
        this.template = template;
        this.orders = orders;
    }

    void preparePlacing(int from, int to) {
        prepare(from, to, template::placing);
    }

    void prepareDelivery(int from, int to) {
        prepare(from, to, template::delivering);
    }

    void prepareSteps(int from, int to) {
        prepare(from, to, template::stepping);
    }

    private void prepare(int from, int to, BiFunction<String, String, OrderRows> kind) {
        for (int order = from; order < to; order++) {
            rows.put(order, kind.apply(Orders.id(order), orders.sku(order)));
        }
    }

    OrderRows of(int order) {
        OrderRows found = rows.get(order);
        if (found == null) {
            throw new IllegalStateException("the rows of order " + order + " were not prepared");
        }
        return found;
    }
}
