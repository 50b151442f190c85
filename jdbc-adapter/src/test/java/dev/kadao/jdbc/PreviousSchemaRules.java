package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the library gets on with the tables of the version before, and with a process of the library before. */
abstract class PreviousSchemaRules {
    /** An empty database. */
    abstract DataSource fresh();

    /** The name of the files that keep its older tables. */
    abstract String files();

    final DataSource versionOne() {
        DataSource dataSource = fresh();
        runFile(dataSource, files() + "-1.sql");
        return dataSource;
    }

    @Test
    void the_previous_library_goes_on_writing_after_the_migration() throws Exception {
        DataSource dataSource = versionOne();
        int before = 10;
        try (PreviousWriter writer = new PreviousWriter(dataSource, 0)) {
            waitFor(writer, before);
            before = writer.ended();
        }
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        try (PreviousWriter writer = new PreviousWriter(dataSource, before)) {
            waitFor(writer, before + 10);
        }
        everyCheckoutIsThere(store, before + 10);
    }

    static void everyCheckoutIsThere(JdbcCheckoutStore store, int number) {
        for (int i = 0; i < number; i++) {
            assertThat(read(store, "old" + i).version()).as("old" + i).isEqualTo(2);
        }
    }

    static void waitFor(PreviousWriter writer, int number) {
        await().atMost(Duration.ofSeconds(60)).until(() -> writer.written() >= number);
    }

    @Test
    void both_libraries_write_the_same_checkout_in_turns() throws Exception {
        DataSource dataSource = versionOne();
        try (PreviousWriter writer = new PreviousWriter(dataSource, 0)) {
            waitFor(writer, 2);
        }
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();

        done(store, StepDraft.on(read(store, "old1")).due(null));
        try (Connection connection = dataSource.getConnection()) {
            PreviousWriter.update(connection, "old1", 3, 1, 9L);
        }
        done(store, StepDraft.on(read(store, "old1")).due(null));

        assertThat(read(store, "old1").version()).isEqualTo(5);
        assertThat(store.claim("worker", Duration.ofSeconds(30), 10).checkouts())
                .as("the newer library's last word was: nothing is due")
                .noneMatch(row -> row.id().value().equals("old1"));
    }

    private static void done(JdbcCheckoutStore store, StepDraft draft) {
        assertThat(store.commit(List.of(draft.plain()))).singleElement().isInstanceOf(StepResult.Done.class);
    }

    private static StoredCheckout read(JdbcCheckoutStore store, String id) {
        return store.read(new CheckoutId(id)).checkout().orElseThrow();
    }

    @Test
    void after_the_migration_the_previous_library_still_finds_its_own_version() {
        DataSource dataSource = versionOne();

        JdbcCheckoutStore.over(dataSource).open();

        assertThat(meta(dataSource, "schema_version"))
                .as("a library of schema 1 refuses to start on anything higher here")
                .isEqualTo("1");
        assertThat(meta(dataSource, "schema_reached")).isEqualTo(Integer.toString(SchemaVersion.CURRENT.number()));
    }

    private static String meta(DataSource dataSource, String name) {
        return TestDatabases.ask(dataSource, "SELECT content FROM kadao_meta WHERE name = '" + name + "'");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NONE"})
    void without_migration_the_previous_tables_are_refused_with_both_versions_and_what_to_do(SchemaMode mode) {
        DataSource dataSource = versionOne();

        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource).schema(mode).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("has Kadao schema 1,")
                .hasMessageContaining("needs " + SchemaVersion.CURRENT.number())
                .hasMessageContaining("ddl(1)");
        assertThat(meta(dataSource, "schema_reached")).isNull();
    }

    @Test
    void migrated_tables_and_new_ones_are_the_same() throws SQLException {
        DataSource migrated = versionOne();
        JdbcCheckoutStore.over(migrated).open();
        DataSource made = fresh();
        JdbcCheckoutStore.over(made).open();

        for (TableShape shape : TableShape.all()) {
            assertThat(describe(migrated, shape.table()))
                    .as(shape.table())
                    .isNotEmpty()
                    .isEqualTo(describe(made, shape.table()));
        }
    }

