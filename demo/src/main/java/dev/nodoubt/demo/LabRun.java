package dev.nodoubt.demo;

import dev.nodoubt.demo.lab.Lab;
import dev.nodoubt.demo.lab.LabLane;
import dev.nodoubt.demo.lab.LabServer;
import dev.nodoubt.demo.lab.LabWires;
import dev.nodoubt.demo.lab.Receiver;
import dev.nodoubt.demo.lab.ReceiverProcess;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.mailbox.MailboxClient;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lab on a stage of its own.
 *
 * @param wires of the stage's networks
 */
record LabRun(Stage stage, Options options, LabWires wires) {

    private static final Set<String> SERVICES = Set.of("nodoubt", "flag", "log");

    /** With networks whose faults a person chooses. */
    static LabRun on(Home home, Workspace workspace, Options options) {
        LabWires wires = new LabWires();
        Stage stage = new Stage(home, workspace, options, Programs.Tuning.LAB, new Wires(doubles -> wires, wires));
        return new LabRun(stage, options, wires);
    }

    /** Starts everything; the page is there when this returns, until the stage ends. */
    URI start() throws Failure, InterruptedException {
        Stage.Set set = stage.start();
        Lanes lanes = new Lanes(set, options, Pace.WATCHED);
        Map<String, Receiver> receivers = new HashMap<>();
        List<LabLane> all = options.lanes().stream()
                .map(name -> lane(name, lanes, receivers))
                .toList();
        MailboxClient mailbox = new MailboxClient(Stage.loopback(options.ports().mailbox()));
        Lab lab = new Lab(all, wires, mailbox, Pace.WATCHED.response());
        stage.endFirst(lab);
        Locale locale = options.korean() ? Locale.KOREAN : Locale.ENGLISH;
        try {
            LabServer server = new LabServer(options.ports().showcase(), lab, locale);
            stage.endFirst(server);
            return Stage.loopback(server.port());
        } catch (IOException e) {
            throw new Failure("the lab's port cannot be had: " + e.getMessage(), e);
        }
    }

    private LabLane lane(String name, Lanes lanes, Map<String, Receiver> receivers) {
        Optional<Remedies.Places> remedy = lanes.remedy(name);
        Receiver receiver = receivers.computeIfAbsent(
                remedy.map(Remedies.Places::mailName).orElse(Stage.MAIL), mail -> receiver(mail, lanes.set(), remedy));
        Optional<URI> service = SERVICES.contains(name)
                ? Optional.of(remedy.map(Remedies.Places::transfer)
                        .orElseGet(() -> Stage.loopback(options.ports().transfer())))
                : Optional.empty();
        return new LabLane(lanes.lane(name), service, receiver, lanes.settling(name));
    }

    private Receiver receiver(String mail, Stage.Set set, Optional<Remedies.Places> remedy) {
        int port = remedy.map(Remedies.Places::mailPort).orElse(options.ports().mail());
        ReceiverProcess process = new MailProcess(stage, mail, port);
        return remedy.map(places -> new Receiver(places.network(), port, places.mailDatabase(), process))
                .orElseGet(
                        () -> new Receiver(set.network(), port, set.mailServer().dataSource(Stage.MAIL), process));
    }

    /** A mail service's process on the stage. */
    private record MailProcess(Stage stage, String name, int port) implements ReceiverProcess {

        @Override
        public void freeze() throws Failure, InterruptedException {
            stage.child(name).freeze();
        }

        @Override
        public void thaw() throws Failure, InterruptedException {
            stage.child(name).thaw();
        }

        @Override
        public void kill() throws InterruptedException {
            stage.child(name).kill();
        }

        @Override
        public void restart() throws Failure, InterruptedException {
            stage.begin(stage.child(name).command(), port);
        }
    }
}
