package dev.nodoubt.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** {@code nodoubt_target}: what one node learnt of a target that all should know. */
final class TargetTable {

    private static final String HELD_OFF = "SELECT target, held_off_until FROM nodoubt_target WHERE held_off_until > ?";

    private static final int MOST_TURNS = 5;

    void holdOff(CallSession session, String target, Duration time) throws SQLException {
        for (int turn = 1; ; turn++) {
            try (PreparedStatement upsert = session.prepare(session.sql().holdOff())) {
                upsert.setString(1, target);
                session.dialect().bind(upsert, 2, session.now().plus(time));
                upsert.executeUpdate();
                return;
            } catch (SQLException e) {
                if (session.dialect() != Dialect.H2 || !Duplicates.is(e) || turn == MOST_TURNS) {
                    throw e;
                }
            }
        }
    }

    Map<String, Instant> heldOff(CallSession session) throws SQLException {
        try (PreparedStatement select = session.prepare(HELD_OFF)) {
            session.bindNow(select, 1);
            Map<String, Instant> until = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Instant time = session.dialect().time(rows, "held_off_until");
                    if (time != null) {
                        until.put(rows.getString("target"), time);
                    }
                }
            }
            return until;
        }
    }
}
