package dev.nodoubt.jdbc;

import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Postponement;
import dev.nodoubt.call.Settlement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes that a call's holder makes, many rows at once. Each returns the rows that were still held. */
interface CallTable {

    static CallTable of(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? new PostgresCallTable() : new PlainCallTable();
    }

    /** Moves rows to the settled ones. */
    List<Written> settle(CallSession session, List<Settlement> rows, @Nullable String evidence) throws SQLException;

    List<Written> defer(CallSession session, List<Deferral> rows) throws SQLException;

    /** As {@link #defer}, of those rows that nobody wants to be given up. */
    List<Written> begin(CallSession session, List<Deferral> rows) throws SQLException;

    List<Written> postpone(CallSession session, List<Postponement> rows) throws SQLException;
}
