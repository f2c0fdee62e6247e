package dev.nodoubt.demo.lab;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.Settling;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.network.FaultyNetwork;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A lane whose books, mails and pending work a test plays; nothing is called. */
final class PlayedLane implements Lane, AutoCloseable {

    static final Books NONE = new Books(Set.of(), 0);

    /** What is said to each question; a test may do there what another thread does at that moment. */
    interface Mails {

        int count() throws IOException;
    }

    volatile Supplier<Books> books = () -> NONE;
    volatile Mails mails = () -> 0;
    volatile IntSupplier pending = () -> 0;

    private final FaultyNetwork network;
    private final LaneDesk desk;

    PlayedLane() throws IOException {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        LabWires wires = new LabWires();
        network = new FaultyNetwork(nobody, wires, Duration.ofSeconds(1));
        Receiver receiver = new Receiver(network, 9, new HikariDataSource(), new NotedProcess());
        Settling settling = new Settling(List.of(), Duration.ZERO);
        desk = new LaneDesk(new LabLane(this, Optional.empty(), receiver, settling), wires, this::mailsOf);
    }

    LaneDesk desk() {
        return desk;
    }

    /** A story of this lane, begun and with an answer to whoever ordered it. */
    Story told(int number) throws Exception {
        Story story = new Story(
                new Transfer(number, Sending.PAYER, "Ada", BigDecimal.TEN, "m"),
                new Sending("Ada", "m", LabFault.NONE, 1, List.of(name()), false),
                Duration.ofDays(1),
                () -> {});
        desk.begin(story);
        desk.transfer(story);
        return story;
    }

    static Books committed(int number) {
        return new Books(Set.of("played-00000" + number), 0);
    }

    private List<Mail> mailsOf(String transfer) throws IOException {
        return IntStream.range(0, mails.count())
                .mapToObj(copy -> new Mail("<" + copy + ">", "a@example.com", "s", transfer))
                .toList();
    }

    @Override
    public String name() {
        return "played";
    }

    @Override
    public void open(List<Transfer> input) {
        // its books are played
    }

    @Override
    public Client client() {
        return new Client() {
            @Override
            public void transfer(Transfer transfer) {
                // what comes of it is played
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public int pending() {
        return pending.getAsInt();
    }

    @Override
    public Books books() {
        return books.get();
    }

    @Override
    public boolean owns(String transferId) {
        return transferId.startsWith(name());
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
