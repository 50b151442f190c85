package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules by which a version and the one before it run side by side. */
final class SchemaVersionTest {
    private static final List<Dialect> DIALECTS = List.of(new H2Dialect());

    @Test
    void versions_count_up_by_one() {
        for (int i = 0; i < SchemaVersion.ALL.size(); i++) {
            assertThat(SchemaVersion.ALL.get(i).number()).isEqualTo(i + 1);
        }
    }

    @Test
    void each_version_leaves_the_library_before_it_at_work() {
        for (SchemaVersion version : SchemaVersion.after(1)) {
            assertThat(version.oldestUser()).isBetween(1, version.number() - 1);
        }
    }

    @Test
    void a_step_adds_nothing_that_an_older_writer_would_have_to_fill() {
        for (Dialect dialect : DIALECTS) {
            for (SchemaVersion version : SchemaVersion.after(1)) {
                assertThat(dialect.stepTo(version.number())).isNotEmpty().allSatisfy(statement -> {
                    if (statement.contains("ADD COLUMN") && statement.contains("NOT NULL")) {
                        assertThat(statement).contains("DEFAULT");
                    }
                });
            }
        }
    }

    @Test
    void every_table_and_column_of_the_tables_is_looked_at() {
        assertThat(TableShape.all()).hasSizeGreaterThanOrEqualTo(9).allSatisfy(shape -> {
            String ddl = H2Schema.STATEMENTS.stream()
                    .filter(statement -> statement.contains("TABLE IF NOT EXISTS " + shape.table() + " ("))
                    .findFirst()
                    .orElseThrow();
            long columns = ddl.lines()
                    .skip(1)
                    .filter(line -> !line.contains("PRIMARY KEY (") && !line.contains("CONSTRAINT "))
                    .count();
            assertThat(shape.columns()).as(shape.table()).hasSize((int) columns);
        });
    }
}
