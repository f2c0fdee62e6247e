package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Settling;
import dev.nodoubt.demo.network.FaultyNetwork;
import dev.nodoubt.demo.showcase.Board;
import dev.nodoubt.demo.showcase.Places;
import dev.nodoubt.demo.showcase.ShowcaseServer;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;

/**
 * Everything that runs beside this process: two services, a PostgreSQL server for each, the mailbox; and the network
 * between the services, in this process.
 */
final class Stage implements AutoCloseable {

    static final String TRANSFER = "transfer";
    static final String MAIL = "mail";
    static final String MAILBOX = "mailbox";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);

    private final Workspace workspace;
    private final Options options;
    private final Programs.Tuning tuning;
    private final Wires wires;
    private final Programs programs;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<AutoCloseable> callers = new ArrayList<>();
    private boolean closed;

    /** With the networks of the options' seed. */
    Stage(Home home, Workspace workspace, Options options, Programs.Tuning tuning) {
        this(home, workspace, options, tuning, Wires.planned(options.seed()));
    }

    Stage(Home home, Workspace workspace, Options options, Programs.Tuning tuning, Wires wires) {
        this.wires = wires;
        this.workspace = workspace;
        this.options = options;
        this.tuning = tuning;
        this.programs = new Programs(home, options, tuning);
    }

    /**
     * What the lanes need of it.
     *
     * @param transferServer PostgreSQL of the transfer service, with the ledgers of the comparison lanes
     * @param mailServer PostgreSQL of the mail service
     * @param network between callers and the mail service
     * @param board what the showcase page shows of the lanes
     * @param remedies mail services without a gate, by what they tell by
     * @param orders exchange and brokerage; empty when no lane needs them
     */
    record Set(
            EmbeddedPostgres transferServer,
            EmbeddedPostgres mailServer,
            FaultyNetwork network,
            Board board,
            Map<String, Remedies.Places> remedies,
            Optional<Orders.Places> orders) {

        /** Where callers reach the mail service through the network. */
        URI mail() {
            return loopback(network.port());
        }

        /** Waits until network, mail service and these further places have nothing under way. */
        Settling settling(Settling.Place... further) {
            return Stage.settling(network, mailServer.dataSource(MAIL), further);
        }
    }

    /** Waits until this network, this mail service and these further places have nothing under way. */
    static Settling settling(FaultyNetwork network, DataSource mail, Settling.Place... further) {
        List<Settling.Place> places = new ArrayList<>(List.<Settling.Place>of(network::underWay, new Unsent(mail)));
        places.addAll(List.of(further));
        return new Settling(places, SETTLE_LIMIT);
    }

    /** Starts all and waits until each answers. */
    Set start() throws Failure, InterruptedException {
        Options.Ports ports = options.ports();
        CompletableFuture<EmbeddedPostgres> transferServer =
                CompletableFuture.supplyAsync(() -> postgres("transfer", ports.transferDatabase()));
        EmbeddedPostgres mailServer = wait(CompletableFuture.supplyAsync(() -> postgres("mail", ports.mailDatabase())));
        begin(programs.mailbox());
        begin(programs.mail(mailServer));
        FaultyNetwork network = network(ports.mail(), true);
        Board board = showcase(network);
        EmbeddedPostgres server = wait(transferServer);
        begin(programs.transfer(server, tuning.route().orElse(network.port())));
        awaitAnswer(MAILBOX);
        awaitAnswer(MAIL);
        awaitAnswer(TRANSFER);
        Map<String, Remedies.Places> remedies = new TreeMap<>();
        for (String name : List.of("flag", "log")) {
            if (options.lanes().stream().anyMatch(lane -> lane.startsWith(name))) {
                remedies.put(name, new Remedies(this, programs, furtherPorts()).start(name, server, mailServer));
            }
        }
        boolean trades = options.lanes().stream().anyMatch(lane -> lane.startsWith("orders"));
        Optional<Orders.Places> orders =
                trades ? Optional.of(new Orders(this, programs, furtherPorts()).start(server)) : Optional.empty();
        return new Set(server, mailServer, network, board, remedies, orders);
    }

    /** For processes that only this one calls. */
    private Options.Ports furtherPorts() throws Failure {
        try {
            ReservedPorts reserved = new ReservedPorts();
            keep(reserved);
            return reserved.ports();
        } catch (IOException e) {
            throw new Failure("no further ports: " + e.getMessage(), e);
        }
    }

    /** The process of this name. */
    synchronized Child child(String name) {
        Child child = children.get(name);
        if (child == null) {
            throw new IllegalStateException("the " + name + " process was not started");
        }
        return child;
    }

    /** Starts a process that was killed again, as it was, and waits until it answers. */
    void restart(String name) throws Failure, InterruptedException {
        begin(child(name).command());
        awaitAnswer(name);
    }

    private void awaitAnswer(String name) throws Failure, InterruptedException {
        Options.Ports ports = options.ports();
        int port = switch (name) {
            case TRANSFER -> ports.transfer();
            case MAIL -> ports.mail();
            default -> ports.mailbox();
        };
        child(name).awaitAnswer(loopback(port), START_LIMIT);
    }

    /** Fails if a process ended by itself. */
    void requireAlive() throws Failure {
        List<Child> all;
        synchronized (this) {
            all = List.copyOf(children.values());
        }
        for (Child child : all) {
            child.requireAlive();
        }
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** What is ended before any process is. */
    synchronized void endFirst(AutoCloseable caller) {
        callers.add(caller);
    }

    private synchronized List<AutoCloseable> callers() {
        return List.copyOf(callers);
    }

    /** Ends everything, callers before those they call. */
    @Override
    public void close() {
        callers().forEach(Stage::end);
        List<Child> running;
        List<AutoCloseable> open;
        synchronized (this) {
            closed = true;
            running = List.copyOf(children.values());
            running.forEach(Child::stop);
            open = List.copyOf(servers);
        }
        try {
            for (Child child : running) {
                child.awaitEnd();
            }
            for (AutoCloseable server : open) {
                server.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("not everything could be ended", e);
        }
    }

    private static void end(AutoCloseable caller) {
        try {
            caller.close();
        } catch (Exception e) {
            throw new IllegalStateException("not everything could be ended", e);
        }
    }

    private EmbeddedPostgres postgres(String name, int port) {
        EmbeddedPostgres server = EmbeddedPostgres.start(workspace.database(name), port);
        keep(server);
        server.createDatabase(name);
        return server;
    }

    /** @param doubles whether it doubles requests */
    FaultyNetwork network(int mail, boolean doubles) throws Failure {
        try {
            FaultyNetwork network = new FaultyNetwork(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), mail),
                    wires.faults().apply(doubles),
                    tuning.pace().response(),
                    wires.watcher());
            keep(network);
            return network;
        } catch (IOException e) {
            throw new Failure("no port for the network between the services: " + e.getMessage(), e);
        }
    }

    /** The page that shows the rest of the start and the lanes; the lab has one of its own. */
    private Board showcase(FaultyNetwork network) throws Failure {
        Options.Ports ports = options.ports();
        Board board = new Board();
        if (options.lab()) {
            return board;
        }
        Places places = new Places(loopback(ports.transfer()), loopback(ports.mail()), loopback(ports.mailbox()));
        Locale locale = options.korean() ? Locale.KOREAN : Locale.ENGLISH;
        try {
            keep(new ShowcaseServer(ports.showcase(), board, network, places, locale));
            return board;
        } catch (IOException e) {
            throw new Failure(
                    "port " + ports.showcase() + " cannot be had for the showcase page: " + e.getMessage(), e);
        }
    }

    /** Starts a process, and waits until it answers on this port. */
    void begin(Child.Command command, int port) throws Failure, InterruptedException {
        begin(command);
        child(command.name()).awaitAnswer(loopback(port), START_LIMIT);
    }

    private synchronized void begin(Child.Command command) throws Failure {
        requireOpen();
        children.put(command.name(), Child.start(command, workspace.logs(), workspace.temporary()));
    }

    private void keep(AutoCloseable server) {
        synchronized (this) {
            servers.add(server);
        }
    }

    /** Between a person's Ctrl-C and the end of this process nothing new may start. */
    private void requireOpen() throws Failure {
        if (closed) {
            throw new Failure("stopped while starting");
        }
    }

    private static EmbeddedPostgres wait(CompletableFuture<EmbeddedPostgres> start) throws Failure {
        try {
            return start.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Failure("PostgreSQL cannot be started: " + cause.getMessage(), cause);
        }
    }
}
