package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.NoDoubtLane;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The mail service is frozen while transfers go on, and thawed again. Used once. */
final class Freeze {

    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 50;
    /** So many times as long as asked for it lasts at most, on a machine too slow to show everything in time. */
    private static final int LONGEST = 3;

    private final Settings settings;
    private final Stage stage;
    private final Options.Ports ports;
    private final Crossings route;

    /**
     * How it is done.
     *
     * @param pace limits of all calls
     * @param before how long to measure before the freeze, and how long to warm up before that
     * @param frozen how long the freeze lasts, and longer until the breaker and the attempts have been seen
     * @param attempts how many attempts of one call are to be seen in it, up to the first after the longest backoff
     */
    record Settings(Pace pace, Duration before, Duration frozen, int attempts) {

        /** With every default of the library, for a minute. */
        static final Settings DEFAULT = new Settings(Pace.DEFAULT, Duration.ofSeconds(15), Duration.ofSeconds(60), 5);
    }

    /**
     * On a stage that is not started yet.
     *
     * @param route on the transfer service's way to the mail service
     */
    Freeze(Settings settings, Stage stage, Options.Ports ports, Crossings route) {
        this.settings = settings;
        this.stage = stage;
        this.ports = ports;
        this.route = route;
    }

    /** How the stage must be tuned for it. */
    static Programs.Tuning tuning(Settings settings, Crossings route) {
        return new Programs.Tuning(settings.pace(), OptionalInt.of(route.port()), List.of(), List.of());
    }

    /** When the phases began and ended, as {@link System#nanoTime} counts. */
    private record Times(long measured, long frozen, long thawed) {

        FreezeFindings.Phases phases(Samples samples) {
            return new FreezeFindings.Phases(samples.between(measured, frozen), samples.between(frozen, thawed));
        }

        double sinceFreeze(long instant) {
            return (instant - frozen) / 1e9;
        }
    }

    FreezeFindings run(List<Transfer> input) throws Exception {
        Stage.Set set = stage.start();
        Lane lane = new NoDoubtLane(
                Stage.loopback(ports.transfer()), set.transferServer().dataSource(Stage.TRANSFER), settings.pace());
        lane.open(input);
        try (Crossings quiet = new Crossings(ports.mail());
                Bystander other = new Bystander(
                        set.transferServer().createDatabase("bystander"), ports.mail(), quiet.port(), settings.pace());
                BreakerWatch watch = new BreakerWatch(Stage.loopback(ports.transfer()), route)) {
            warmUp(lane, input, other);
            Traffic transfers = new Traffic("client", CLIENTS, PAUSE, () -> client(lane, input));
            Traffic calls = new Traffic("bystander", 1, PAUSE, () -> other::callBoth);
            Times times;
            try {
                times = freeze(quiet, other, watch);
            } finally {
                calls.end();
                transfers.end();
            }
            BreakerWatch.Seen seen = watch.seen();
            set.settling(other::open).await(lane);
            double settledAfter = (System.nanoTime() - times.thawed()) / 1e9;
            List<Double> attempts = quiet.since(times.frozen()).stream()
                    .filter(at -> at - times.thawed() < 0)
                    .map(times::sinceFreeze)
                    .toList();
            return new FreezeFindings(
                    settings,
                    times.phases(transfers.samples()),
                    times.phases(other.samples()),
                    seen,
                    attempts,
                    end(lane, transfers.samples(), other, settledAfter));
        }
    }

    /** Each target is asked for its protocol before its first call: that is over when these are settled. */
    private static void warmUp(Lane lane, List<Transfer> input, Bystander other) throws Exception {
        client(lane, input).once();
        other.notify(Bystander.QUIET, 0);
        other.callBoth();
        while (other.open() + lane.pending() > 0) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Times freeze(Crossings quiet, Bystander other, BreakerWatch watch)
            throws Failure, SQLException, InterruptedException {
        Thread.sleep(settings.before().toMillis());
        long measured = System.nanoTime();
        Thread.sleep(settings.before().toMillis());
        quiet.cut();
        Child mail = stage.child(Stage.MAIL);
        long frozen = System.nanoTime();
        mail.freeze();
        try {
            other.notify(Bystander.QUIET, 1);
            long end = frozen + settings.frozen().toNanos();
            long latest = frozen + LONGEST * settings.frozen().toNanos();
            while (System.nanoTime() - end < 0 || (!isSeen(quiet, frozen, watch) && System.nanoTime() - latest < 0)) {
                Thread.sleep(LOOK_MILLIS);
            }
            return new Times(measured, frozen, System.nanoTime());
        } finally {
            mail.thaw();
        }
    }

    private boolean isSeen(Crossings quiet, long frozen, BreakerWatch watch) {
        return watch.seen().opened() > 0 && quiet.since(frozen).size() >= settings.attempts();
    }

    private static Traffic.Work client(Lane lane, List<Transfer> input) throws SQLException {
        Lane.Client client = lane.client();
        AtomicInteger next = new AtomicInteger();
        return () -> client.transfer(input.get(next.getAndIncrement() % input.size()));
    }

    private FreezeFindings.End end(Lane lane, Samples accepted, Bystander other, double settledAfter)
            throws IOException, SQLException, InterruptedException {
        List<Mail> mails = new MailboxClient(Stage.loopback(ports.mailbox())).mails();
        List<Mail> own =
                mails.stream().filter(mail -> lane.owns(mail.transferId())).toList();
        List<Mail> rest =
                mails.stream().filter(mail -> !lane.owns(mail.transferId())).toList();
        int calls = other.calls();
        Set<String> ids = Stream.concat(
                        Stream.of(Bystander.QUIET + "-0", Bystander.QUIET + "-1"),
                        IntStream.rangeClosed(1, calls).mapToObj(number -> Bystander.BUSY + "-" + number))
                .collect(Collectors.toSet());
        return new FreezeFindings.End(
                Count.of(accepted.size() + 1, lane.books(), own),
                Count.of(ids.size(), new Lane.Books(ids, other.open()), rest),
                calls,
                other.notes(),
                other.differentNotes(),
                settledAfter);
    }
}
