package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.lane.MailClient.Knowledge;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The synchronous call inside the transfer's transaction: shared fate. A call without a good answer rolls the transfer
 * back, whatever became of the mail.
 */
public final class NaiveLane implements Lane {

    private static final String NAME = "naive";

    private final Ledger ledger;
    private final MailClient mail;
    private final AtomicInteger doubts = new AtomicInteger();
    private Accounts accounts = new Accounts(List.of());

    public NaiveLane(DataSource database, URI mail, Pace pace) {
        this.ledger = new Ledger(database);
        this.mail = new MailClient(mail, pace);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void open(List<Transfer> input) throws SQLException {
        doubts.set(0);
        accounts = new Accounts(input);
        ledger.create(accounts);
    }

    @Override
    public boolean owns(String transferId) {
        return transferId.startsWith(NAME + "-");
    }

    /** A rolled back transfer leaves no row to keep a doubt in: those are counted where they arise. */
    @Override
    public Books books() throws SQLException {
        return new Books(ledger.committed(), doubts.get());
    }

    @Override
    public Client client() throws SQLException {
        return new InTransaction(ledger.connect());
    }

    private final class InTransaction implements Client {

        private final Connection connection;

        InTransaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void transfer(Transfer transfer) throws SQLException, InterruptedException {
            String id = transfer.id(NAME);
            ledger.post(connection, id, transfer);
            Knowledge knowledge = mail.attempt(id, accounts.address(transfer.to()), transfer);
            if (knowledge == Knowledge.SENT) {
                ledger.note(connection, id, knowledge);
                connection.commit();
                return;
            }
            connection.rollback();
            doubts.addAndGet(knowledge == Knowledge.UNKNOWN ? 1 : 0);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
