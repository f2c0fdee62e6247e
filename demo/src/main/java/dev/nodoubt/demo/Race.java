package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.AfterCommitLane;
import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import dev.nodoubt.demo.lane.NaiveLane;
import dev.nodoubt.demo.lane.NoDoubtLane;
import dev.nodoubt.demo.lane.OrdersLane;
import dev.nodoubt.demo.lane.OrdersResendLane;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Settling;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The lanes, one after another over the same input; what arrived is counted after the last one. */
final class Race {

    static final int CLIENTS = 16;

    private final Stage.Set set;
    private final Options options;
    private final Terminal terminal;
    private final Texts texts;
    private final MailboxClient mailbox;

    Race(Stage.Set set, Options options, Terminal terminal, Texts texts) {
        this.set = set;
        this.options = options;
        this.terminal = terminal;
        this.texts = texts;
        this.mailbox = new MailboxClient(Stage.loopback(options.ports().mailbox()));
    }

    List<LaneResult> run(List<Transfer> input) throws IOException, SQLException, InterruptedException {
        List<Lane> lanes = options.lanes().stream().map(this::lane).toList();
        set.board().expect(lanes.stream().map(Lane::name).toList(), input.size());
        List<LaneRun> runs = new ArrayList<>();
        int earlier = mailbox.mails().size();
        for (Lane lane : lanes) {
            runs.add(run(lane, input));
        }
        List<Mail> all = mailbox.mails();
        List<Mail> mails = all.subList(Math.min(earlier, all.size()), all.size());
        List<LaneResult> results = new ArrayList<>();
        for (Lane lane : lanes) {
            Count count = Count.of(input.size(), lane.books(), lane.effects(mails));
            results.add(
                    new LaneResult(lane.name(), count, runs.get(results.size()), lane.promise(), lane.unresolved()));
        }
        return results;
    }

    private LaneRun run(Lane lane, List<Transfer> input) throws IOException, SQLException, InterruptedException {
        terminal.say(texts.get("lane." + lane.name()));
        lane.open(input);
        LaneRunner runner = new LaneRunner(lane, input, CLIENTS);
        Progress progress = new Progress(terminal, texts, lane, runner, input.size());
        progress.begin();
        set.board().begin(lane, runner);
        LaneRun run;
        try {
            run = runner.run(settling(lane));
        } finally {
            progress.end();
        }
        set.board().end(lane, run);
        terminal.say(
                texts.get("lane.done", Terminal.left(lane.name(), 9), input.size(), run.seconds(), run.settledAfter()));
        return run;
    }

    private Settling settling(Lane lane) {
        Remedies.Places remedy = set.remedies().get(remedyOf(lane.name()));
        return remedy == null ? set.settling() : remedy.settling();
    }

    private static String remedyOf(String lane) {
        return lane.replace("-resend", "");
    }

    private Lane lane(String name) {
        EmbeddedPostgres server = set.transferServer();
        Pace pace = Pace.SHORTENED;
        return switch (name) {
            case "naive" -> new NaiveLane(server.createDatabase(name), set.mail(), pace);
            case "separate" -> AfterCommitLane.separate(server.createDatabase(name), set.mail(), pace);
            case "retry" -> AfterCommitLane.retry(server.createDatabase(name), set.mail(), pace);
            case "nodoubt" ->
                new NoDoubtLane(Stage.loopback(options.ports().transfer()), server.dataSource(Stage.TRANSFER), pace);
            case "orders-resend" -> new OrdersResendLane(orders().resendExchange(), pace, Orders.LATE.toMillis());
            case "orders" -> new OrdersLane(orders().brokerage(), orders().database(), orders().exchange(), pace);
            default -> remedyLane(name, server, pace);
        };
    }

    private Orders.Places orders() {
        return set.orders().orElseThrow(() -> new IllegalStateException("no exchange was started"));
    }

    private Lane remedyLane(String name, EmbeddedPostgres server, Pace pace) {
        Remedies.Places remedy = set.remedies().get(remedyOf(name));
        if (remedy == null) {
            throw new IllegalStateException("what lane " + name + " needs was not started");
        }
        return switch (name) {
            case "flag-resend" ->
                AfterCommitLane.flagResend(
                        server.createDatabase("flag_resend"), remedy.mailDatabase(), remedy.mail(), pace);
            case "log-resend" ->
                AfterCommitLane.logResend(
                        server.createDatabase("log_resend"), remedy.mailDatabase(), remedy.mail(), pace);
            default -> NoDoubtLane.ofRemedy(name, remedy.transfer(), remedy.database(), pace);
        };
    }
}
