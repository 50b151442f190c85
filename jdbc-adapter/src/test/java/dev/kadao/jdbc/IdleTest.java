package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kadao.jdbc.servers.TestServers;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a look for due work costs while there is none: the due loop looks once a second. */
final class IdleTest {
    private static final int LOOKS = 20;

    @Test
    void an_idle_look_is_one_statement_and_no_transaction_on_h2() {
        countLooks(TestDatabases.inMemory());
    }

    @Test
    void an_idle_look_is_one_statement_and_no_transaction_on_postgres() {
        try (HikariDataSource pool = TestServers.postgres().freshPool()) {
            countLooks(pool);
        }
    }

    @Test
    void an_idle_look_is_one_statement_and_no_transaction_on_mariadb() {
        try (HikariDataSource pool = TestServers.mariadb().freshPool()) {
            countLooks(pool);
        }
    }

    private static void countLooks(DataSource database) {
        WatchedDataSource watched = new WatchedDataSource(database);
        JdbcCheckoutStore store = JdbcCheckoutStore.over(watched).open();
        Instant later = Instant.now().plus(Duration.ofDays(30));
        for (int i = 0; i < 50; i++) {
            store.commit(List.of(StepDraft.insert("open" + i).due(later).plain()));
            store.commit(List.of(StepDraft.insert("done" + i).plain()));
        }
        watched.reset();

        for (int look = 0; look < LOOKS; look++) {
            assertThat(store.claim("w", Duration.ofSeconds(5), 100).checkouts()).isEmpty();
        }

        assertThat(watched.statements.get()).isEqualTo(LOOKS);
        assertThat(watched.commits.get()).isZero();
        store.commit(List.of(StepDraft.insert("due1").due(Instant.EPOCH).plain()));
        assertThat(store.claim("w", Duration.ofSeconds(5), 100).checkouts()).hasSize(1);
    }
}
