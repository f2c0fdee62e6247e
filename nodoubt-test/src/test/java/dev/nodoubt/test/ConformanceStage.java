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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The plain receiver as a process, its database behind two proxies, and the hooks that disturb them. */
final class ConformanceStage implements Hooks, AutoCloseable {

    /** What nodoubt's gate does not have yet. */
    private static final Set<Feature> LACKED = EnumSet.of(
            Feature.PREFER_WAIT, Feature.FOREIGN_KEYS, Feature.EXPIRES, Feature.INCARNATION, Feature.COMPRESSION);

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
                List.of(database.jdbcUrl().apply(cuts.port())));
    }

    /** Everything that is known of this receiver. */
    Setup setup() {
        Setup setup = known().with(Feature.BREAK).with(Feature.REFUSE);
        for (Feature feature : Feature.values()) {
            if (LACKED.contains(feature) || database.lacks().contains(feature)) {
                setup.without(feature);
            }
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
