package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a database takes one statement for many rows of arguments. */
enum ManyRows {
    /** It is run for each row; fit for a database within the process, where a statement costs no round trip. */
    EACH {
        @Override
        List<Run> runs(String text, List<@Nullable Object[]> rows) {
            List<Run> runs = new ArrayList<>(rows.size());
            rows.forEach(row -> runs.add(new Run(text, List.<@Nullable Object[]>of(row))));
            return runs;
        }

        @Override
        void bind(Connection connection, PreparedStatement statement, Run run) throws SQLException {
            Arguments.bind(statement, 1, run.rows().get(0));
        }
    },

    /** The part of its text in braces is repeated; after a bar within them stands what comes between. */
    GROUPS {
        @Override
        List<Run> runs(String text, List<@Nullable Object[]> rows) {
            List<Run> runs = new ArrayList<>();
            for (int from = 0; from < rows.size(); from += MOST_GROUPS) {
                List<@Nullable Object[]> some = rows.subList(from, Math.min(rows.size(), from + MOST_GROUPS));
                runs.add(new Run(repeated(text, some.size()), some));
            }
            return runs;
        }

        @Override
        void bind(Connection connection, PreparedStatement statement, Run run) throws SQLException {
            int place = 1;
            for (@Nullable Object[] row : run.rows()) {
                Arguments.bind(statement, place, row);
                place += row.length;
            }
        }
    },

    /** Each argument is an array with one element a row; the text casts it, as in {@code ?::bigint[]}. */
    ARRAYS {
        @Override
        List<Run> runs(String text, List<@Nullable Object[]> rows) {
            return List.of(new Run(text, rows));
        }

        @Override
        void bind(Connection connection, PreparedStatement statement, Run run) throws SQLException {
            int width = types(run.text()).size();
            bindGroups(connection, statement, run.text(), List.of(new Group(width, run.rows())));
        }
    };

    private static final int MOST_GROUPS = 1_000;
    private static final Pattern ARRAY = Pattern.compile("\\?::(\\w+)\\[]");
    private static final Pattern GROUP = Pattern.compile("\\{([^|}]*)(\\|[^}]*)?}");

    /** The types of a text's arrays; there is a small number of texts. */
    private static final Map<String, List<String>> TYPES = new ConcurrentHashMap<>();

    /** One execution. */
    record Run(String text, List<@Nullable Object[]> rows) {}

    /** The executions that cover all rows. */
    abstract List<Run> runs(String text, List<@Nullable Object[]> rows);

    abstract void bind(Connection connection, PreparedStatement statement, Run run) throws SQLException;

    /** Rows of so many columns each, for a statement that takes several such groups. */
    record Group(int width, List<@Nullable Object[]> rows) {}

    /** Binds arrays, one a column, group after group. */
    static void bindGroups(Connection connection, PreparedStatement statement, String text, List<Group> groups)
            throws SQLException {
        Iterator<String> types = types(text).iterator();
        int place = 1;
        for (Group group : groups) {
            for (int column = 0; column < group.width(); column++) {
                String type = types.next();
                statement.setArray(place, connection.createArrayOf(type, column(group.rows(), column, type)));
                place++;
            }
        }
    }

    private static List<String> types(String text) {
        return TYPES.computeIfAbsent(
                text,
                any -> ARRAY.matcher(any).results().map(found -> found.group(1)).toList());
    }

    private static String repeated(String text, int times) {
        Matcher group = GROUP.matcher(text);
        return group.replaceAll(found -> {
            String between = found.group(2) == null ? ", " : found.group(2).substring(1);
            return Matcher.quoteReplacement(String.join(between, Collections.nCopies(times, found.group(1))));
        });
    }

    private static @Nullable Object[] column(List<@Nullable Object[]> rows, int column, String type) {
        @Nullable Object[] values = type.equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i)[column];
            values[i] = value instanceof Bytes bytes ? bytes.toArray() : value;
        }
        return values;
    }
}
