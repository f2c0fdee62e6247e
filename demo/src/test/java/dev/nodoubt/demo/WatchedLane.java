package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.Transfer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lane that tells when so many of its transfers were answered. */
record WatchedLane(Lane lane, CountDownLatch answered) implements Lane {

    static WatchedLane of(Lane lane, int transfers) {
        return new WatchedLane(lane, new CountDownLatch(transfers));
    }

    void awaitAnswered() throws InterruptedException {
        if (!answered.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError(answered.getCount() + " of the awaited transfers got no answer");
        }
    }

    @Override
    public String name() {
        return lane.name();
    }

    @Override
    public void open(List<Transfer> input) throws IOException, SQLException, InterruptedException {
        lane.open(input);
    }

    @Override
    public int pending() throws SQLException {
        return lane.pending();
    }

    @Override
    public Books books() throws SQLException {
        return lane.books();
    }

    @Override
    public boolean owns(String transferId) {
        return lane.owns(transferId);
    }

    @Override
    public Client client() throws SQLException {
        Client client = lane.client();
        return new Client() {
            @Override
            public void transfer(Transfer transfer) throws IOException, SQLException, InterruptedException {
                client.transfer(transfer);
                answered.countDown();
            }

            @Override
            public void close() throws SQLException {
                client.close();
            }
        };
    }
}
