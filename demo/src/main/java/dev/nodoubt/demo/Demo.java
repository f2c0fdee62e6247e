package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.InvalidCsv;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The demo's program: starts everything, runs the lanes, reports, and ends everything again however it ends.
 *
 * <p>Exit codes: 0 done and the promise kept, 1 failed or the promise broken, 2 wrong options or input.
 */
public final class Demo {

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
                terminal.say(Options.HELP);
                return 0;
            }
            Options options = Options.parse(args, System.getenv());
            List<Transfer> input = Input.read(options.transfers());
            options.ports().check();
            return new Demo(options, terminal).run(input) ? 0 : Options.EXIT_FAILED;
        } catch (Options.Invalid | InvalidCsv e) {
            System.err.println("demo: " + e.getMessage());
            return Options.EXIT_USAGE;
        } catch (Failure e) {
            System.err.println("demo: " + e.getMessage());
            return Options.EXIT_FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Options.EXIT_FAILED;
        }
    }

    /** Whether the nodoubt lane kept its promise. */
    private boolean run(List<Transfer> input) throws Failure, InterruptedException {
        Home home = Home.find();
        Path out = options.out().orElseGet(() -> home.root().resolve("out"));
        Report.requireWritable(out);
        Workspace workspace = Workspace.make(options.data());
        Stage stage = new Stage(home, workspace, options, Stage.Tuning.DEMO);
        Memory memory = new Memory();
        endWith(stage, workspace, memory);
        if (texts != pageTexts) {
            terminal.say(texts.get("fallback"));
        }
        terminal.say(texts.get("starting"));
        long begin = System.nanoTime();
        Stage.Set set = stage.start();
        terminal.say(texts.get("started", (System.nanoTime() - begin) / 1e9));
        explain(input.size());
        List<LaneResult> lanes = lanes(set, stage, input);
        Report report = new Report(options.seed(), lanes, memory.peakMb());
        return conclude(report, out);
    }

    private List<LaneResult> lanes(Stage.Set set, Stage stage, List<Transfer> input)
            throws Failure, InterruptedException {
        try {
            return new Race(set, options.ports(), terminal, texts).run(input);
        } catch (IOException | SQLException e) {
            stage.requireAlive();
            throw new Failure("the lanes did not come to their end: " + e.getMessage(), e);
        } finally {
            stage.requireAlive();
        }
    }

    private void explain(int transfers) {
        terminal.say("");
        terminal.say(texts.get("input", transfers, Race.CLIENTS, options.seed()));
        StringBuilder faults = new StringBuilder();
        for (Fault fault : Fault.values()) {
            faults.append(String.format("  %3d %%  %s%n", fault.percent(), texts.get("fault." + fault)));
        }
        terminal.say(faults.toString().stripTrailing());
        Pace now = Pace.SHORTENED;
        Pace usual = Pace.DEFAULT;
        terminal.say(texts.get(
                "pace",
                now.connect().toMillis(),
                usual.connect().toMillis(),
                now.response().toMillis(),
                usual.response().toMillis(),
                now.backoffFirst().toMillis(),
                now.backoffCap().toMillis(),
                usual.backoffFirst().toMillis(),
                usual.backoffCap().toMillis(),
                now.breakerWindow(),
                usual.breakerWindow(),
                now.breakerOpen().toMillis(),
                usual.breakerOpen().toMillis()));
        terminal.say("");
    }

    private boolean conclude(Report report, Path out) throws Failure, InterruptedException {
        terminal.say("\n" + report.table(texts));
        Path page = report.write(out, pageTexts);
        terminal.say(texts.get("memory", report.peakMemoryMb()));
        terminal.say(texts.get("files", page));
        if (!options.headless()) {
            Options.Ports ports = options.ports();
            terminal.say("\n" + texts.get("running"));
            terminal.say(texts.get("address.transfer", Stage.loopback(ports.transfer())));
            terminal.say(texts.get("address.mail", Stage.loopback(ports.mail())));
            terminal.say(texts.get("address.mailbox", Stage.loopback(ports.mailbox())));
        }
        terminal.say(report.verdict(texts));
        if (!options.headless()) {
            new CountDownLatch(1).await();
        }
        return report.kept();
    }

    /** One way of ending for the program's end, Ctrl-C and SIGTERM. */
    private void endWith(Stage stage, Workspace workspace, Memory memory) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!options.headless()) {
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
