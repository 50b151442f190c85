package dev.kadao.examples.cardshop.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Tables of the sandboxes, beside the library's. */
public final class OwnTables {
    private OwnTables() {}

    /**
     * One table.
     *
     * @param columns as SQL, with {@code {number}} for the type of an id that counts by itself
     */
    public record Table(String name, String columns) {}

    /** Makes those that are missing, beside other processes that do the same. */
    public static void make(DataSource database, List<Table> tables) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean isMariaDb =
                    connection.getMetaData().getDatabaseProductName().matches("MariaDB|MySQL");
            for (Table table : tables) {
                make(connection, table.name(), text(table, isMariaDb));
            }
        }
    }

    private static String text(Table table, boolean isMariaDb) {
        String columns = table.columns()
                .replace("{number}", isMariaDb ? "bigint auto_increment" : "bigint generated always as identity");
        // Otherwise MariaDB takes Cart1 for cart1.
        String exactly = isMariaDb ? " character set utf8mb4 collate utf8mb4_bin" : "";
        return "create table " + table.name() + " (" + columns + ")" + exactly;
    }

    /** Not "if not exists": PostgreSQL demands the right to create then though the table is there, and two at once fail. */
    private static void make(Connection connection, String name, String text) throws SQLException {
        if (isThere(connection, name)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            if (!isThere(connection, name)) {
                throw e;
            }
        }
    }

    private static boolean isThere(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select 1 from " + name + " where 1 = 0").close();
            return true;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.equals("42P01") || state.equals("42S02") || state.equals("42S04") || state.equals("42S03")) {
                return false;
            }
            throw e;
        }
    }
}
