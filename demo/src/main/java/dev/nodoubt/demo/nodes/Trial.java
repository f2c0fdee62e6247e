package dev.nodoubt.demo.nodes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Three nodes make purchases while one after the other fails, and then their database. Used once. */
final class Trial {

    private static final String ONE = "one";
    private static final String TWO = "two";
    private static final String THREE = "three";
    private static final String NEWER = "newer";
    private static final List<String> OLD = List.of(ONE, TWO, THREE);
    private static final String STOCK = "stock";
    private static final String PARCEL = "parcel";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 50;
    /** Attempts of one target under way at once, of which the library's default is 16. */
    private static final int PERMITS = 16;

    private final Settings settings;
    private final Cluster cluster;
    private final Books books;
    private final List<TrialFindings.Phase> phases = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int outages;

    /**
     * How it is done.
     *
     * @param lease of the relays
     * @param pause between the purchases of a node
     * @param delayed calls that a node holds, and has not attempted, when something happens to it
     * @param steady purchases that each node must settle between two events
     */
    record Settings(Duration lease, Duration pause, int delayed, int steady) {

        /** With the library's default lease, and its default timeouts, which follow from it. */
        static final Settings DEFAULT = new Settings(Duration.ofSeconds(15), Duration.ofMillis(25), 300, 200);
    }

    Trial(Settings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
        this.books = cluster.books();
    }

    /** One event; says what it showed. */
    private interface Event {
        String happen() throws Exception;
    }

    TrialFindings run() throws Exception {
        phase("three nodes, one's clock 2 h behind, one's 4 min ahead", () -> {
            cluster.start(ONE, Duration.ZERO, settings, STOCK);
            cluster.start(TWO, Duration.ofHours(-2), settings, STOCK);
            cluster.start(THREE, Duration.ofMinutes(4), settings, STOCK);
            return "each settles";
        });
        phase("kill -9 of one, a replacement at once", this::kill);
        phase("SIGSTOP of two beyond its lease, SIGCONT", this::freeze);
        phase("orderly end of three, started again", this::end);
        phase("a newer node's target, unknown to all others", this::upgrade);
        phase("PostgreSQL killed for longer than a lease", this::outage);
        phase("PostgreSQL read-only for longer than a lease", this::readOnly);
        for (String node : List.of(ONE, TWO, THREE, NEWER)) {
            cluster.ask(node, "/quiet");
        }
        await("nothing is open any more", () -> books.open() == 0);
        return new TrialFindings(settings, phases, TrialFindings.Ends.of(books), broken);
    }

    private void phase(String name, Event event) throws Exception {
        long began = System.nanoTime();
        int before = books.handled().size();
        String showed = event.happen();
        steady();
        phases.add(new TrialFindings.Phase(
                name, (System.nanoTime() - began) / 1e9, books.handled().size() - before, showed));
    }

    /** Every old node settles so many more. */
    private void steady() throws Exception {
        Map<String, Integer> before = new HashMap<>();
        for (String node : OLD) {
            before.put(node, books.handledBy(node));
        }
        for (String node : OLD) {
            await(
                    node + " settles " + settings.steady + " more",
                    () -> books.handledBy(node) - before.getOrDefault(node, 0) >= settings.steady);
        }
    }

    private String kill() throws Exception {
        record(ONE, STOCK, settings.lease.multipliedBy(2));
        long dead = books.incarnation(ONE);
        cluster.node(ONE).kill();
        int left = books.held(dead);
        cluster.node(ONE).restart();
        await("the calls of the killed node are taken over", () -> books.isEnded(dead) && books.held(dead) == 0);
        require(left >= settings.delayed, "the killed node held only " + left + " calls");
        return left + " calls were its own, all taken over";
    }

    private String freeze() throws Exception {
        record(TWO, STOCK, settings.lease);
        long frozen = books.incarnation(TWO);
        cluster.node(TWO).freeze();
        int left = books.held(frozen);
        Set<String> own = books.purchases().stream()
                .filter(purchase -> purchase.startsWith(TWO + "-"))
                .map(Receiver::body)
                .collect(Collectors.toSet());
        long thawed;
        try {
            await(
                    "the calls of the frozen node are taken over",
                    () -> books.isEnded(frozen) && books.free(frozen) == 0);
        } finally {
            thawed = System.nanoTime();
            cluster.node(TWO).thaw();
        }
        await("the thawed node goes on as another incarnation", () -> books.incarnation(TWO) > frozen);
        steady();
        long late = cluster.receiver().since(thawed).stream()
                .filter(arrival -> arrival.node().equals(TWO) && own.contains(arrival.body()))
                .count();
        require(left >= settings.delayed, "the frozen node held only " + left + " calls");
        require(late <= PERMITS, "the thawed node sent " + late + " calls that were not its own any more");
        return left + " calls were its own; thawed, it sent " + late + " of them";
    }

