package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.mailbox.Mail;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** One way to have a mail sent for each committed transfer. The comparison: same input, network, limits and count. */
public interface Lane {

    /** As in reports and in X-Transfer-Id. */
    String name();

    /** Makes a fresh ledger with an account for every name of the input, rich enough for all of it. */
    void open(List<Transfer> input) throws IOException, SQLException, InterruptedException;

    /** A client for one thread. */
    Client client() throws SQLException;

    /** How many mails this lane's programs still work on by themselves, after their clients have ended. */
    default int pending() throws SQLException {
        return 0;
    }

    /** What the ledger says now. */
    Books books() throws SQLException;

    /** What its owner promises of it. */
    default Promise promise() {
        return Promise.NOTHING;
    }

    /** The calls that a person has to look at, each by its X-Transfer-Id, ascending. */
    default List<String> unresolved() throws SQLException {
        return List.of();
    }

    /** What was done for this lane, of all that arrived at the mailbox or wherever it is done. */
    default List<Mail> effects(List<Mail> mails) throws IOException, InterruptedException {
        return mails.stream().filter(mail -> owns(mail.transferId())).toList();
    }

    /** Whether a mail with this X-Transfer-Id was sent by this lane. */
    boolean owns(String transferId);

    /** Makes transfers one after another. */
    interface Client extends AutoCloseable {

        /** Returns when the person who ordered it has an answer. */
        void transfer(Transfer transfer) throws IOException, SQLException, InterruptedException;

        @Override
        void close() throws SQLException;
    }

    /** What has to hold of a lane's count. */
    enum Promise {
        NOTHING,
        /** Each transfer commits and has exactly one mail. */
        ONCE,
        /** No transfer has two mails, and what has none is in doubt. */
        NEVER_TWICE
    }

    /**
     * A ledger's state.
     *
     * @param committed X-Transfer-Id of each transfer that committed
     * @param inDoubt calls of which nobody knows whether a mail went out
     */
    record Books(Set<String> committed, int inDoubt) {}
}
