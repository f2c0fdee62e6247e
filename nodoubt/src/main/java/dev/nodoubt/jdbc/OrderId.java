package dev.nodoubt.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names an order: the digest of target and order key, in hex digits. */
record OrderId(String hex) implements Comparable<OrderId> {

    static OrderId of(String target, String orderKey) {
        return new OrderId(HexFormat.of().formatHex(Digest.framed(target, orderKey)));
    }

    /** Of an open call's row; null where the call stands in no order, or no more. */
    static @Nullable OrderId of(ResultSet row) throws SQLException {
        row.getLong("order_sequence");
        return row.wasNull() ? null : new OrderId(HexFormat.of().formatHex(row.getBytes("order_digest")));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(OrderId other) {
        return hex.compareTo(other.hex);
    }
}
