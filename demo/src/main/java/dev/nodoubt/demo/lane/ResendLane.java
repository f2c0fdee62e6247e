package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.lane.MailClient.Knowledge;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A flag or a log, read as the field often does: what is not on record is taken for not done, and sent again. A request
 * that still runs, or is still on its way, then happens twice.
 */
public final class ResendLane implements Lane {

    private static final int ATTEMPTS = 5;

    private final String name;
    private final MailRecord record;
    private final Ledger ledger;
    private final DataSource shared;
    private final MailClient mail;
    private final Pace pace;
    private Accounts accounts = new Accounts(List.of());

    private ResendLane(
            String name, MailRecord record, DataSource database, DataSource shared, MailClient mail, Pace pace) {
        this.name = name;
        this.record = record;
        this.ledger = new Ledger(database);
        this.shared = shared;
        this.mail = mail;
        this.pace = pace;
    }

    /**
     * By the flag of a row that both share.
     *
     * @param database the lane's ledger
     * @param shared the mail service's database
     */
    public static ResendLane flag(DataSource database, DataSource shared, URI mail, Pace pace) {
        return new ResendLane("flag-resend", MailRecord.FLAG, database, shared, new MailClient(mail, pace), pace);
    }

    /**
     * By the mail service's log.
     *
     * @param database the lane's ledger
     * @param shared the mail service's database
     */
    public static ResendLane log(DataSource database, DataSource shared, URI mail, Pace pace) {
        return new ResendLane("log-resend", MailRecord.LOG, database, shared, new MailClient(mail, pace), pace);
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
        return new Resending(ledger.connect());
    }

    private Knowledge send(String id, Transfer transfer) throws SQLException, InterruptedException {
        UUID request = UUID.randomUUID();
        record.announce(shared, request);
        String address = accounts.address(transfer.to());
        Knowledge knowledge = Knowledge.NOT_SENT;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Knowledge now = mail.attempt(id, address, transfer, Map.of("Request-Id", request.toString()));
            if (now == Knowledge.SENT) {
                return now;
            }
            knowledge = now == Knowledge.UNKNOWN ? now : knowledge;
            Thread.sleep(pace.backoff(attempt).toMillis());
            if (record.done(shared, request)) {
                return Knowledge.SENT;
            }
        }
        return knowledge;
    }

    private final class Resending implements Client {
        private final Connection connection;

        Resending(Connection connection) {
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
