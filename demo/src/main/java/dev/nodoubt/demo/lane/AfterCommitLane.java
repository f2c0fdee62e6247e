package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.lane.MailClient.Knowledge;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The call after the transfer's commit, once or with plain retries: once loses mails or leaves them unknown, retries
 * double them.
 */
public final class AfterCommitLane implements Lane {

    private final String name;
    private final int attempts;
    private final Ledger ledger;
    private final MailClient mail;
    private final Pace pace;
    private Accounts accounts = new Accounts(List.of());

    private AfterCommitLane(String name, int attempts, DataSource database, MailClient mail, Pace pace) {
        this.name = name;
        this.attempts = attempts;
        this.ledger = new Ledger(database);
        this.mail = mail;
        this.pace = pace;
    }

    /** The call, once. */
    public static AfterCommitLane separate(DataSource database, URI mail, Pace pace) {
        return new AfterCommitLane("separate", 1, database, new MailClient(mail, pace), pace);
    }

    /** The call, up to five times, until an answer is good. */
    public static AfterCommitLane retry(DataSource database, URI mail, Pace pace) {
        return new AfterCommitLane("retry", 5, database, new MailClient(mail, pace), pace);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(List<Transfer> input) throws SQLException {
        accounts = new Accounts(input);
        ledger.create(accounts);
    }

    @Override
    public boolean owns(String transferId) {
        return transferId.startsWith(name + "-");
    }

    @Override
    public Books books() throws SQLException {
        return new Books(ledger.committed(), ledger.doubts());
    }

    @Override
    public Client client() throws SQLException {
        return new AfterCommit(ledger.connect());
    }

    private Knowledge send(String id, Transfer transfer) throws InterruptedException {
        Knowledge knowledge = Knowledge.NOT_SENT;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            Knowledge now = mail.attempt(id, accounts.address(transfer.to()), transfer);
            if (now == Knowledge.SENT) {
                return now;
            }
            // one attempt without an answer is enough: later refusals say nothing about it
            knowledge = now == Knowledge.UNKNOWN ? now : knowledge;
            if (attempt < attempts) {
                Thread.sleep(pace.backoff(attempt).toMillis());
            }
        }
        return knowledge;
    }

    private final class AfterCommit implements Client {

        private final Connection connection;

        AfterCommit(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void transfer(Transfer transfer) throws SQLException, InterruptedException {
            String id = transfer.id(name);
            ledger.post(connection, id, transfer);
            connection.commit();
            ledger.note(connection, id, send(id, transfer));
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
