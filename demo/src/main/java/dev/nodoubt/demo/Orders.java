package dev.nodoubt.demo;

import dev.nodoubt.test.EmbeddedPostgres;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;

/** What the lanes of stock orders run on: an exchange for each, with a book of its own, and the brokerage. */
final class Orders {

    static final String BROKERAGE = "brokerage";

    /** How long after its arrival the exchange may carry an order out. */
    static final Duration PROCESSING_TIME = Duration.ofSeconds(3);

    /** By then it has, if it was sent before. */
    static final Duration LATE = PROCESSING_TIME.plusSeconds(1);

    private final Stage stage;
    private final Programs programs;
    private final Options.Ports ports;

    /** @param ports free ones */
    Orders(Stage stage, Programs programs, Options.Ports ports) {
        this.stage = stage;
        this.programs = programs;
        this.ports = ports;
    }

    /**
     * Where things are.
     *
     * @param resendExchange the exchange of who sends again without an id
     * @param exchange the brokerage's
     * @param brokerage the brokerage
     * @param database the brokerage's own
     */
    record Places(URI resendExchange, URI exchange, URI brokerage, DataSource database) {}

    Places start(EmbeddedPostgres server) throws Failure, InterruptedException {
        DataSource database = server.createDatabase(BROKERAGE);
        stage.begin(programs.exchange("exchange-resend", ports.mailbox(), "none"), ports.mailbox());
        stage.begin(programs.exchange("exchange", ports.mail()), ports.mail());
        stage.begin(programs.brokerage(server, ports.transfer(), ports.mail()), ports.transfer());
        return new Places(
                Stage.loopback(ports.mailbox()),
                Stage.loopback(ports.mail()),
                Stage.loopback(ports.transfer()),
                database);
    }
}
