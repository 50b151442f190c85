package dev.kadao.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Connection pools as the contenders have them. */
final class Pools {
    private Pools() {}

    /** As a shop hands it to Kadao: nothing set but its size. */
    static HikariDataSource plain(String url, int size) {
        return new HikariDataSource(config(url, size));
    }

    /** At READ COMMITTED and without auto-commit, so that a transaction by hand sends nothing but its statements. */
    static HikariDataSource byHand(String url, int size) {
        HikariConfig config = config(url, size);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    private static HikariConfig config(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(60_000);
        return config;
    }
}
