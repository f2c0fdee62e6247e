package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Operator;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Usage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of a receiver: its keys, what each caller has there, its horizon. Reads bounded many rows at any
 * number of keys. Thread-safe; takes a connection for each method and keeps none. Every method throws {@link
 * CallStoreException} when the database cannot be used.
 */
public final class JdbcGateDesk {

    private static final String USAGE = """
            SELECT scope, recorded, tombstones FROM (SELECT * FROM nodoubt_usage ORDER BY scope LIMIT 10000) AS u
            ORDER BY recorded DESC, scope LIMIT 200
            """;

    private static final String REPLY = """
            SELECT status, headers, media_type, body, idempotency_key FROM nodoubt_gate
            WHERE scope = ? AND idempotency_key = ? AND status IS NOT NULL
            """;

    private final CallDatabase database;
    private final AuditTable audit = new AuditTable();

    /** A desk on the primary, which holds the keys. */
    public JdbcGateDesk(DataSource primary) {
        this.database = new CallDatabase(primary);
    }

    /**
     * A page of keys.
     *
     * @param keys as the query orders them
     * @param more whether others follow
     * @param cut whether only the first {@link GateKeyQuery#BOUND} keys that match scope and time were looked at
     */
    public record Page(List<GateKeyStatus> keys, boolean more, boolean cut) {
        public Page {
            keys = List.copyOf(keys);
        }
    }

    /** Recorded keys that match, without what their replies say. */
    public Page search(GateKeyQuery query) {
        return database.inTransaction("search the gate's keys", tx -> GateKeySearch.page(tx, query));
    }

    /** The persisted horizon. */
    public Horizon horizon() {
        return database.inTransaction(
                "read the horizon", tx -> new UpkeepTables(tx.dialect()).horizon(tx.connection()));
    }

    /** How many keys and tombstones each caller has, by scope: the 200 with the most. Near the truth, not always at it. */
    public Map<String, Usage> usage() {
        return database.inTransaction("read the usage", tx -> {
            Map<String, Usage> usage = new LinkedHashMap<>();
            try (PreparedStatement select = tx.prepare(USAGE);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    usage.put(rows.getString("scope"), new Usage(rows.getLong("recorded"), rows.getLong("tombstones")));
                }
            }
            return usage;
        });
    }

    /**
     * Shows the reply under a key; audited in the same transaction.
     *
     * @return empty when no reply stands there
     */
    public Optional<Reply> reveal(GateKey key, Operator by) {
        return database.inTransaction("reveal the reply of " + key, tx -> {
            Reply reply = reply(tx, key);
            if (reply != null) {
                audit.write(tx, naming(key, by), Action.REVEAL, null, null);
            }
            return Optional.ofNullable(reply);
        });
    }

    /** The audit's column of keys is for calls: another caller's key stands in the reason, by its digest. */
    private static Operator naming(GateKey key, Operator by) {
        String reason = key + ": " + by.reason();
        return new Operator(by.actor(), reason.substring(0, Math.min(reason.length(), Operator.LONGEST_REASON)));
    }

    private static @Nullable Reply reply(CallSession session, GateKey key) throws SQLException {
        try (PreparedStatement select = session.prepare(REPLY)) {
            select.setString(1, key.scope());
            select.setString(2, key.key().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? ReplyColumns.read(row, "") : null;
            }
        }
    }
}
