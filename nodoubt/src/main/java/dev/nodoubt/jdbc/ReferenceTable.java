package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code nodoubt_reference}: one row a business key, under the digest of target, operation and the key itself. */
final class ReferenceTable {

    private static final String FIND = "SELECT call_key FROM nodoubt_reference WHERE digest = ?";

    private static final String REMOVE = "DELETE FROM nodoubt_reference WHERE digest = ?";

    static byte[] digest(String target, String operation, String businessKey) {
        return Digest.framed(target, operation, businessKey);
    }

    /** Makes the business key name this call; the key of the earlier call that it names, or null. */
    @Nullable
    IdempotencyKey refer(CallSession session, byte[] digest, IdempotencyKey key) throws SQLException {
        if (insert(session, digest, key)) {
            return null;
        }
        return read(session, session.sql().referred(), digest)
                .orElseThrow(() -> new SQLException("the earlier call of the business key was just purged; try again"));
    }

    private static boolean insert(CallSession session, byte[] digest, IdempotencyKey key) throws SQLException {
        try (PreparedStatement insert = session.prepare(session.sql().refer())) {
            insert.setBytes(1, digest);
            session.dialect().bind(insert, 2, key);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (session.dialect() == Dialect.H2 && Duplicates.is(e)) {
                return false;
            }
            throw e;
        }
    }

    /** The call was not recorded after all. */
    void remove(CallSession session, byte[] digest) throws SQLException {
        try (PreparedStatement delete = session.prepare(REMOVE)) {
            delete.setBytes(1, digest);
            delete.executeUpdate();
        }
    }

    Optional<IdempotencyKey> find(CallSession session, byte[] digest) throws SQLException {
        return read(session, FIND, digest);
    }

    private static Optional<IdempotencyKey> read(CallSession session, String sql, byte[] digest) throws SQLException {
        try (PreparedStatement select = session.prepare(sql)) {
            select.setBytes(1, digest);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(CallRows.key(row)) : Optional.empty();
            }
        }
    }
}
