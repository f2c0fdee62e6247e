package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.InvalidCsv;
import dev.nodoubt.demo.lane.Transfer;
import java.util.List;
import java.util.Optional;

/**
 * Freezes the mail service for a minute while transfers go on, with every default of the library, and prints what that
 * did to callers, to other targets and on the wire. About three minutes; run it from the built tree:
 *
 * <pre>java -cp demo/target/nodoubt-demo.jar dev.nodoubt.demo.FreezeReport</pre>
 *
 * <p>Exit codes: 0 everything held, 1 something did not or the run failed.
 */
public final class FreezeReport {

    private static final int TRANSFERS = 2_000;

    private FreezeReport() {}

    public static void main(String[] args) {
        int exit = 1;
        try (ReservedPorts reserved = new ReservedPorts()) {
            FreezeFindings findings = run(Freeze.Settings.DEFAULT, reserved.ports(), TRANSFERS);
            System.out.print(findings.table());
            List<String> broken = findings.broken();
            broken.forEach(line -> System.out.println("BROKEN: " + line));
            exit = broken.isEmpty() ? 0 : 1;
        } catch (Failure e) {
            System.err.println("freeze report: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.err.println("freeze report: did not come to its end: " + e);
        }
        System.exit(exit);
    }

    /** Starts everything in a temporary directory, freezes, and ends everything again, also when the JVM is to end. */
    static FreezeFindings run(Freeze.Settings settings, Options.Ports ports, int transfers) throws Exception {
        List<Transfer> input = shipped(transfers);
        Options options = new Options(
                ports,
                Optional.empty(),
                0,
                new Options.Transfers(Optional.empty(), transfers),
                Options.USUAL_LANES,
                "key",
                Optional.empty(),
                false,
                true,
                false);
        Workspace workspace = Workspace.make(options.data());
        try (Crossings route = new Crossings(ports.mail());
                Stage stage = new Stage(Home.find(), workspace, options, Freeze.tuning(settings, route))) {
            // closing twice does nothing, so the hook may stay
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(stage, workspace), "end"));
            return new Freeze(settings, stage, ports, route).run(input);
        } finally {
            workspace.close();
        }
    }

    private static void close(Stage stage, Workspace workspace) {
        stage.close();
        workspace.close();
    }

    private static List<Transfer> shipped(int transfers) throws Failure {
        try {
            return Input.read(new Options.Transfers(Optional.empty(), transfers));
        } catch (Options.Invalid | InvalidCsv e) {
            throw new Failure("the shipped transfers cannot be read: " + e.getMessage(), e);
        }
    }
}
