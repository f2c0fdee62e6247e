package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.delivery.report.Kind;
import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What all contenders have in common.
 *
 * @param server where each has a database of its own
 * @param target where all deliver
 * @param logs directory of what the processes print
 */
record Surface(BenchDatabase server, ChildJvm target, Path logs) {

    /** A new application of this contender. */
    ChildJvm application(Entrant entrant, BenchDatabase database) {
        return ChildJvm.start(
                Application.class,
                logs.resolve(entrant.title() + ".log"),
                DeliveryBenchmark.JVM,
                List.of(
                        entrant.title(),
                        database.jdbcUrl(),
                        Integer.toString(target.port()),
                        Integer.toString(DeliveryBenchmark.POOL),
                        Integer.toString(DeliveryBenchmark.WORKERS)));
    }

    /** The target forgets what came. */
    void forget() throws IOException {
        Control.get(target.port(), "/reset");
    }

    /**
     * Adds how many of so many calls did not come to the target, and how many came again, as itself counted since it last
     * forgot.
     *
     * @throws IllegalStateException when nodoubt lost or doubled one
     */
    void count(Entrant entrant, double wanted, String prefix, Map<String, Double> values) throws IOException {
        if (entrant == Entrant.TRANSFER) {
            return;
        }
        Map<String, Double> counted = Control.get(target.port(), "/counts");
        double different = Objects.requireNonNull(counted.get("different"));
        double lost = wanted - different;
        double doubled = Objects.requireNonNull(counted.get("all")) - different;
        values.put(prefix + "lost", lost);
        values.put(prefix + "doubled", doubled);
        if (entrant.kind() == Kind.NODOUBT && (lost != 0 || doubled != 0)) {
            throw new IllegalStateException(
                    "nodoubt lost " + lost + " and doubled " + doubled + " of " + wanted + " calls");
        }
    }
}
