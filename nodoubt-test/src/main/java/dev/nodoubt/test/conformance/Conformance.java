package dev.nodoubt.test.conformance;

import dev.nodoubt.test.conformance.Arguments.Invalid;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The program: runs the suite against a receiver by its address, and prints a table. */
public final class Conformance {

    /** Nothing failed. */
    public static final int PASSED = 0;

    /** A case failed, or none passed. */
    public static final int FAILED = 1;

    /** Wrong options, or no receiver there. */
    public static final int USAGE = 2;

    private Conformance() {}

    /** Ends the JVM with 0 when nothing failed, 1 when something did, 2 for wrong options or no receiver there. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), out, err));
    }

    /**
     * Does what the words of the command line say.
     *
     * @return the exit code
     */
    public static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.has("--help")) {
                out.print(CommandLine.HELP);
                return PASSED;
            }
            List<String> cases = CommandLine.cases(arguments);
            if (arguments.has("--list")) {
                cases.forEach(id -> out.printf("%-32s %s%n", id, Suite.expected(id)));
                return PASSED;
            }
            Setup setup = CommandLine.setup(arguments);
            requireListening(setup);
            Report report = run(setup, cases, out);
            if (arguments.has("--out")) {
                write(report, arguments);
            }
            return report.clean() ? PASSED : FAILED;
        } catch (Invalid e) {
            err.println("conformance: " + e.getMessage());
            return USAGE;
        }
    }

    private static Report run(Setup setup, List<String> cases, PrintStream out) throws InterruptedException {
        out.println(Report.header());
        Report report = new Suite(setup).run(cases, verdict -> out.println(Report.line(verdict)));
        out.println();
        out.println(report.summary());
        return report;
    }

    private static void requireListening(Setup setup) throws Invalid {
        Receiver receiver = setup.receiver();
        try {
            Line.open(receiver, setup.patience()).close();
        } catch (IOException e) {
            throw new Invalid("nobody listens at " + receiver.authority() + " (" + e.getMessage()
                    + "): start the receiver, or correct --receiver");
        }
    }

    private static void write(Report report, Arguments arguments) throws Invalid {
        try {
            Files.writeString(arguments.path("--out"), report.json());
        } catch (IOException e) {
            throw new Invalid("--out cannot be written: " + e.getMessage());
        }
    }
}
