package dev.kadao.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.port.RiskCounters;
import dev.kadao.testkit.RiskCountersContract;
import org.junit.jupiter.api.AfterEach;

final class MariaDbRiskCountersTest extends RiskCountersContract {
    private final HikariDataSource database = TestServers.mariadb().freshPool();

    @Override
    protected RiskCounters openCounters() {
        return JdbcRiskCounters.over(database).open();
    }

    @Override
    protected RiskCounters openSecond(RiskCounters counters) {
        return JdbcRiskCounters.over(database).open();
    }

    @AfterEach
    void close() {
        database.close();
    }
}
