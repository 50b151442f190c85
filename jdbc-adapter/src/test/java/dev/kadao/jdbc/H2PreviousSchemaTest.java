package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class H2PreviousSchemaTest extends PreviousSchemaRules {
    private static final int STARTERS = 8;
    private static final int CARTS = 40;

    @Override
    DataSource fresh() {
        return TestDatabases.inMemory();
    }

    @Override
    String files() {
        return "h2";
    }

    /** On H2 a write beside an ALTER TABLE is lost: see {@link H2Dialect#beginMigration}. */
    @Test
    void who_comes_up_first_loses_nothing_to_those_who_still_look_at_the_tables() throws Exception {
        DataSource dataSource = versionOne();
        ExecutorService pool = Executors.newFixedThreadPool(STARTERS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> starters = new ArrayList<>();
            for (int i = 0; i < STARTERS; i++) {
                String prefix = "cart" + i + "_";
                starters.add(pool.submit(() -> {
                    start.await();
                    return openAndWrite(dataSource, prefix);
                }));
            }
            start.countDown();
            int acknowledged = 0;
            for (Future<Integer> starter : starters) {
                acknowledged += starter.get(60, TimeUnit.SECONDS);
            }
            assertThat(acknowledged).isEqualTo(STARTERS * CARTS);
            assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_checkout"))
                    .isEqualTo(Integer.toString(acknowledged));
        } finally {
            pool.shutdownNow();
        }
    }

    private static int openAndWrite(DataSource dataSource, String prefix) {
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        int acknowledged = 0;
        for (int i = 0; i < CARTS; i++) {
            StepResult result =
                    store.commit(List.of(StepDraft.insert(prefix + i).plain())).get(0);
            acknowledged += result instanceof StepResult.Done ? 1 : 0;
        }
        return acknowledged;
    }
}
