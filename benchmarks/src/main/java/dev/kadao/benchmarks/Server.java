package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A database server under measurement, started by this process. */
interface Server {
    String title();

    /** The URL of an empty database. */
    String freshUrl();

    /** Drops a database that nobody uses any more. */
    void drop(String url);

    /** The fastest form of a write of many rows. */
    RowWriter manyRows();

    FreeKeys freeKeys();

    /** The server's processes; none where it runs within this one. */
    Stream<ProcessHandle> processes();

    /** Asked for the report; each answers one row with one column. */
    List<String> settings();

    /** Brings the planner's statistics up to date, as an old database has them. */
    List<String> analyze();

    /** Whether the targets for PostgreSQL are held against this one. */
    default boolean isPostgres() {
        return false;
    }

    static Server named(String name) {
        return switch (name) {
            case "h2" -> new H2File();
            case "postgres" -> new Postgres();
            case "mariadb" -> new MariaDb();
            default ->
                throw new IllegalArgumentException(
                        "there is no database '" + name + "': use h2, postgres, mariadb or all");
        };
    }

    static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(question)) {
            return found.next() ? String.valueOf(found.getString(1)) : "";
        }
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }
}
