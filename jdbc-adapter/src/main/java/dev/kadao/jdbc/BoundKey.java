package dev.kadao.jdbc;

import dev.kadao.order.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A key that an order has. Names no content.
 *
 * @param order whose it is
 * @param replacement which delivery of the order it belongs to; 0 is the first
 * @param slot its place in that delivery, from 1
 * @param isSold whether it was handed over; else it is reserved
 * @param isRevealed whether the buyer has seen it
 */
public record BoundKey(String id, OrderId order, int replacement, int slot, boolean isSold, boolean isRevealed) {

    /** Columns: id, state, order, replacement, slot, revealed at. */
    static BoundKey read(ResultSet row) throws SQLException {
        row.getLong(6);
        boolean unseen = row.wasNull();
        return new BoundKey(
                row.getString(1),
                OrderId.parse(row.getString(3)),
                row.getInt(4),
                row.getInt(5),
                row.getString(2).equals("SOLD"),
                !unseen);
    }
}