    private String end() throws Exception {
        record(THREE, STOCK, settings.lease.multipliedBy(2));
        long ended = books.incarnation(THREE);
        cluster.node(THREE).stop();
        long began = System.nanoTime();
        require(books.isInOrder(ended), "the node that was ended in order did not hand back");
        await("the calls that were handed back are taken over", () -> books.held(ended) == 0);
        double seconds = (System.nanoTime() - began) / 1e9;
        int unsent = books.unsent(THREE);
        cluster.node(THREE).restart();
        require(unsent >= settings.delayed, "of the calls handed back only " + unsent + " are known to be unsent");
        return "%d calls taken over as certainly not sent, %.1f s after its end (lease %d s)"
                .formatted(unsent, seconds, settings.lease.toSeconds());
    }

    /** What only a newer node can work on is left to it, although that one is gone and the calls are due. */
    private String upgrade() throws Exception {
        cluster.start(NEWER, Duration.ZERO, settings, STOCK, PARCEL);
        await("the newer node has joined", () -> books.incarnation(NEWER) > 0);
        record(NEWER, PARCEL, settings.lease);
        long gone = books.incarnation(NEWER);
        cluster.node(NEWER).kill();
        await(
                "its other calls are taken over, and these are due",
                () -> books.held(gone) == settings.delayed && books.untouched(PARCEL, gone) == settings.delayed);
        steady();
        int untouched = books.untouched(PARCEL, gone);
        require(untouched == settings.delayed, "of the unknown target's calls only " + untouched + " were left alone");
        String visible = cluster.ask(ONE, "/open?target=" + PARCEL);
        String expected = settings.delayed + " WAITING after 0 attempts";
        require(visible.equals(expected), "an old node's search shows \"" + visible + "\"");
        cluster.node(NEWER).restart();
        await("the newer node settles them", () -> books.held(gone) == 0);
        return "an old node's search shows: " + visible;
    }

    private String outage() throws Exception {
        long began = System.nanoTime();
        cluster.server().crash();
        Thread.sleep(settings.lease.toMillis());
        long leasesOver = System.nanoTime();
        Thread.sleep(settings.lease.toMillis() / 2);
        int sent = cluster.receiver().since(leasesOver).size();
        cluster.server().restart();
        require(sent == 0, sent + " calls were sent without a lease");
        return paused(began);
    }

    private String readOnly() throws Exception {
        long began = System.nanoTime();
        cluster.administer(
                "ALTER SYSTEM SET default_transaction_read_only = on",
                "SELECT pg_reload_conf()",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' AND pid <> pg_backend_pid()");
        Thread.sleep(settings.lease.toMillis());
        long leasesOver = System.nanoTime();
        Thread.sleep(settings.lease.toMillis() / 2);
        int sent = cluster.receiver().since(leasesOver).size();
        cluster.administer("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()");
        require(sent == 0, sent + " calls were sent without a lease");
        return paused(began);
    }

    /** Each node said once that it paused, and why, and once that it goes on. */
    private String paused(long began) throws Exception {
        double seconds = (System.nanoTime() - began) / 1e9;
        outages++;
        for (String node : OLD) {
            await(node + " says that it goes on", () -> said(node, "can be used again"));
            require(said(node, "the call store cannot be used ("), node + " did not say that its store cannot be used");
        }
        List<String> lines = cluster.logged(ONE, "the call store cannot be used (");
        return "away for %.1f s; the log says: %s".formatted(seconds, lines.get(lines.size() - 1));
    }

    private boolean said(String node, String line) throws IOException {
        return cluster.logged(node, line).size() >= outages;
    }

    private void record(String node, String target, Duration delay) throws IOException, InterruptedException {
        String recorded =
                cluster.ask(node, "/record?target=" + target + "&calls=" + settings.delayed + "&delay=" + delay);
        require(recorded.equals(Integer.toString(settings.delayed)), node + " could not record: " + recorded);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
