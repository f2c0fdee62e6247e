package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Control;
import dev.nodoubt.bench.delivery.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the target whether all is done, not the tables: with many pending or dead rows that question would cost more than
 * what is measured.
 */
@SuppressWarnings("try") // closing may be interrupted, as every contender's
final class Counted implements Contender {

    private final Contender contender;
    private final int targetPort;
    private final int firstNumber;
    private final AtomicInteger recorded = new AtomicInteger();

    Counted(Contender contender, int targetPort, int firstNumber) {
        this.contender = contender;
        this.targetPort = targetPort;
        this.firstNumber = firstNumber;
    }

    @Override
    public void start() throws Exception {
        contender.start();
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        contender.transfer(transfers);
        recorded.addAndGet(transfers.size());
    }

    @Override
    public boolean isOpen() {
        int wanted = recorded.get();
        try {
            String question = "/counts?from=" + firstNumber + "&to=" + (firstNumber + wanted);
            return Objects.requireNonNull(Control.get(targetPort, question).get("different")) < wanted;
        } catch (IOException e) {
            throw new UncheckedIOException("the target did not say what it got", e);
        }
    }

    @Override
    public void close() throws Exception {
        contender.close();
    }
}
