package dev.nodoubt.demo.nodes;

import java.util.List;

/**
 * Lets three relays on one PostgreSQL work while processes are killed, frozen and ended and while the database goes away,
 * with the library's default lease, and prints what became of every call. About four minutes; run it from the built tree:
 *
 * <pre>java -cp demo/target/nodoubt-demo.jar dev.nodoubt.demo.nodes.NodesReport</pre>
 *
 * <p>Exit codes: 0 everything held, 1 something did not or the run failed.
 */
public final class NodesReport {

    private NodesReport() {}

    public static void main(String[] arguments) {
        int exit = 1;
        try (Cluster cluster = new Cluster()) {
            TrialFindings findings = new Trial(Trial.Settings.DEFAULT, cluster).run();
            System.out.print(findings.table());
            List<String> broken = findings.broken();
            broken.forEach(line -> System.out.println("BROKEN: " + line));
            exit = broken.isEmpty() ? 0 : 1;
        } catch (Exception e) {
            System.err.println("nodes report: did not come to its end: " + e);
        }
        System.exit(exit);
    }
}
