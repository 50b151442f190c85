package dev.kadao.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How rows of arguments become statements. Within the caller's transaction. */
interface RowWriter {
    void write(Connection connection, Write write, List<@Nullable Object[]> rows) throws SQLException;

    /** The single-row statement; where there are several rows, as one JDBC batch. */
    RowWriter SINGLE = (connection, write, rows) -> {
        try (PreparedStatement statement = connection.prepareStatement(write.single)) {
            if (rows.size() == 1) {
                bind(statement, 1, rows.get(0));
                expect(write, 1, statement.executeUpdate());
                return;
            }
            for (@Nullable Object[] row : rows) {
                bind(statement, 1, row);
                statement.addBatch();
            }
            for (int changed : statement.executeBatch()) {
                expect(write, 1, changed);
            }
        }
    };

    /** One statement with an array for each column. */
    RowWriter ARRAYS = new RowWriter() {
        private final Pattern type = Pattern.compile("\\?::(\\w+)\\[]");

        @Override
        public void write(Connection connection, Write write, List<@Nullable Object[]> rows) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(write.arrays)) {
                Matcher types = type.matcher(write.arrays);
                for (int column = 0; types.find(); column++) {
                    String name = types.group(1);
                    statement.setArray(column + 1, connection.createArrayOf(name, column(rows, column, name)));
                }
                expect(write, rows.size(), statement.executeUpdate());
            }
        }

        private @Nullable Object[] column(List<@Nullable Object[]> rows, int column, String name) {
            @Nullable Object[] values = name.equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i)[column];
            }
            return values;
        }
    };

    /** One statement whose text grows with the rows. */
    RowWriter REPEATED = new RowWriter() {
        private final Pattern group = Pattern.compile("\\{([^|}]*)(\\|[^}]*)?}");

        @Override
        public void write(Connection connection, Write write, List<@Nullable Object[]> rows) throws SQLException {
            String text = group.matcher(write.repeated).replaceAll(found -> {
                String between = found.group(2) == null ? ", " : found.group(2).substring(1);
                return Matcher.quoteReplacement(String.join(between, Collections.nCopies(rows.size(), found.group(1))));
            });
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                int place = 1;
                for (@Nullable Object[] row : rows) {
                    bind(statement, place, row);
                    place += row.length;
                }
                int changed = statement.executeUpdate();
                // "On duplicate key update" counts each updated row twice.
                expect(write, rows.size(), write == Write.CHECKOUT_UPDATE ? changed / 2 : changed);
            }
        }
    };

    static void bind(PreparedStatement statement, int first, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof byte[] bytes) {
                statement.setBytes(first + i, bytes);
            } else {
                statement.setObject(first + i, value);
            }
        }
    }

    private static void expect(Write write, int rows, int changed) throws SQLException {
        if (changed != rows) {
            throw new SQLException(write + " changed " + changed + " rows where " + rows + " were expected");
        }
    }
}
