package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight processes of a shop that all start at the same moment, as after a deployment. */
abstract class ManyStartersRules {
    private static final int STARTERS = 8;

    /** An empty database. */
    abstract String freshUrl();

    /** The name of the files that keep its older tables. */
    abstract String files();

    @Test
    @Timeout(180)
    void eight_processes_at_once_make_the_tables_of_an_empty_database_once() throws Exception {
        String url = freshUrl();

        startTogether(url);

        assertThat(TestDatabases.ask(
                        TestDatabases.at(url), "SELECT COUNT(*) FROM kadao_meta WHERE name LIKE 'schema%'"))
                .isEqualTo("2");
    }

    @Test
    @Timeout(180)
    void eight_processes_at_once_bring_the_previous_tables_up_to_date() throws Exception {
        String url = freshUrl();
        PreviousSchemaRules.runFile(TestDatabases.at(url), files() + "-1.sql");

        startTogether(url);

        assertThat(TestDatabases.ask(
                        TestDatabases.at(url), "SELECT content FROM kadao_meta WHERE name = 'schema_reached'"))
                .isEqualTo(Integer.toString(SchemaVersion.CURRENT.number()));
    }

    private static void startTogether(String url) throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < STARTERS; i++) {
                processes.add(JavaProcess.start(OpeningProcess.class, url));
            }
            for (Process process : processes) {
                awaitReady(process);
            }
            for (Process process : processes) {
                try (Writer start = process.outputWriter()) {
                    start.write("go\n");
                }
            }
            List<String> said = new ArrayList<>();
            for (Process process : processes) {
                said.add(process.inputReader().lines().collect(Collectors.joining("\n")));
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(said.get(said.size() - 1)).isZero();
            }
            assertThat(said)
                    .filteredOn(text -> text.contains("imported 1 duplicates 0"))
                    .hasSize(1);
            assertThat(said)
                    .filteredOn(text -> text.contains("imported 0 duplicates 1"))
                    .hasSize(STARTERS - 1);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** The reader is the process's own, so that nothing it has read ahead is lost. */
    private static void awaitReady(Process process) throws Exception {
        BufferedReader lines = process.inputReader();
        StringBuilder before = new StringBuilder();
        for (String line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
            assertThat(line).as(before.toString()).isNotNull();
            before.append(line).append('\n');
        }
    }
}
