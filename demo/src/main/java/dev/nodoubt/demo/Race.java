package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.AfterCommitLane;
import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import dev.nodoubt.demo.lane.NaiveLane;
import dev.nodoubt.demo.lane.NoDoubtLane;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The four lanes, one after another over the same input; what arrived is counted after the last one. */
final class Race {

    static final int CLIENTS = 16;

    private final Stage.Set set;
    private final Options.Ports ports;
    private final Terminal terminal;
    private final Texts texts;
    private final MailboxClient mailbox;

    Race(Stage.Set set, Options.Ports ports, Terminal terminal, Texts texts) {
        this.set = set;
        this.ports = ports;
        this.terminal = terminal;
        this.texts = texts;
        this.mailbox = new MailboxClient(Stage.loopback(ports.mailbox()));
    }

    List<LaneResult> run(List<Transfer> input) throws IOException, SQLException, InterruptedException {
        List<Lane> lanes = lanes();
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
            List<Mail> own =
                    mails.stream().filter(mail -> lane.owns(mail.transferId())).toList();
            Count count = Count.of(input.size(), lane.books(), own);
            results.add(new LaneResult(lane.name(), count, runs.get(results.size())));
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
            run = runner.run(set.settling());
        } finally {
            progress.end();
        }
        set.board().end(lane, run);
        terminal.say(
                texts.get("lane.done", Terminal.left(lane.name(), 9), input.size(), run.seconds(), run.settledAfter()));
        return run;
    }

    private List<Lane> lanes() {
        EmbeddedPostgres server = set.transferServer();
        URI mail = set.mail();
        Pace pace = Pace.SHORTENED;
        return List.of(
                new NaiveLane(server.createDatabase("naive"), mail, pace),
                AfterCommitLane.separate(server.createDatabase("separate"), mail, pace),
                AfterCommitLane.retry(server.createDatabase("retry"), mail, pace),
                new NoDoubtLane(Stage.loopback(ports.transfer()), server.dataSource("transfer"), pace));
    }
}
