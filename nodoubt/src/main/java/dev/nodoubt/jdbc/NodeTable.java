package dev.nodoubt.jdbc;

import dev.nodoubt.call.CallStore.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code nodoubt_node}: leases by the database's clock, and what becomes of the calls of a node that is gone. */
final class NodeTable {

    private static final String JOIN = """
            INSERT INTO nodoubt_node (node, joined_at, lease_until)
            VALUES (?, clock_timestamp(), clock_timestamp() + ? * interval '1 millisecond')
            RETURNING incarnation, clock_timestamp()
            """;

    /** An incarnation that was ended stays ended, whatever the clock says. */
    private static final String RENEW = """
            UPDATE nodoubt_node SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE incarnation = ? AND ended_at IS NULL
            RETURNING incarnation, clock_timestamp()
            """;

    private static final String END_DEAD = """
            UPDATE nodoubt_node SET ended_at = clock_timestamp()
            WHERE ended_at IS NULL AND lease_until < clock_timestamp() AND incarnation <> ?
            """;

    /** A dead node may have sent what it held as waiting; one that left in order, or nobody, has not. */
    private static final String TAKE_OVER = """
            WITH free AS (
                SELECT c.key, c.incarnation = 0 OR n.in_order AS as_it_is
                FROM (SELECT incarnation, in_order FROM nodoubt_node WHERE ended_at IS NOT NULL
                      UNION ALL SELECT 0, true) n
                JOIN nodoubt_call c ON c.incarnation = n.incarnation AND c.target = ANY (?)
                LIMIT ?
                FOR UPDATE OF c SKIP LOCKED
            )
            UPDATE nodoubt_call c
            SET incarnation = ?,
                state = CASE WHEN c.state = 'waiting' AND NOT free.as_it_is THEN 'in-doubt' ELSE c.state END,
                next_at = CASE WHEN free.as_it_is THEN c.next_at ELSE clock_timestamp() END
            FROM free WHERE c.key = free.key
            """;

    /** Kept for a day, longer than any business transaction that still names it may stay open. */
    private static final String FORGET = """
            DELETE FROM nodoubt_node n
            WHERE n.ended_at < clock_timestamp() - interval '1 day'
              AND NOT EXISTS (SELECT FROM nodoubt_call c WHERE c.incarnation = n.incarnation)
            """;

    private static final String MARK_UNDER_WAY =
            "UPDATE nodoubt_call SET state = 'in-doubt' WHERE incarnation = ? AND state = 'waiting' AND key = ANY (?)";

    private static final String LEAVE = """
            UPDATE nodoubt_node SET ended_at = clock_timestamp(), in_order = true
            WHERE incarnation = ? AND ended_at IS NULL
            """;

    Lease join(Connection tx, String node, Duration lease) throws SQLException {
        try (PreparedStatement insert = tx.prepareStatement(JOIN)) {
            insert.setString(1, node);
            insert.setLong(2, lease.toMillis());
            return lease(insert).orElseThrow();
        }
    }

    Optional<Lease> renew(Connection tx, long incarnation, Duration lease) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(RENEW)) {
            update.setLong(1, lease.toMillis());
            update.setLong(2, incarnation);
            return lease(update);
        }
    }

    int takeOver(Connection tx, long incarnation, Set<String> targets, int limit) throws SQLException {
        try (PreparedStatement end = tx.prepareStatement(END_DEAD);
                PreparedStatement forget = tx.prepareStatement(FORGET);
                PreparedStatement take = tx.prepareStatement(TAKE_OVER)) {
            end.setLong(1, incarnation);
            end.executeUpdate();
            forget.executeUpdate();
            take.setArray(1, tx.createArrayOf("text", targets.toArray()));
            take.setInt(2, limit);
            take.setLong(3, incarnation);
            return take.executeUpdate();
        }
    }

    void leave(Connection tx, long incarnation, UUID[] underWay) throws SQLException {
        try (PreparedStatement mark = tx.prepareStatement(MARK_UNDER_WAY);
                PreparedStatement leave = tx.prepareStatement(LEAVE)) {
            mark.setLong(1, incarnation);
            mark.setArray(2, tx.createArrayOf("uuid", underWay));
            mark.executeUpdate();
            leave.setLong(1, incarnation);
            leave.executeUpdate();
        }
    }

    private static Optional<Lease> lease(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Lease(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }
}
