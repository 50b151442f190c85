package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.CheckoutStore.ValueCount;
import dev.kadao.port.StoredNotice;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes rows into what the port speaks of; columns by their order in {@link Query}'s texts. */
final class Rows {
    private Rows() {}

    static StoredCheckout checkout(ResultSet row) throws SQLException {
        return new StoredCheckout(
                new CheckoutId(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                Bytes.of(row.getBytes(5)),
                Bytes.of(row.getBytes(6)),
                row.getString(7));
    }

    static JournalRow journal(ResultSet row) throws SQLException {
        return new JournalRow(
                new CheckoutId(row.getString(1)), row.getLong(2), row.getString(3), Bytes.of(row.getBytes(4)));
    }

    static IndexHit hit(ResultSet row) throws SQLException {
        return new IndexHit(row.getString(1), new CheckoutId(row.getString(2)), row.getInt(3));
    }

    static ValueCount count(ResultSet row) throws SQLException {
        return new ValueCount(row.getString(1), row.getLong(2));
    }

    static StoredNotice notice(ResultSet row) throws SQLException {
        long due = row.getLong(8);
        boolean never = row.wasNull();
        return new StoredNotice(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Bytes.of(row.getBytes(4)),
                Bytes.of(row.getBytes(5)),
                StoredNotice.State.valueOf(row.getString(6)),
                Micros.instant(row.getLong(7)),
                never ? null : Micros.instant(due));
    }

    static KeySlot keySlot(ResultSet row) throws SQLException {
        String order = row.getString(4);
        row.getLong(6);
        boolean unseen = row.wasNull();
        return new KeySlot(
                row.getString(1),
                row.getString(2),
                KeySlot.State.valueOf(row.getString(3)),
                order == null ? null : OrderId.parse(order),
                row.getInt(5),
                !unseen);
    }
}
