package dev.nodoubt.test;

import dev.nodoubt.test.conformance.Setup;
import java.io.IOException;
import java.nio.file.Path;
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

    private final ConformanceDatabase database;
    private final Set<String> notRun;
    private ConformanceStage stage;

    /**
     * The suite on this database.
     *
     * @param notRun the cases that cannot be run on it
     */
    PlainReceiverConformanceTest(ConformanceDatabase database, Set<String> notRun) {
        this.database = database;
        this.notRun = notRun;
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
        Setup setup = stage.setup();
        return ConformanceTests.of(setup, notRun);
    }
}
