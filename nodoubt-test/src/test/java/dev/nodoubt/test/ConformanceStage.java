package dev.nodoubt.test;

import dev.nodoubt.test.conformance.Ability;
import dev.nodoubt.test.conformance.Feature;
import dev.nodoubt.test.conformance.Hook;
import dev.nodoubt.test.conformance.Hooks;
import dev.nodoubt.test.conformance.Receiver;
import dev.nodoubt.test.conformance.Setup;
import dev.nodoubt.test.conformance.TestOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The plain receiver as a process, its database behind two proxies, and the hooks that disturb them. */
final class ConformanceStage implements Hooks, AutoCloseable {

    private final ConformanceDatabase database;
    private final CommitProxy commits;
    private final FaultProxy cuts;
    private final ChildJvm receiver;
    private final Path log;

    ConformanceStage(ConformanceDatabase database, Path directory) {
        this.database = database;
        this.commits = new CommitProxy(database.port());
        this.cuts = new FaultProxy(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), commits.port()), n -> Fault.PASS);
        this.log = directory.resolve("receiver.log");
        this.receiver = ChildJvm.start(
                PlainReceiver.class,
                log,
                List.of("-Xmx128m", "-Dlogback.configurationFile=receiver-logback.xml"),
                List.of(database.jdbcUrl().apply(cuts.port()), Boolean.toString(database.canonicalJson())));
    }

    /** Everything that is known of this receiver. */
    Setup setup() {
        Setup setup = known().with(Feature.BREAK).with(Feature.MULTIPART);
        if (!database.lacks().contains(Feature.REFUSE)) {
            setup.with(Feature.REFUSE);
        }
        if (database.canonicalJson()) {
            setup.with(Feature.CANONICAL_JSON);
        }
        return database.lacks().contains(Ability.TRANSACTION_LIMIT)
                ? setup
                : setup.transactionLimit(ReceiverGate.TRANSACTION_LIMIT);
    }

    private Setup known() {
        Receiver address = Receiver.at(URI.create("http://127.0.0.1:" + receiver.port() + TestReceiver.PATH));
        return new Setup(address, new TestOperation(address, TestReceiver.SHOP))
                .token(TestReceiver.SHOP)
                .otherToken(TestReceiver.BANK)
                .quotaToken(TestReceiver.SMALL)
                .log(log)
                .hooks(this);
    }

    @Override
    public boolean offers(Hook hook) {
        return !database.lacks().contains(hook);
    }

    @Override
    public void pull(Hook hook) throws SQLException {
        switch (hook) {
            case KILL -> receiver.kill();
            case RESTART -> receiver.restart();
            case PAUSE -> receiver.freeze();
            case RESUME -> receiver.thaw();
            case CUT_DATABASE -> {
                cuts.refuse();
                cuts.cutAll();
            }
            case MEND_DATABASE -> {
                commits.fault(CommitProxy.Fault.NONE);
                cuts.reopen();
            }
            case LOSE_COMMIT_ANSWER -> commits.fault(CommitProxy.Fault.ANSWER_LOST);
            case DROP_COMMIT -> commits.fault(CommitProxy.Fault.COMMIT_LOST);
            case END_SESSIONS -> run(database.endSessions());
            case RAISE_HORIZON -> run(database.raiseHorizon());
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.administrator().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        cuts.close();
        commits.close();
    }
}
