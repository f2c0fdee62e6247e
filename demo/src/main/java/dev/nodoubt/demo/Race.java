package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
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
    private final Lanes ways;

    Race(Stage.Set set, Options options, Terminal terminal, Texts texts) {
        this.set = set;
        this.options = options;
        this.terminal = terminal;
        this.texts = texts;
        this.mailbox = new MailboxClient(Stage.loopback(options.ports().mailbox()));
        this.ways = new Lanes(set, options, Pace.SHORTENED);
    }

    List<LaneResult> run(List<Transfer> input) throws IOException, SQLException, InterruptedException {
        List<Lane> lanes = options.lanes().stream().map(ways::lane).toList();
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
            run = runner.run(ways.settling(lane.name()));
        } finally {
            progress.end();
        }
        set.board().end(lane, run);
        terminal.say(
                texts.get("lane.done", Terminal.left(lane.name(), 9), input.size(), run.seconds(), run.settledAfter()));
        return run;
    }
}
