package dev.nodoubt.demo.lane;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The ledger of a comparison lane: accounts and transfers in a database of its own. Thread-safe. */
final class Ledger {

    private static final String CREATE = """
            DROP TABLE IF EXISTS transfer, account;
            CREATE TABLE account (
                name text PRIMARY KEY,
                balance numeric(20, 2) NOT NULL CHECK (balance >= 0)
            );
            CREATE TABLE transfer (
                id text PRIMARY KEY,
                payer text NOT NULL REFERENCES account,
                payee text NOT NULL REFERENCES account,
                amount numeric(20, 2) NOT NULL CHECK (amount > 0),
                memo text NOT NULL,
                mail text NOT NULL DEFAULT 'UNKNOWN'
            );
            """;

    private static final String OPEN = """
            INSERT INTO account (name, balance) VALUES (?, ?)
            """;

    private static final String ADD = """
            UPDATE account SET balance = balance + ? WHERE name = ?
            """;

    private static final String INSERT = """
            INSERT INTO transfer (id, payer, payee, amount, memo) VALUES (?, ?, ?, ?, ?)
            """;

    private static final String MAIL = """
            UPDATE transfer SET mail = ? WHERE id = ?
            """;

    private static final String COMMITTED = """
            SELECT id FROM transfer
            """;

    private static final String DOUBTS = """
            SELECT count(*) FROM transfer WHERE mail = 'UNKNOWN'
            """;

    private final DataSource database;

    Ledger(DataSource database) {
        this.database = database;
    }

    void create(Accounts accounts) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement create = connection.createStatement();
                PreparedStatement open = connection.prepareStatement(OPEN)) {
            create.execute(CREATE);
            for (String name : accounts.addresses().keySet()) {
                open.setString(1, name);
                open.setBigDecimal(2, accounts.balance());
                open.addBatch();
            }
            open.executeBatch();
        }
    }

    /** A connection for one client, without auto-commit. */
    Connection connect() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Moves the money within the connection's transaction; accounts are locked in the order of names. */
    void post(Connection connection, String id, Transfer transfer) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (String name :
                    Stream.of(transfer.from(), transfer.to()).sorted().toList()) {
                BigDecimal amount = transfer.amount();
                add.setBigDecimal(1, name.equals(transfer.from()) ? amount.negate() : amount);
                add.setString(2, name);
                add.executeUpdate();
            }
            insert.setString(1, id);
            insert.setString(2, transfer.from());
            insert.setString(3, transfer.to());
            insert.setBigDecimal(4, transfer.amount());
            insert.setString(5, transfer.memo());
            insert.executeUpdate();
        }
    }

    /** Notes what is known of the transfer's mail, within the connection's transaction. */
    void note(Connection connection, String id, MailClient.Knowledge mail) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MAIL)) {
            update.setString(1, mail.name());
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    Set<String> committed() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COMMITTED)) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    int doubts() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DOUBTS)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
