package dev.kadao.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Fulfillment, in a process of its own with little heap, over open checkouts that nobody touches: what it asks the
 * database each second, and what it holds in memory.
 */
final class IdleBenchmark {
    static final String HEAP = "-Xmx256m";
    private static final int PART = 50_000;
    private static final long DAY_MICROS = 86_400_000_000L;

    private static final String CHECKOUTS = """
            INSERT INTO kadao_checkout (id, version, seq, step_id, format, document, personal, due)
            SELECT n.id, c.version, c.seq, 's' || n.id, c.format,
              convert_to(replace(convert_from(c.document, 'UTF8'), c.id, n.id), 'UTF8'), c.personal, c.due + ? + n.i
            FROM kadao_checkout c, (SELECT i, 'order' || lpad(i::text, 7, '0') AS id FROM generate_series(?, ?) i) n
            WHERE c.id = ?""";
    private static final String JOURNAL = """
            INSERT INTO kadao_journal (checkout_id, seq, step_id, entries)
            SELECT n.id, j.seq, 's' || n.id, convert_to(replace(convert_from(j.entries, 'UTF8'), j.checkout_id, n.id), 'UTF8')
            FROM kadao_journal j, (SELECT 'order' || lpad(i::text, 7, '0') AS id FROM generate_series(?, ?) i) n
            WHERE j.checkout_id = ?""";
    private static final String INDEX = """
            INSERT INTO kadao_index (kind, val, checkout_id, num)
            SELECT x.kind, x.val, n.id, x.num
            FROM kadao_index x, (SELECT 'order' || lpad(i::text, 7, '0') AS id FROM generate_series(?, ?) i) n
            WHERE x.checkout_id = ?""";

    private final Options options;
    private final PrintStream out;

    IdleBenchmark(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    List<String> run() throws Exception {
        Postgres server = new Postgres();
        String first = Orders.id(0);
        try (Round round = Round.open(server, options, Kind.KADAO, new Orders(1, 1), null, false)) {
            round.place(1);
            long start = System.nanoTime();
            try (Connection connection = round.pool().getConnection()) {
                fill(connection, first);
                Server.execute(connection, List.of("VACUUM ANALYZE"));
                out.printf(
                        "%s open checkouts in %.0f s, database of %s%n",
                        Server.ask(connection, "SELECT COUNT(*) FROM kadao_checkout WHERE due IS NOT NULL"),
                        (System.nanoTime() - start) / 1e9,
                        Server.ask(connection, "SELECT pg_size_pretty(pg_database_size(current_database()))"));
            }
            round.contender().close();
            List<String> said = idle(round.pool().getJdbcUrl());
            List<String> lines = new ArrayList<>();
            lines.add("## Idle over " + options.openCheckouts + " open checkouts in PostgreSQL");
            lines.add("");
            said.forEach(line -> lines.add("- " + line));
            return lines;
        }
    }

    private void fill(Connection connection, String first) throws SQLException {
        for (int from = 1; from < options.openCheckouts; from += PART) {
            int to = Math.min(options.openCheckouts - 1, from + PART - 1);
            run(connection, CHECKOUTS, DAY_MICROS, from, to, first);
            run(connection, JOURNAL, from, to, first);
            run(connection, INDEX, from, to, first);
        }
    }

    private static void run(Connection connection, String text, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            RowWriter.bind(statement, 1, arguments);
            statement.executeUpdate();
        }
    }

    private List<String> idle(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleProcess.class.getName(),
                        url,
                        String.valueOf(options.idleSeconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                out.println(line);
            }
        }
        int end = process.waitFor();
        if (end != 0) {
            throw new IllegalStateException("the idle process ended with " + end);
        }
        return lines;
    }
}