    @Test
    void the_printed_steps_do_what_migrate_does() throws SQLException {
        DataSource byHand = versionOne();
        String steps = JdbcCheckoutStore.over(byHand).ddl(1);
        DataSource migrated = versionOne();
        JdbcCheckoutStore.over(migrated).open();

        run(byHand, steps);

        assertThatCode(() -> JdbcCheckoutStore.over(byHand)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .doesNotThrowAnyException();
        for (TableShape shape : TableShape.all()) {
            assertThat(describe(byHand, shape.table())).isEqualTo(describe(migrated, shape.table()));
        }
    }

    @Test
    void nothing_is_printed_from_the_present_version_and_an_unknown_one_is_refused() {
        DataSource dataSource = fresh();
        int newest = SchemaVersion.CURRENT.number();

        assertThat(JdbcCheckoutStore.over(dataSource).ddl(newest)).isEmpty();
        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource).ddl(newest + 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("schema " + (newest + 1));
    }

    @ParameterizedTest
    @EnumSource
    void a_newer_schema_that_allows_this_library_is_used(SchemaMode mode) {
        DataSource dataSource = fresh();
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "ALTER TABLE kadao_checkout ADD COLUMN later BIGINT");
        TestDatabases.execute(dataSource, "UPDATE kadao_meta SET content = '9' WHERE name = 'schema_reached'");

        JdbcCheckoutStore store =
                JdbcCheckoutStore.over(dataSource).schema(mode).open();

        done(store, StepDraft.insert("cart1"));
        assertThat(meta(dataSource, "schema_reached")).isEqualTo("9");
    }

    @ParameterizedTest
    @EnumSource
    void a_newer_schema_that_excludes_this_library_is_refused_with_all_versions(SchemaMode mode) {
        DataSource dataSource = fresh();
        JdbcCheckoutStore.over(dataSource).open();
        TestDatabases.execute(dataSource, "UPDATE kadao_meta SET content = '9' WHERE name = 'schema_reached'");
        TestDatabases.execute(dataSource, "UPDATE kadao_meta SET content = '8' WHERE name = 'schema_version'");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(dataSource).schema(mode).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("has Kadao schema 9")
                .hasMessageContaining("schema 8 and newer may use")
                .hasMessageContaining("up to " + SchemaVersion.CURRENT.number());
    }

    /** Columns by name, type, length and nullability, and indexes by name and columns. */
    private static Set<String> describe(DataSource dataSource, String table) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData columns = rows.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                found.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i) + " " + columns.getPrecision(i)
                        + " " + columns.isNullable(i));
            }
            boolean upper = connection.getMetaData().storesUpperCaseIdentifiers();
            String stored = upper ? table.toUpperCase(Locale.ROOT) : table;
            try (ResultSet indexes = connection
                    .getMetaData()
                    .getIndexInfo(connection.getCatalog(), connection.getSchema(), stored, false, true)) {
                while (indexes.next()) {
                    String name = indexes.getString("INDEX_NAME");
                    if (name != null && name.toLowerCase(Locale.ROOT).startsWith("kadao_")) {
                        // H2 numbers the index of a constraint by what else there is.
                        found.add(name.replaceAll("_INDEX_\\w+$", "") + " " + indexes.getInt("ORDINAL_POSITION") + " "
                                + indexes.getString("COLUMN_NAME"));
                    }
                }
            }
        }
        return found;
    }

    /** Runs a file of {@code src/test/resources/schema}. */
    static void runFile(DataSource dataSource, String name) {
        run(dataSource, file(name));
    }

    private static void run(DataSource dataSource, String script) {
        List<String> statements = new ArrayList<>(List.of(script.split(";\\s*(\\n|$)")));
        statements.stream()
                .map(statement ->
                        statement.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n")))
                .filter(statement -> !statement.isBlank())
                .forEach(statement -> TestDatabases.execute(dataSource, statement));
    }

    private static String file(String name) {
        try (InputStream in = PreviousSchemaRules.class.getResourceAsStream("/schema/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
