package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.test.conformance.Conformance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance program against receivers in this process. */
class ConformanceProgramTest {

    private static DataSource database;
    private static ReceiverGate right;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        database = SharedPostgres.server().createDatabase("conformance_program");
        right = ReceiverGate.over(database, false);
    }

    @Test
    void nothing_failed() throws Exception {
        Path result = directory.resolve("result.json");

        int exit = run(right, "--only", "replay.identical,body.multipart", "--out", result.toString());

        assertThat(exit).isEqualTo(Conformance.PASSED);
        assertThat(printed().lines())
                .anyMatch(line -> line.startsWith("replay.identical") && line.contains("passed"))
                .anyMatch(line -> line.startsWith("body.multipart") && line.contains("not run"))
                .anyMatch(line -> line.endsWith("needs --with multipart"))
                .endsWith("1 passed, 0 failed, 1 not run");
        assertThat(Files.readString(result))
                .contains("\"passed\":1,\"failed\":0,\"notRun\":1,\"effectsCounted\":true")
                .contains("\"id\":\"replay.identical\"", "\"result\":\"passed\"", "\"result\":\"not-run\"");
    }

    @Test
    void a_case_failed() throws Exception {
        int exit = run(new WrongReceiver.WritesAnew(right, database), "--only", "execute.first,replay.identical");

        assertThat(exit).isEqualTo(Conformance.FAILED);
        assertThat(printed())
                .contains(
                        "a replay's body must be the recorded one, byte by byte, got 201 with Nodoubt-Outcome executed")
                .endsWith("1 passed, 1 failed, 0 not run\n");
    }

    @Test
    void no_case_could_be_run() throws Exception {
        assertThat(run(right, "--only", "body.multipart")).isEqualTo(Conformance.FAILED);
    }

    @Test
    void an_operation_of_its_own_is_described_by_a_template() throws Exception {
        Path body = Files.writeString(directory.resolve("body"), "{\"note\":\"{note}\",\"effect\":\"{id}\"}");
        Path invalid = Files.writeString(directory.resolve("invalid"), "{}");
        List<String> words = new ArrayList<>(List.of("--body=" + body, "--invalid-body=" + invalid));
        words.add("--only=replay.identical,reject.recorded,reuse.body,validation.*,race.duplicates");
        words.add("--rounds=1");

        assertThat(run(right, words.toArray(String[]::new))).isEqualTo(Conformance.PASSED);
        assertThat(printed()).contains("needs a count of effects").contains("3 passed, 0 failed, 2 not run (effects");

        words.add("--effects=" + TestReceiver.PATH + "/effects/{id}");
        assertThat(run(right, words.toArray(String[]::new))).isEqualTo(Conformance.PASSED);
        assertThat(printed()).endsWith("4 passed, 0 failed, 1 not run\n");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private int run(ReceiverGate gate, String... options) throws Exception {
        out.reset();
        try (TestReceiver receiver = new TestReceiver(0, database, gate)) {
            List<String> words = new ArrayList<>(List.of(options));
            words.add("--receiver=http://127.0.0.1:" + receiver.port() + TestReceiver.PATH);
            words.add("--token=" + TestReceiver.SHOP);
            PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            return Conformance.run(words, stream, System.err);
        }
    }
}
