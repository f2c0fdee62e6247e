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

    private static final String DATABASE = "SPRING_DATASOURCE_URL";
    private static final int SERVICE_HEAP_MB = 256;
    private static final int MAILBOX_HEAP_MB = 96;

    /** The lab has no end, and its present stories need the last few only; the demo counts all of them. */
    private static final int LAB_MAILS = 5_000;

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
        static final Tuning LAB = new Tuning(Pace.WATCHED, OptionalInt.empty(), List.of(), List.of());
    }

    Child.Command mailbox() {
        Options.Ports ports = options.ports();
        return new Child.Command(
                Stage.MAILBOX,
                MAILBOX_HEAP_MB,
                List.of(
                        "-cp",
                        home.jar().toString(),
                        MailboxMain.class.getName(),
                        Integer.toString(ports.smtp()),
                        Integer.toString(ports.mailbox()),
                        options.korean() ? "ko" : "en",
                        Integer.toString(options.lab() ? LAB_MAILS : Integer.MAX_VALUE)),
                Map.of());
    }

    Child.Command mail(EmbeddedPostgres server) throws Failure {
        List<String> words = new ArrayList<>(List.of(
                "--server.port=" + options.ports().mail(),
                "--mail.smtp.host=127.0.0.1",
                "--mail.smtp.port=" + options.ports().smtp(),
                // on loopback, where whoever reaches it may as well read its database
                "--mail.anonymous=true",
                "--nodoubt.gate.key=optional"));
        words.addAll(tuning.mail());
        return service(Stage.MAIL, home.service(Stage.MAIL), words, Map.of(DATABASE, server.jdbcUrl(Stage.MAIL)));
    }

    Child.Command transfer(EmbeddedPostgres server, int mail) throws Failure {
        List<String> words = new ArrayList<>(target("mail", mail));
        words.add("--server.port=" + options.ports().transfer());
        words.add("--transfer.seed-accounts=8");
        words.addAll(tuning.transfer());
        return service(
                Stage.TRANSFER, home.service(Stage.TRANSFER), words, Map.of(DATABASE, server.jdbcUrl(Stage.TRANSFER)));
    }

    private List<String> target(String name, int port) {
        Pace pace = tuning.pace();
        String target = "--nodoubt.targets." + name + ".";
        return List.of(
                target + "base-url=http://127.0.0.1:" + port,
                target + "connect-timeout=" + pace.connect().toMillis() + "ms",
                target + "socket-timeout=" + pace.response().toMillis() + "ms",
                target + "response-timeout=" + pace.response().toMillis() + "ms",
                target + "backoff.first=" + pace.backoffFirst().toMillis() + "ms",
                target + "backoff.cap=" + pace.backoffCap().toMillis() + "ms",
                target + "breaker.window=" + pace.breakerWindow(),
                target + "breaker.open=" + pace.breakerOpen().toMillis() + "ms");
    }

    /** A mail service that only sets a flag, or writes a log. */
    Child.Command mail(Remedy remedy, EmbeddedPostgres server) throws Failure {
        return service(
                remedy.mailName(),
                home.service(Stage.MAIL),
                List.of(
                        "--server.port=" + remedy.mailPort(),
                        "--mail.capability=" + remedy.name(),
                        "--mail.smtp.host=127.0.0.1",
                        "--mail.smtp.port=" + options.ports().smtp(),
                        "--mail.anonymous=true"),
                Map.of(DATABASE, server.jdbcUrl(remedy.mailName())));
    }

    /** The transfer service that reads what that one writes. */
    Child.Command transfer(Remedy remedy, EmbeddedPostgres server, EmbeddedPostgres mailServer, int mail)
            throws Failure {
        List<String> words = new ArrayList<>(target("mail", mail));
        words.add("--server.port=" + remedy.transferPort());
        words.add("--transfer.mail.remedy=" + remedy.name());
        words.add("--nodoubt.targets.mail.query.processing-time=" + Remedy.PROCESSING_TIME.toSeconds() + "s");
        return service(
                remedy.transferName(),
                home.service(Stage.TRANSFER),
                words,
                Map.of(
                        DATABASE,
                        server.jdbcUrl(remedy.transferName()),
                        "TRANSFER_MAIL_DATABASE_URL",
                        mailServer.jdbcUrl(remedy.mailName())));
    }

    /** An exchange that offers what was chosen. */
    Child.Command exchange(String name, int port) throws Failure {
        return exchange(name, port, options.capability());
    }

    Child.Command exchange(String name, int port, String capability) throws Failure {
        List<String> words = List.of(
                "-jar",
                home.exchange().toString(),
                "--port",
                Integer.toString(port),
                "--capability",
                capability,
                "--seed",
                Long.toString(options.seed()),
                "--processing-time",
                Orders.PROCESSING_TIME.toSeconds() + "s",
                "--answer-delay",
                tuning.pace().response().multipliedBy(2).toMillis() + "ms");
        return new Child.Command(name, MAILBOX_HEAP_MB, words, Map.of());
    }

    /** A brokerage that believes the exchange to offer what was chosen. */
    Child.Command brokerage(EmbeddedPostgres server, int port, int exchange) throws Failure {
        String target = "--nodoubt.targets.exchange.";
        List<String> words = new ArrayList<>(target("exchange", exchange));
        words.add("--server.port=" + port);
        words.add("--spring.profiles.active=" + options.capability());
        if (options.capability().equals("query")) {
            words.add(target + "query.processing-time=" + Orders.LATE.toSeconds() + "s");
        } else if (options.capability().equals("net-cancel")) {
            words.add(target + "net-cancel.after=" + tuning.pace().response().toMillis() + "ms");
            words.add(target + "net-cancel.window=" + 2 * Orders.LATE.toSeconds() + "s");
        }
        return service(
                Orders.BROKERAGE,
                home.service(Orders.BROKERAGE),
                words,
                Map.of(DATABASE, server.jdbcUrl(Orders.BROKERAGE)));
    }

    /** The database's address holds its password: it goes by the environment, which other users cannot read. */
    private static Child.Command service(
            String name, Path jar, List<String> arguments, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("-jar", jar.toString(), "--server.address=127.0.0.1"));
        words.addAll(arguments);
        return new Child.Command(name, SERVICE_HEAP_MB, words, environment);
    }
}
