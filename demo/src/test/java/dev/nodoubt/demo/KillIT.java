package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import dev.nodoubt.demo.lane.NoDoubtLane;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged services over the faulty network. In the middle of each quarter of the transfers another process gets a
 * SIGKILL and is started again on what it left behind.
 */
@Timeout(600)
class KillIT {

    private static final int QUARTER = 25;
    private static final int BEFORE_THE_KILL = 8;
    private static final int CLIENTS = 4;

    /** Leases as short as the attempts allow: what a killed process held is taken over within seconds. */
    private static final Programs.Tuning TUNING = new Programs.Tuning(
            Pace.SHORTENED,
            OptionalInt.empty(),
            List.of("--nodoubt.relay.lease=4s"),
            List.of("--mail.worker.lease=4s", "--mail.smtp.total-timeout=3s", "--mail.backoff.first=200ms"));

    @TempDir
    private static Path data;

    private static ReservedPorts ports;
    private static Stage stage;
    private static Stage.Set set;
    private static Lane lane;
    private static MailboxClient mailbox;
    private static List<Transfer> input;

    @BeforeAll
    static void start() throws Exception {
        ports = new ReservedPorts();
        Options options = new Options(
                ports.ports(),
                Optional.of(data),
                20261123,
                new Options.Transfers(Optional.empty(), 4 * QUARTER),
                Options.USUAL_LANES,
                "key",
                Optional.empty(),
                false,
                true,
                false);
        stage = new Stage(Home.find(), Workspace.make(options.data()), options, TUNING);
        set = stage.start();
        lane = new NoDoubtLane(
                Stage.loopback(ports.ports().transfer()),
                set.transferServer().dataSource(Stage.TRANSFER),
                TUNING.pace());
        mailbox = new MailboxClient(Stage.loopback(ports.ports().mailbox()));
        input = Input.read(options.transfers());
    }

    @AfterAll
    static void stop() throws Exception {
        if (stage != null) {
            stage.close();
        }
        ports.close();
    }

    @Test
    void killedServicesAndDatabasesLoseDoubleAndLeaveInDoubtNothing() throws Exception {
        lane.open(input);

        int transferKilled = quarter(0, () -> kill(Stage.TRANSFER));
        int mailKilled = quarter(1, () -> kill(Stage.MAIL));
        int transferServerKilled = quarter(2, () -> {
            set.transferServer().crash();
            set.transferServer().restart();
        });
        int mailServerKilled = quarter(3, () -> {
            set.mailServer().crash();
            set.mailServer().restart();
        });

        Count count = count(input.size());
        System.out.printf(
                "%s%nrepeated by SMTP after the kill of transfer %d, mail %d, transfer's PostgreSQL %d, mail's PostgreSQL %d%n",
                count, transferKilled, mailKilled, transferServerKilled, mailServerKilled);
        stage.requireAlive();
        assertThat(count.flawless()).as(count.toString()).isTrue();
        assertThat(lane.books().committed()).hasSize(input.size());
        assertThat(count.mails().received())
                .isEqualTo(input.size() + count.mails().repeatedAtLastHop());
        // only who stands between SMTP's final dot and the record of it can repeat that hop
        assertThat(transferKilled).as("repeated by the transfer's kill").isZero();
        assertThat(transferServerKilled)
                .as("repeated by the kill of transfer's PostgreSQL")
                .isZero();
    }

    /** Runs the quarter's transfers through the kill until all is settled; returns what it made SMTP repeat. */
    private static int quarter(int number, Kill kill) throws Exception {
        int repeatedBefore = count(number * QUARTER).mails().repeatedAtLastHop();
        WatchedLane watched = WatchedLane.of(lane, BEFORE_THE_KILL);
        LaneRunner runner = new LaneRunner(watched, input.subList(number * QUARTER, (number + 1) * QUARTER), CLIENTS);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<LaneRun> run = thread.submit(() -> runner.run(set.settling()));
            watched.awaitAnswered();
            System.out.printf("killed with %d answered, %d calls open%n", runner.done(), lane.pending());
            kill.run();
            run.get();
        } finally {
            thread.shutdownNow();
        }
        return count((number + 1) * QUARTER).mails().repeatedAtLastHop() - repeatedBefore;
    }

    private static void kill(String process) throws Exception {
        stage.child(process).kill();
        stage.restart(process);
    }

    private static Count count(int transfers) throws Exception {
        List<Mail> mails = mailbox.mails().stream()
                .filter(mail -> lane.owns(mail.transferId()))
                .toList();
        return Count.of(transfers, lane.books(), mails);
    }

    @FunctionalInterface
    private interface Kill {
        void run() throws Exception;
    }
}
