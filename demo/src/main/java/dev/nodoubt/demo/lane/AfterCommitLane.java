package dev.nodoubt.demo.lane;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The call after the transfer's commit, once or with retries: once loses mails or leaves them unknown, retries double
 * them. Reading a flag or a log in between, and taking no record for not done, doubles what still runs or is on its way.
 */
public final class AfterCommitLane implements Lane {

    private final String name;
    private final Ledger ledger;
    private final MailSending sending;
    private Accounts accounts = new Accounts(List.of());

    private AfterCommitLane(String name, DataSource database, MailSending sending) {
        this.name = name;
        this.ledger = new Ledger(database);
        this.sending = sending;
    }

    /** The call, once. */
    public static AfterCommitLane separate(DataSource database, URI mail, Pace pace) {
        return new AfterCommitLane("separate", database, MailSending.plain(1, mail, pace));
    }

    /** The call, up to five times, until an answer is good. */
    public static AfterCommitLane retry(DataSource database, URI mail, Pace pace) {
        return new AfterCommitLane("retry", database, MailSending.plain(5, mail, pace));
    }

    /**
     * The call, up to five times, until an answer is good or the flag of the request is set.
     *
     * @param shared the mail service's database
     */
    public static AfterCommitLane flagResend(DataSource database, DataSource shared, URI mail, Pace pace) {
        return new AfterCommitLane("flag-resend", database, MailSending.recorded(MailRecord.FLAG, shared, mail, pace));
    }

    /**
     * The call, up to five times, until an answer is good or the request is in the mail service's log.
     *
     * @param shared the mail service's database
     */
    public static AfterCommitLane logResend(DataSource database, DataSource shared, URI mail, Pace pace) {
        return new AfterCommitLane("log-resend", database, MailSending.recorded(MailRecord.LOG, shared, mail, pace));
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
            ledger.note(connection, id, sending.send(id, accounts.address(transfer.to()), transfer));
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
