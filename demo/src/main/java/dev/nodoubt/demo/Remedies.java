package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Settling;
import dev.nodoubt.demo.network.FaultyNetwork;
import dev.nodoubt.test.EmbeddedPostgres;
import java.net.URI;
import javax.sql.DataSource;

/** What the lanes of a mail service without a gate run on: it, the network before it, and the transfer service that reads. */
final class Remedies {

    private final Stage stage;
    private final Programs programs;
    private final Options.Ports ports;

    /** @param ports free ones */
    Remedies(Stage stage, Programs programs, Options.Ports ports) {
        this.stage = stage;
        this.programs = programs;
        this.ports = ports;
    }

    /**
     * Where things are.
     *
     * @param transfer the transfer service that reads what the mail service tells
     * @param database that service's own
     * @param mailDatabase where the mail service tells it
     * @param network between callers and the mail service; it doubles no request
     * @param mailName of the mail service's process
     * @param mailPort where it listens
     */
    record Places(
            URI transfer,
            DataSource database,
            DataSource mailDatabase,
            FaultyNetwork network,
            String mailName,
            int mailPort) {

        URI mail() {
            return Stage.loopback(network.port());
        }

        Settling settling() {
            return Stage.settling(network, mailDatabase);
        }
    }

    /** @param name what the mail service tells by: {@code flag} or {@code log} */
    Places start(String name, EmbeddedPostgres server, EmbeddedPostgres mailServer)
            throws Failure, InterruptedException {
        Remedy remedy = new Remedy(name, ports.mail(), ports.transfer());
        DataSource mailDatabase = mailServer.createDatabase(remedy.mailName());
        DataSource database = server.createDatabase(remedy.transferName());
        stage.begin(programs.mail(remedy, mailServer), remedy.mailPort());
        FaultyNetwork network = stage.network(remedy.mailPort(), false);
        stage.begin(programs.transfer(remedy, server, mailServer, network.port()), remedy.transferPort());
        return new Places(
                Stage.loopback(remedy.transferPort()),
                database,
                mailDatabase,
                network,
                remedy.mailName(),
                remedy.mailPort());
    }
}
