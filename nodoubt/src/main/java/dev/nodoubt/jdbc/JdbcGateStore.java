package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The gate's rows on PostgreSQL 14, MariaDB 10.6, MySQL 8.0.17 or newer, or H2 2.4 for development; the data source tells
 * which, at the first use. Thread-safe.
 *
 * <p>The data source leads to the primary; what runs outside the gate's transactions takes a connection from it for a
 * statement or two, and never while the gate holds another.
 */
public final class JdbcGateStore implements GateStore {

    private static final String READ = """
            SELECT key_time, state, fingerprint_version, fingerprint, operation, reason, recorded_at,
                   status, headers, media_type, body
              FROM nodoubt_gate
             WHERE scope = ? AND idempotency_key = ?
            """;

    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private final DataSource primary;
    private volatile @Nullable Database database;

    /** A store over the primary: the same database as the handlers' effects, which the gate's transactions write. */
    public JdbcGateStore(DataSource primary) {
        this.primary = primary;
    }

    private record Database(Dialect dialect, GateTable gate, UpkeepTables upkeep) {}

    private Database database() throws SQLException {
        Database known = database;
        return known == null ? learn(Dialect.of(primary)) : known;
    }

    /** Asks this connection: who holds one and waits for another one may wait for others who do the same. */
    private Database database(Connection transaction) throws SQLException {
        Database known = database;
        return known == null ? learn(Dialect.of(transaction)) : known;
    }

    private Database learn(Dialect dialect) {
        Database learned = new Database(dialect, GateTable.of(dialect), new UpkeepTables(dialect));
        database = learned;
        return learned;
    }

    private interface Question<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inAutocommit(Question<T> question) throws SQLException {
        try (Connection connection = primary.getConnection()) {
            connection.setAutoCommit(true);
            return question.on(connection);
        }
    }

    private <T> T inTransaction(Question<T> question) throws SQLException {
        try (Connection connection = primary.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (database().dialect() == Dialect.MARIADB || database().dialect() == Dialect.MYSQL) {
                    // A purge must lock what it deletes, and no gap in which another key may be inserted.
                    GateTable.run(connection, READ_COMMITTED);
                }
                T answer = question.on(connection);
                connection.commit();
                return answer;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public @Nullable GateRow read(GateKey key) throws SQLException {
        Dialect dialect = database().dialect();
        Question<Optional<GateRow>> question = connection -> {
            try (PreparedStatement select = connection.prepareStatement(READ)) {
                select.setString(1, key.scope());
                select.setString(2, key.key().value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(GateRows.read(row, dialect)) : Optional.empty();
                }
            }
        };
        return inAutocommit(question).orElse(null);
    }

    @Override
    public boolean held(GateKey key) throws SQLException {
        GateTable gate = database().gate();
        return inAutocommit(connection -> gate.held(connection, key));
    }

    @Override
    public Horizon horizon() throws SQLException {
        return inAutocommit(database().upkeep()::horizon);
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException {
        return database(transaction).gate().enter(transaction, key, row, bound);
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        return database(transaction).gate().owns(transaction, key);
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        return database(transaction).gate().complete(transaction, key, reply);
    }

    @Override
    public void release(Connection transaction) throws SQLException {
        database(transaction).gate().release(transaction);
    }

    @Override
    public Fault fault(SQLException e) {
        Database known = database;
        return known == null ? Fault.OTHER : known.gate().fault(e);
    }

    @Override
    public boolean forget(GateKey key) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        return inAutocommit(connection -> upkeep.forget(connection, key));
    }

    @Override
    public Instant now() throws SQLException {
        return inAutocommit(database().upkeep()::now);
    }

    @Override
    public void raiseHorizon(Instant to) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        inTransaction(connection -> upkeep.raiseHorizon(connection, to));
    }

    @Override
    public void rewound(Instant to) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        inTransaction(connection -> upkeep.rewound(connection, to));
    }

    @Override
    public int purge(int batch) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        return inTransaction(connection -> upkeep.purge(connection, batch));
    }

    @Override
    public Instant eraseBodies(Instant from, Instant to, int batch) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        return inTransaction(connection -> upkeep.eraseBodies(connection, from, to, batch));
    }

    @Override
    public Usage addUsage(String scope, Usage change) throws SQLException {
        UpkeepTables upkeep = database().upkeep();
        return inTransaction(connection -> upkeep.addUsage(connection, scope, change));
    }
}
