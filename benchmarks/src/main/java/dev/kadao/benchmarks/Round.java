package dev.kadao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.policy.EngineSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of its own with Kadao's tables and full stock, and one contender at work on it. */
final class Round implements AutoCloseable {
    /** Kadao's own tables and stock are made by Kadao; so many connections are enough for that. */
    private static final int FEW = 4;

    private final Server server;
    private final String url;
    private final HikariDataSource pool;
    private final CountingDataSource counting;
    private final Contender contender;
    private final Orders orders;

    private Round(
            Server server,
            String url,
            HikariDataSource pool,
            CountingDataSource counting,
            Contender contender,
            Orders orders) {
        this.server = server;
        this.url = url;
        this.pool = pool;
        this.counting = counting;
        this.contender = contender;
        this.orders = orders;
    }

    /** @param template of which rows are copied; only Kadao itself does without */
    static Round open(
            Server server, Options options, Kind kind, Orders orders, @Nullable Template template, boolean counted)
            throws SQLException {
        String url = server.freshUrl();
        try (HikariDataSource few = Pools.plain(url, FEW);
                Kadao maker = new Kadao(few, true, orders, null)) {
            maker.importKeys();
        }
        HikariDataSource pool = kind.isKadao() ? Pools.plain(url, options.pool) : Pools.byHand(url, options.pool);
        CountingDataSource counting = new CountingDataSource(pool);
        Round round = new Round(
                server,
                url,
                pool,
                counting,
                contender(server, kind, counted ? counting : pool, orders, template, counted),
                orders);
        round.connectAll(options.pool);
        round.analyze();
        return round;
    }

    private static Contender contender(
            Server server,
            Kind kind,
            javax.sql.DataSource dataSource,
            Orders orders,
            @Nullable Template template,
            boolean counted) {
        if (kind.isKadao()) {
            // What the due loop asks each second is no order's statement: it does not run while orders' are counted.
            EngineSettings settings = counted
                    ? EngineSettings.defaults().withWatchdogInterval(Duration.ofMinutes(10))
                    : EngineSettings.defaults();
            return new Kadao(dataSource, kind == Kind.KADAO, orders, template, settings);
        }
        if (template == null) {
            throw new IllegalStateException("rows by hand need a template");
        }
        return kind == Kind.BY_HAND
                ? new ByHand(dataSource, orders, server.freeKeys(), template)
                : new Roofline(dataSource, orders, server, template);
    }

    Contender contender() {
        return contender;
    }

    CountingDataSource counting() {
        return counting;
    }

    HikariDataSource pool() {
        return pool;
    }

    /** One measured piece of work. */
    record Timed(double seconds, CpuClock.Used cpu) {}

    Timed place(int clients) throws Exception {
        contender.preparePlacing(0, orders.count());
        return timed(clients, contender::place);
    }

    void prepareDelivery() throws SQLException {
        contender.prepareDelivery(0, orders.count());
        analyze();
    }

    Timed deliver(int clients) throws Exception {
        return timed(clients, contender::deliver);
    }

    void placeForSteps() throws Exception {
        Crowd.seconds(contender.threads(16), orders.count(), contender.ordersPerCall(), contender::placeForSteps);
        analyze();
    }

    Timed step(int clients) throws Exception {
        return timed(clients, contender::step);
    }

    private Timed timed(int clients, Crowd.Work work) throws Exception {
        CpuClock cpu = CpuClock.start(server);
        double seconds = Crowd.seconds(contender.threads(clients), orders.count(), contender.ordersPerCall(), work);
        return new Timed(seconds, cpu.used());
    }

    /** Opening connections is no part of an order: all are there before the clock runs. */
    private void connectAll(int number) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            while (all.size() < number) {
                all.add(pool.getConnection());
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private void analyze() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Server.execute(connection, server.analyze());
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /** A rate counts for nothing if the work was not done. */
    void checkDelivered() throws SQLException {
        expect("SELECT COUNT(*) FROM kadao_reservation WHERE state = 'HANDED_OVER'");
        expect("SELECT COUNT(*) FROM kadao_key WHERE state = 'SOLD'");
        expect("SELECT COUNT(*) FROM kadao_notice WHERE state = 'APPLIED'");
        expect("SELECT COUNT(*) FROM kadao_index WHERE kind = 'stage' AND val = 'DELIVERED'");
        expect("SELECT COUNT(*) FROM kadao_checkout WHERE version = 2");
    }

    private void expect(String question) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            String found = Server.ask(connection, question);
            if (!found.equals(String.valueOf(orders.count()))) {
                throw new IllegalStateException(
                        contender.title() + ": " + question + " gives " + found + ", not " + orders.count());
            }
        }
    }

    @Override
    public void close() {
        contender.close();
        pool.close();
        server.drop(url);
    }
}
