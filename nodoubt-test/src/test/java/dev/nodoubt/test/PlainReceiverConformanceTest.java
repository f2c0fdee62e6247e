package dev.nodoubt.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite against a receiver without a framework, in a process of its own, on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlainReceiverConformanceTest {

    /** What this receiver does not have on any database. */
    private static final Set<String> NOWHERE = Set.of("gate.not-supported");

    private final ConformanceDatabase database;
    private final Set<String> notRun = new HashSet<>(NOWHERE);
    private ConformanceStage stage;

    /**
     * The suite on this database.
     *
     * @param notRun what cannot be run on it beyond what cannot be run anywhere
     */
    PlainReceiverConformanceTest(ConformanceDatabase database, Set<String> notRun) {
        this.database = database;
        this.notRun.addAll(notRun);
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        stage = new ConformanceStage(database, directory);
    }

    @AfterAll
    void stop() throws IOException {
        stage.close();
    }

    @TestFactory
    Stream<DynamicTest> the_plain_receiver_conforms() {
        return ConformanceTests.of(stage.setup(), notRun);
    }
}
