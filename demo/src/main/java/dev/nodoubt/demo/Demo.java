package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.InvalidCsv;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.showcase.Board;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The demo's program: starts everything, runs the lanes, reports, and ends everything again however it ends.
 *
 * <p>Exit codes: 0 done and the promise kept, 1 failed or the promise broken, 2 wrong options or input.
 */
public final class Demo {

    /** Set once the end has begun: what breaks from then on is no news. */
    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private final Options options;
    private final Terminal terminal;
    private final Texts texts;
    private final Texts pageTexts;

    private Demo(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.pageTexts = new Texts(options.korean());
        this.texts = options.korean() && !terminal.shows("한글") ? new Texts(false) : pageTexts;
    }

    public static void main(String[] args) {
        Terminal terminal = Terminal.standard(System.getenv());
        System.exit(exitCode(List.of(args), terminal));
    }

    private static int exitCode(List<String> args, Terminal terminal) {
        try {
            if (Options.helpAsked(args)) {
                terminal.say(Help.TEXT);
                return 0;
            }
            Options options = Options.parse(args, System.getenv());
            List<Transfer> input = Input.read(options.transfers());
            options.ports().check();
            Demo demo = new Demo(options, terminal);
            return (options.lab() ? demo.lab() : demo.run(input)) ? 0 : Options.EXIT_FAILED;
        } catch (Options.Invalid | InvalidCsv e) {
            complain(e);
            return Options.EXIT_USAGE;
        } catch (Failure e) {
            complain(e);
            return Options.EXIT_FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Options.EXIT_FAILED;
        }
    }

    private static void complain(Exception e) {
        if (!ENDING.get()) {
            System.err.println("demo: " + e.getMessage());
        }
    }

    /** Whether the nodoubt lane kept its promise. */
    private boolean run(List<Transfer> input) throws Failure, InterruptedException {
        Home home = Home.find();
        Path out = options.out().orElseGet(() -> home.root().resolve("out"));
        Report.requireWritable(out);
        Workspace workspace = Workspace.make(options.data());
        Stage stage = new Stage(home, workspace, options, Programs.Tuning.DEMO);
        Memory memory = new Memory();
        endWith(stage, workspace, memory);
        long begin = sayStarting();
        Stage.Set set = stage.start();
        sayStarted(begin);
        terminal.say(texts.get("watch", Stage.loopback(options.ports().showcase())));
        terminal.say("\n" + new Briefing(texts).of(input.size(), options.seed()));
        List<LaneResult> lanes = lanes(set, stage, input);
        Report report = new Report(options.seed(), lanes, memory.peakMb());
        return conclude(report, out, set.board());
    }

    /** The page of single transfers, until a person ends it. */
    private boolean lab() throws Failure, InterruptedException {
        Workspace workspace = Workspace.make(options.data());
        LabRun run = LabRun.on(Home.find(), workspace, options);
        endWith(run.stage(), workspace, new Memory());
        long begin = sayStarting();
        URI page = run.start();
        sayStarted(begin);
        terminal.say(texts.get("lab", page));
        new CountDownLatch(1).await();
        return true;
    }

    private long sayStarting() {
        if (texts != pageTexts) {
            terminal.say(texts.get("fallback"));
        }
        terminal.say(texts.get("starting"));
        return System.nanoTime();
    }

    private void sayStarted(long begin) {
        terminal.say(texts.get("started", (System.nanoTime() - begin) / 1e9));
    }

    private List<LaneResult> lanes(Stage.Set set, Stage stage, List<Transfer> input)
            throws Failure, InterruptedException {
        try {
            return new Race(set, options, terminal, texts).run(input);
        } catch (IOException | SQLException e) {
            stage.requireAlive();
            throw new Failure("the lanes did not come to their end: " + e.getMessage(), e);
        } finally {
            stage.requireAlive();
        }
    }

    private boolean conclude(Report report, Path out, Board board) throws Failure, InterruptedException {
        terminal.say("\n" + report.table(texts));
        Path page = report.write(out, pageTexts, ZonedDateTime.now(ZoneId.systemDefault()));
        board.conclude(new Board.Outcome(out, report.kept(), report.lanes()));
        terminal.say(texts.get("memory", report.peakMemoryMb()));
        terminal.say(texts.get("files", page));
        terminal.say("\n" + report.verdict(texts));
        if (!options.headless()) {
            Options.Ports ports = options.ports();
            terminal.say("\n" + texts.get("running"));
            address("showcase", ports.showcase());
            address("transfer", ports.transfer());
            address("mail", ports.mail());
            address("mailbox", ports.mailbox());
            new CountDownLatch(1).await();
        }
        return report.kept();
    }

    private void address(String what, int port) {
        terminal.say("  " + Terminal.left(texts.get("address." + what), 24) + Stage.loopback(port));
    }

    /** One way of ending for the program's end, Ctrl-C and SIGTERM. */
    private void endWith(Stage stage, Workspace workspace, Memory memory) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ENDING.set(true);
                            if (!options.headless() || options.lab()) {
                                terminal.say(texts.get("stopping"));
                            }
                            memory.close();
                            try {
                                stage.close();
                            } finally {
                                workspace.close();
                            }
                        },
                        "end"));
    }
}
