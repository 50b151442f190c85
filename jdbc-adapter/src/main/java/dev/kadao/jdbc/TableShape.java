package dev.kadao.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The columns that a table must have, at least so wide. The tables on H2 are the measure for every database: their
 * standard types say what each column holds.
 */
record TableShape(String table, List<Column> columns) {
    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE IF NOT EXISTS (" + TableNames.TOKEN + "\\w+) \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern COLUMN =
            Pattern.compile("^\\s*([a-z]\\w*) (VARCHAR|VARBINARY|BIGINT|INTEGER)(?:\\((\\d+)\\))?", Pattern.MULTILINE);

    /**
     * A column.
     *
     * @param length characters or bytes; 0 for numbers
     */
    record Column(String name, Kind kind, int length) {}

    /** What a column holds. */
    enum Kind {
        VARCHAR,
        VARBINARY,
        BIGINT,
        INTEGER;

        boolean isHeldBy(int type) {
            return switch (type) {
                case Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB, Types.NVARCHAR -> this == VARCHAR;
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> this == VARBINARY;
                case Types.BIGINT -> this == BIGINT || this == INTEGER;
                case Types.INTEGER -> this == INTEGER;
                default -> false;
            };
        }
    }

    /** Every table, from the statements that create them on H2. */
    static List<TableShape> all() {
        return H2Schema.STATEMENTS.stream()
                .flatMap(statement -> TABLE.matcher(statement).results())
                .map(found -> new TableShape(
                        found.group(1),
                        COLUMN.matcher(found.group(2))
                                .results()
                                .map(TableShape::column)
                                .toList()))
                .toList();
    }

    private static Column column(MatchResult found) {
        String length = found.group(3);
        return new Column(found.group(1), Kind.valueOf(found.group(2)), length == null ? 0 : Integer.parseInt(length));
    }

    /** Asks the database for the columns by a query without rows: so they are found where every statement finds them. */
    void compare(Session session) throws SQLException {
        List<String> faults = session.describe("SELECT * FROM " + table + " WHERE 1 = 0", this::faults);
        if (!faults.isEmpty()) {
            throw new UnusableDatabaseException(
                    String.join(" ", faults) + " Compare the tables with what ddl() prints, and repair them by hand.");
        }
    }

    private List<String> faults(ResultSetMetaData found) throws SQLException {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 1; i <= found.getColumnCount(); i++) {
            places.put(found.getColumnName(i).toLowerCase(Locale.ROOT), i);
        }
        List<String> faults = new ArrayList<>();
        for (Column column : columns) {
            Integer place = places.get(column.name());
            if (place == null) {
                faults.add("Table " + table + " lacks the column " + column.name() + ".");
            } else if (!column.kind().isHeldBy(found.getColumnType(place))) {
                faults.add("Column " + table + "." + column.name() + " is a " + found.getColumnTypeName(place)
                        + ", which does not hold a " + column.kind() + ".");
            } else if (found.getPrecision(place) > 0 && found.getPrecision(place) < column.length()) {
                faults.add("Column " + table + "." + column.name() + " is too narrow: "
                        + found.getColumnTypeName(place) + "(" + found.getPrecision(place) + ") where "
                        + column.length() + " are needed.");
            }
        }
        return faults;
    }

    /** Writes that change nothing, whatever the rows: the database checks rights and read-only modes before it looks. */
    List<String> harmlessWrites() {
        String column = columns.get(0).name();
        return List.of(
                "UPDATE " + table + " SET " + column + " = " + column + " WHERE 1 = 0",
                "DELETE FROM " + table + " WHERE 1 = 0",
                "INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
    }
}
