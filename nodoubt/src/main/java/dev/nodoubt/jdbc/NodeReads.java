package dev.nodoubt.jdbc;

import dev.nodoubt.call.NodeStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a person may know of the nodes. */
final class NodeReads {

    private static final String NEWEST = """
            SELECT incarnation, node, joined_at, lease_until, ended_at, in_order FROM nodoubt_node
            ORDER BY incarnation DESC LIMIT 200
            """;

    List<NodeStatus> newest(CallSession session) throws SQLException {
        Instant now = session.now();
        List<NodeStatus> nodes = new ArrayList<>();
        try (PreparedStatement select = session.prepare(NEWEST);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Instant leaseUntil = time(session, rows, "lease_until");
                Instant endedAt = session.dialect().time(rows, "ended_at");
                nodes.add(new NodeStatus(
                        rows.getLong("incarnation"),
                        rows.getString("node"),
                        time(session, rows, "joined_at"),
                        leaseUntil,
                        endedAt,
                        rows.getBoolean("in_order"),
                        endedAt == null && leaseUntil.isAfter(now)));
            }
        }
        return nodes;
    }

    private static Instant time(CallSession session, ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(session.dialect().time(row, column), column);
    }
}
