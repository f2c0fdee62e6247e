package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that this version cannot read: each keeps no other from being read, and is told of once. Thread-safe. */
final class UnreadCalls {

    private static final Logger log = LoggerFactory.getLogger(UnreadCalls.class);
    private static final int MOST_TOLD = 1_000;

    private final Set<IdempotencyKey> told = ConcurrentHashMap.newKeySet();

    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What the row says; empty when that makes no sense to this version. */
    <T> Optional<T> orRead(ResultSet row, Reading<T> reading) throws SQLException {
        try {
            return Optional.of(reading.read(row));
        } catch (IllegalArgumentException e) {
            IdempotencyKey key = CallRows.key(row);
            if (told.size() < MOST_TOLD && told.add(key)) {
                log.warn("ND-0112 the row of call {} cannot be read ({}) and is left alone", key, e.getMessage());
            }
            return Optional.empty();
        }
    }
}
