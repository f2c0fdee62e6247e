package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.util.List;

/** A call from the caller's own thread after its commit, without a record: what is in doubt then stays so. */
public final class PlainCall implements Contender {

    private final TransferAlone transfers;
    private final Poster poster;
    private final boolean withTransfer;

    /** @param withTransfer false: the call alone */
    public PlainCall(Surroundings surroundings, boolean withTransfer) {
        this.transfers = new TransferAlone(surroundings);
        this.poster = new Poster(surroundings);
        this.withTransfer = withTransfer;
    }

    @Override
    public void start() {
        // the producers deliver
    }

    @Override
    public void transfer(List<Transfer> batch) throws Exception {
        if (withTransfer) {
            transfers.transfer(batch);
        }
        for (Transfer transfer : batch) {
            poster.postAndWait(transfer.body());
        }
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void close() {
        poster.close();
    }
}
