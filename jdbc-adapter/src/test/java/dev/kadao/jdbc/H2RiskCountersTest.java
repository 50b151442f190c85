package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskCounters.Ticket;
import dev.kadao.testkit.RiskCountersContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class H2RiskCountersTest extends RiskCountersContract {
    @TempDir
    private Path folder;

    private DataSource opened;

    @Override
    protected RiskCounters openCounters() {
        opened = TestDatabases.inFile(folder);
        return JdbcRiskCounters.over(opened).open();
    }

    @Override
    protected RiskCounters openSecond(RiskCounters counters) {
        return JdbcRiskCounters.over(opened).open();
    }

    @Test
    void lapsed_rows_are_deleted_by_the_way_and_living_ones_stay() {
        Duration instant = Duration.ofMillis(1);
        RiskCounters counters = bench().counters();
        counters.take(List.of(new Ticket("ip.lives", "cart", 1, 5, Duration.ofMinutes(30), true)));
        for (int i = 0; i < 100; i++) {
            counters.take(List.of(new Ticket("ip." + i, "cart" + i, 1, 1, instant, true)));
        }
        bench().letPass().accept(instant);
        for (int i = 0; i < 200; i++) {
            counters.take(List.of(new Ticket("ip.lives", "cart", 1, 5, instant, true)));
        }
        assertThat(TestDatabases.ask(opened, "SELECT COUNT(*) FROM kadao_risk_ticket"))
                .isEqualTo("1");
        assertThat(TestDatabases.ask(opened, "SELECT COUNT(*) FROM kadao_risk_guard"))
                .isEqualTo("1");
    }

    @AfterEach
    void shutDown() {
        TestDatabases.execute(opened, "SHUTDOWN");
    }
}
