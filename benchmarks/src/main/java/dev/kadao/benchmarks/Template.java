package dev.kadao.benchmarks;

import dev.kadao.order.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows that Kadao left for one order, read from its tables after placing and again after delivery. Other orders get
 * the same rows with their own id and SKU put in, so that what is written by hand weighs the same.
 */
final class Template {
    private static final String CHECKOUT = """
            SELECT seq, step_id, format, document, personal, due, claimant, claimed_until FROM kadao_checkout
            WHERE id = ?""";
    private static final String JOURNAL = "SELECT seq, entries FROM kadao_journal WHERE checkout_id = ? ORDER BY seq";
    private static final String INDEX = "SELECT kind, val, num FROM kadao_index WHERE checkout_id = ?";
    private static final String NOTICE = """
            SELECT notice_key, source, reference, word, raw, state, received_at, due FROM kadao_notice
            WHERE reference LIKE ?""";

    private final String id;
    private final String sku;
    private final Moment placed;
    private final Moment delivered;
    private final @Nullable Object[] notice;

    private Template(String id, String sku, Moment placed, Moment delivered, @Nullable Object[] notice) {
        this.id = id;
        this.sku = sku;
        this.placed = placed;
        this.delivered = delivered;
        this.notice = notice;
    }

    private record Indexed(String kind, String value, int number) {}

    /** A checkout's rows at one moment. */
    private static final class Moment {
        final @Nullable Object[] checkout;
        final List<@Nullable Object[]> journal;
        final Set<Indexed> index = new HashSet<>();

        Moment(Connection connection, String id) throws SQLException {
            this.checkout = rows(connection, CHECKOUT, id).get(0);
            this.journal = rows(connection, JOURNAL, id);
            for (@Nullable Object[] row : rows(connection, INDEX, id)) {
                index.add(new Indexed(text(row[0]), text(row[1]), ((Number) some(row[2])).intValue()));
            }
        }
    }

    /** Has Kadao take one order from placing to delivered. */
    static Template from(DataSource dataSource, Kadao kadao, int order) throws SQLException {
        kadao.place(order, order + 1);
        String id = Orders.id(order);
        try (Connection connection = dataSource.getConnection()) {
            Moment placed = new Moment(connection, id);
            kadao.prepareDelivery(order, order + 1);
            kadao.deliver(order, order + 1);
            Moment delivered = new Moment(connection, id);
            @Nullable Object[] notice = rows(connection, NOTICE, id + "%").get(0);
            return new Template(id, kadao.sku(order), placed, delivered, notice);
        }
    }

    /** The rows of an order that is placed. */
    OrderRows placing(String order, String itsSku) {
        Copy copy = new Copy(order, itsSku);
        OrderRows rows = new OrderRows();
        String step = step(order, 1);
        @Nullable Object[] c = placed.checkout;
        rows.add(Write.CHECKOUT_INSERT, order, 1L, step, c[2], copy.of(c[3]), copy.of(c[4]), c[5], c[6], c[7]);
        rows.add(Write.JOURNAL_INSERT, order, 1L, step, copy.of(placed.journal.get(0)[1]));
        placed.index.forEach(row -> rows.add(Write.INDEX_INSERT, copy.of(row, order)));
        return rows;
    }

    /** What delivery changes, the key aside. */
    OrderRows delivering(String order, String itsSku) {
        Copy copy = new Copy(order, itsSku);
        OrderRows rows = new OrderRows();
        String step = step(order, 2);
        @Nullable Object[] c = delivered.checkout;
        long now = ((Number) some(notice[6])).longValue();
        rows.add(Write.CHECKOUT_UPDATE, 2L, step, c[2], copy.of(c[3]), copy.of(c[4]), c[5], order, 1L);
        rows.add(
                Write.JOURNAL_INSERT, order, 2L, step, copy.of(delivered.journal.get(1)[1]));
        placed.index.stream()
                .filter(row -> !delivered.index.contains(row))
                .forEach(row -> rows.add(Write.INDEX_DELETE, copy.of(row, order)));
        delivered.index.stream()
                .filter(row -> !placed.index.contains(row))
                .forEach(row -> rows.add(Write.INDEX_INSERT, copy.of(row, order)));
        rows.add(Write.RESERVATION_INSERT, order + ".1", itsSku, now, now);
        String key = digest(order).substring(0, Math.min(64, text(notice[0]).length()));
        rows.add(
                Write.NOTICE_INSERT,
                key,
                notice[1],
                copy.of(notice[2]),
                copy.of(notice[3]),
                copy.of(notice[4]),
                notice[5],
                now,
                notice[7]);
        return rows;
    }

    /** An order's document and journal row as they are after placing. */
    record Documents(int format, Bytes document, Bytes personal, Bytes journal) {}

    Documents documents(String order, String itsSku) {
        Copy copy = new Copy(order, itsSku);
        @Nullable Object[] c = placed.checkout;
        return new Documents(
                ((Number) some(c[2])).intValue(),
                bytes(copy.of(c[3])),
                bytes(copy.of(c[4])),
                bytes(copy.of(delivered.journal.get(1)[1])));
    }

    /** A plain step: the document written again with one journal row. */
    OrderRows stepping(String order, String itsSku) {
        Copy copy = new Copy(order, itsSku);
        OrderRows rows = new OrderRows();
        String step = step(order, 2);
        @Nullable Object[] c = placed.checkout;
        rows.add(Write.CHECKOUT_UPDATE, 2L, step, c[2], copy.of(c[3]), copy.of(c[4]), c[5], order, 1L);
        rows.add(
                Write.JOURNAL_INSERT, order, 2L, step, copy.of(delivered.journal.get(1)[1]));
        return rows;
    }

    /** Puts an order's own names in the place of the template's. */
    private final class Copy {
        private final String order;
        private final String itsSku;

        Copy(String order, String itsSku) {
            this.order = order;
            this.itsSku = itsSku;
        }

        @Nullable
        Object of(@Nullable Object value) {
            if (value instanceof String text) {
                return text(text);
            }
            return value instanceof byte[] bytes
                    ? text(new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1)
                    : value;
        }

        @Nullable
        Object[] of(Indexed row, String checkout) {
            return new @Nullable Object[] {row.kind(), of(row.value()), checkout, row.number()};
        }

        private String text(String text) {
            return text.replace(id, order).replace(sku, itsSku);
        }
    }

    /** As long as Kadao's own. */
    private String step(String order, int number) {
        String whole = "s" + number + "_" + order + "000000000000000000000000";
        return whole.substring(0, text(placed.checkout[1]).length());
    }

    private static List<@Nullable Object[]> rows(Connection connection, String query, String argument)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet found = statement.executeQuery()) {
                List<@Nullable Object[]> rows = new ArrayList<>();
                while (found.next()) {
                    @Nullable Object[] row = new Object[found.getMetaData().getColumnCount()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = found.getObject(i + 1);
                    }
                    rows.add(row);
                }
                if (rows.isEmpty()) {
                    throw new SQLException("nothing found for " + argument + " by " + query);
                }
                return rows;
            }
        }
    }

    private static Object some(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("a column of the template is null that should not be");
        }
        return value;
    }

    private static Bytes bytes(@Nullable Object value) {
        return Bytes.of((byte[]) some(value));
    }

    private static String text(@Nullable Object value) {
        return some(value).toString();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
