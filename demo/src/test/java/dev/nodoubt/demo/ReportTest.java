package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane.Promise;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-23T02:10:00Z");
    private static final LaneRun RUN = new LaneRun(List.of(1_500_000L, 2_500_000L), 0.5, 1.25);
    private static final LaneResult NAIVE = new LaneResult(
            "naive", new Count(2, 1, new Count.Mails(3, 0, 1, 1, 0), 1), RUN, Promise.NOTHING, List.of());
    private static final LaneResult KEPT =
            new LaneResult("nodoubt", new Count(2, 0, new Count.Mails(2, 0, 0, 0, 0), 0), RUN, Promise.ONCE, List.of());
    private static final LaneResult BROKEN =
            new LaneResult("nodoubt", new Count(9, 1, new Count.Mails(7, 2, 3, 4, 0), 5), RUN, Promise.ONCE, List.of());

    @Test
    void theJsonHasTheFieldsThatItsReadersExpect() {
        JsonNode report = JsonMapper.shared().readTree(new Report(42, List.of(NAIVE, KEPT), 1234).json());

        assertThat(report.propertyNames()).containsExactly("seed", "lanes", "peakMemoryMb");
        assertThat(report.path("peakMemoryMb").asLong()).isEqualTo(1234);
        assertThat(report.path("lanes").get(0).toString())
                .isEqualTo("{\"lane\":\"naive\",\"transfers\":2,\"rolledBack\":1,\"mailsReceived\":3,\"lost\":0,"
                        + "\"doubled\":1,\"rolledBackButSent\":1,\"inDoubt\":1,\"repeatedAtLastHop\":0,"
                        + "\"transferP50Ms\":1.5,\"transferP99Ms\":2.5,\"transfersPerSecond\":4.0,\"seconds\":1.3}");
    }

    @Test
    void theTableFitsATerminalInBothLanguages() {
        Report report = new Report(42, List.of(NAIVE, NAIVE, NAIVE, KEPT), 1234);

        for (boolean korean : List.of(true, false)) {
            assertThat(report.table(new Texts(korean)).lines())
                    .hasSize(14)
                    .allSatisfy(line -> assertThat(Terminal.width(line)).isLessThanOrEqualTo(78));
        }
    }

    @Test
    void theVerdictNamesWhatWasBroken() {
        assertThat(new Report(42, List.of(NAIVE, KEPT), 1).verdict(new Texts(false)))
                .isEqualTo("nodoubt: 2 transfers committed, each with exactly one mail;\n"
                        + "nothing lost, doubled or in doubt.");
        Report broken = new Report(42, List.of(NAIVE, BROKEN), 1);
        assertThat(broken.kept()).isFalse();
        assertThat(broken.verdict(new Texts(false)))
                .isEqualTo("nodoubt BROKE ITS PROMISE: rolled back 1, lost 2, doubled 3,\nsent in vain 4, in doubt 5.");
    }

    @Test
    void whatIsOnlyEverSentOnceKeepsItsPromiseWhileEachDoubtIsListed() {
        Count doubts = new Count(9, 0, new Count.Mails(7, 2, 0, 0, 0), 2);
        LaneResult listed = new LaneResult("flag", doubts, RUN, Promise.NEVER_TWICE, List.of("4", "7"));

        assertThat(new Report(42, List.of(listed), 1).verdict(new Texts(false)))
                .isEqualTo("flag: nothing done twice; 2 in doubt, each listed for a person.");
        assertThat(JsonMapper.shared()
                        .readTree(new Report(42, List.of(listed), 1).json())
                        .at("/lanes/0/unresolved")
                        .toString())
                .isEqualTo("[\"4\",\"7\"]");
        assertThat(listed.kept()).isTrue();
        assertThat(new LaneResult("flag", doubts, RUN, Promise.NEVER_TWICE, List.of("4")).kept())
                .isFalse();
        Count doubled = new Count(9, 0, new Count.Mails(10, 0, 1, 0, 0), 0);
        assertThat(new LaneResult("log", doubled, RUN, Promise.NEVER_TWICE, List.of()).kept())
                .isFalse();
        Count lost = new Count(9, 0, new Count.Mails(8, 1, 0, 0, 0), 0);
        assertThat(new LaneResult("log", lost, RUN, Promise.NEVER_TWICE, List.of()).kept())
                .isFalse();
    }

    @Test
    void pageFiguresAndPictureAreWritten(@TempDir Path directory) throws Exception {
        Path page = new Report(42, List.of(NAIVE, KEPT), 1).write(directory.resolve("new/out"), new Texts(true), NOW);

        assertThat(page).hasFileName("report.html");
        assertThat(Files.readString(page)).contains("lang=\"ko\"").contains("naive");
        assertThat(page.resolveSibling("report.json")).exists();
        assertThat(page.resolveSibling("result.svg")).exists();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> Report.requireWritable(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("--out DIR");
    }
}
