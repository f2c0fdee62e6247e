package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.util.List;

/** The transaction and no call: the price of everything else is measured against it. */
public final class TransferAlone implements Contender {

    private final Surroundings surroundings;

    public TransferAlone(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void start() {
        // nothing is delivered
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        surroundings.transaction(transaction -> {
            for (Transfer transfer : transfers) {
                transfer.make(transaction);
            }
        });
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
