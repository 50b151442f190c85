package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kadao.port.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What people read when a store does not come up, or comes up with something to be put right. */
final class StartTest {
    @TempDir
    private Path folder;

    @Test
    void a_server_that_is_not_there_is_worth_another_try_and_the_url_a_look() {
        DataSource gone = TestDatabases.at("jdbc:h2:tcp://127.0.0.1:1/nobody;PASSWORD=hush-hush");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(gone).open())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isTrue())
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("JDBC URL")
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void a_url_without_a_driver_says_where_to_look() {
        DataSource nothing = TestDatabases.at("jdbc:h3:mem:x");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(nothing).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("driver is on the class path");
    }

    @Test
    void a_wrong_password_is_called_that() {
        String url = "jdbc:h2:mem:login" + System.nanoTime();
        TestDatabases.execute(TestDatabases.at(url + ";DB_CLOSE_DELAY=-1;USER=owner;PASSWORD=right"), "SELECT 1");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(TestDatabases.at(url + ";USER=owner;PASSWORD=hush-hush"))
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("refuses the user or the password")
                .hasMessageNotContaining("hush-hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "INSERT", "UPDATE", "DELETE"})
    void a_missing_right_is_found_at_the_start_and_named(String right) {
        String url = "jdbc:h2:mem:rights" + System.nanoTime();
        DataSource owner = TestDatabases.at(url + ";DB_CLOSE_DELAY=-1;USER=owner;PASSWORD=o");
        JdbcCheckoutStore.over(owner).open();
        TestDatabases.execute(owner, "CREATE USER clerk PASSWORD 'c'");
        for (TableShape shape : TableShape.all()) {
            String rights = shape.table().equals("kadao_free_key")
                    ? "SELECT, INSERT, UPDATE, DELETE"
                            .replaceAll(right + ",? ?", "")
                            .replaceAll(", $", "")
                    : "SELECT, INSERT, UPDATE, DELETE";
            TestDatabases.execute(owner, "GRANT " + rights + " ON " + shape.table() + " TO clerk");
        }
        DataSource clerk = TestDatabases.at(url + ";USER=clerk;PASSWORD=c");

        for (SchemaMode mode : List.of(SchemaMode.VALIDATE, SchemaMode.MIGRATE)) {
            assertThatThrownBy(() -> JdbcCheckoutStore.over(clerk).schema(mode).open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("lacks a right")
                    .hasMessageContaining("KADAO_FREE_KEY");
        }
    }

    @Test
    void who_may_not_create_tables_is_told_to_have_them_created() {
        String url = "jdbc:h2:mem:create" + System.nanoTime();
        DataSource owner = TestDatabases.at(url + ";DB_CLOSE_DELAY=-1;USER=owner;PASSWORD=o");
        TestDatabases.execute(owner, "CREATE USER clerk PASSWORD 'c'");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(TestDatabases.at(url + ";USER=clerk;PASSWORD=c"))
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("lacks a right")
                .hasMessageContaining("ddl()");
    }

    @Test
    void a_read_only_database_is_refused_before_the_first_order() {
        String url = "jdbc:h2:file:" + folder.resolve("kadao") + ";WRITE_DELAY=0";
        JdbcCheckoutStore.over(TestDatabases.at(url)).open();
        DataSource replica = TestDatabases.at(url + ";ACCESS_MODE_DATA=r");

        for (SchemaMode mode : List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE)) {
            assertThatThrownBy(
                            () -> JdbcCheckoutStore.over(replica).schema(mode).open())
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("read-only")
                    .hasMessageContaining("primary");
        }
    }

    @Test
    void a_missing_table_is_named() {
        DataSource dataSource = TestDatabases.inMemory();
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "DROP TABLE kadao_notice");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("table kadao_notice is missing");
    }

    @Test
    void columns_that_are_too_narrow_or_of_another_type_are_named_with_both_measures() {
        DataSource dataSource = TestDatabases.inMemory();
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "ALTER TABLE kadao_notice ALTER COLUMN reference VARCHAR(40) NOT NULL");
        TestDatabases.execute(dataSource, "ALTER TABLE kadao_notice ALTER COLUMN due INTEGER");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("kadao_notice.reference is too narrow")
                .hasMessageContaining("(40) where 64 are needed")
                .hasMessageContaining("kadao_notice.due is a INTEGER, which does not hold a BIGINT");
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, 90})
    void a_clock_that_is_off_is_told_once_with_both_times(long seconds) {
        assertThat(warnings(Duration.ofSeconds(seconds)))
                .singleElement()
                .asString()
                .containsPattern("This machine's clock says \\S+Z, the database's says \\S+Z: \\d+ seconds apart")
                .contains("NTP");
    }

    @Test
    void clocks_that_are_nearly_together_are_not_worth_a_word() {
        assertThat(warnings(Duration.ofSeconds(20))).isEmpty();
    }

    @BeforeAll
    static void readLogback() {
        Module self = StartTest.class.getModule();
        Module logback = LoggerFactory.getILoggerFactory().getClass().getModule();
        self.addReads(logback);
        if (logback.getLayer() != null) {
            logback.getLayer().findModule("ch.qos.logback.core").ifPresent(self::addReads);
        }
    }

    private static List<String> warnings(Duration off) {
        Logger logger = (Logger) LoggerFactory.getLogger(Database.class);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        try {
            Database.open(
                    TestDatabases.inMemory(),
                    SchemaMode.MIGRATE,
                    TableNames.standard(),
                    null,
                    InstantSource.offset(InstantSource.system(), off));
        } finally {
            logger.detachAppender(seen);
        }
        return seen.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
