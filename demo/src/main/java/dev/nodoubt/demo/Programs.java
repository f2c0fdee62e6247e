package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.mailbox.MailboxMain;
import dev.nodoubt.test.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The command lines of the processes beside this one. */
final class Programs {

    private static final int SERVICE_HEAP_MB = 256;
    private static final int MAILBOX_HEAP_MB = 96;

    private final Home home;
    private final Options options;
    private final Tuning tuning;

    Programs(Home home, Options options, Tuning tuning) {
        this.home = home;
        this.options = options;
        this.tuning = tuning;
    }

    /**
     * How the services run.
     *
     * @param pace of the transfer service's calls, and how patient the faulty network is
     * @param route the port where the transfer service finds the mail service; empty for the faulty network
     * @param transfer further arguments of the transfer service
     * @param mail further arguments of the mail service
     */
    record Tuning(Pace pace, OptionalInt route, List<String> transfer, List<String> mail) {

        static final Tuning DEMO = new Tuning(Pace.SHORTENED, OptionalInt.empty(), List.of(), List.of());
    }

    Child.Command mailbox() {
        Options.Ports ports = options.ports();
        return new Child.Command(
                Stage.MAILBOX,
                MAILBOX_HEAP_MB,
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        home.jar().toString(),
                        MailboxMain.class.getName(),
                        Integer.toString(ports.smtp()),
                        Integer.toString(ports.mailbox()),
                        options.korean() ? "ko" : "en"),
                Map.of());
    }

    Child.Command mail(EmbeddedPostgres server) throws Failure {
        return service(
                Stage.MAIL,
                server,
                tuning.mail(),
                List.of(
                        "--server.port=" + options.ports().mail(),
                        "--mail.smtp.host=127.0.0.1",
                        "--mail.smtp.port=" + options.ports().smtp(),
                        // on loopback, where whoever reaches it may as well read its database
                        "--mail.anonymous=true",
                        "--nodoubt.gate.key=optional"));
    }

    Child.Command transfer(EmbeddedPostgres server, int mail) throws Failure {
        Pace pace = tuning.pace();
        String target = "--nodoubt.targets.mail.";
        return service(
                Stage.TRANSFER,
                server,
                tuning.transfer(),
                List.of(
                        "--server.port=" + options.ports().transfer(),
                        "--transfer.seed-accounts=8",
                        target + "base-url=http://127.0.0.1:" + mail,
                        target + "connect-timeout=" + pace.connect().toMillis() + "ms",
                        target + "socket-timeout=" + pace.response().toMillis() + "ms",
                        target + "response-timeout=" + pace.response().toMillis() + "ms",
                        target + "backoff.first=" + pace.backoffFirst().toMillis() + "ms",
                        target + "backoff.cap=" + pace.backoffCap().toMillis() + "ms",
                        target + "breaker.window=" + pace.breakerWindow(),
                        target + "breaker.open=" + pace.breakerOpen().toMillis() + "ms"));
    }

    /** The database's address holds its password: it goes by the environment, which other users cannot read. */
    private Child.Command service(String name, EmbeddedPostgres server, List<String> further, List<String> own)
            throws Failure {
        Path jar = home.service(name);
        List<String> words = new ArrayList<>(List.of("-jar", jar.toString(), "--server.address=127.0.0.1"));
        words.addAll(own);
        words.addAll(further);
        return new Child.Command(name, SERVICE_HEAP_MB, words, Map.of("SPRING_DATASOURCE_URL", server.jdbcUrl(name)));
    }
}
