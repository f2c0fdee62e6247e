package dev.nodoubt.test;

import dev.nodoubt.test.conformance.Setup;
import dev.nodoubt.test.conformance.Suite;
import dev.nodoubt.test.conformance.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The conformance suite as JUnit tests: one for each case, run in order, for a method annotated {@code TestFactory}. */
public final class ConformanceTests {

    private ConformanceTests() {}

    /**
     * A test for each case.
     *
     * @param notRun the names of exactly those cases for which this receiver lacks something; JUnit shows them as skipped.
     *     Another case that cannot be run fails, and so does one of these that can
     * @throws IllegalArgumentException when there is no case of such a name
     */
    public static Stream<DynamicTest> of(Setup setup, Set<String> notRun) {
        List<String> ids = Suite.ids();
        notRun.stream().filter(id -> !ids.contains(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("there is no case " + id);
        });
        Suite suite = new Suite(setup);
        return ids.stream()
                .map(id -> DynamicTest.dynamicTest(
                        id + ": " + Suite.expected(id), () -> judge(suite.run(id), notRun.contains(id))));
    }

    private static void judge(Verdict verdict, boolean expectedNotRun) {
        boolean notRun = verdict.result() == Verdict.Result.NOT_RUN;
        if (notRun && expectedNotRun) {
            Assumptions.abort(verdict.reason());
        }
        if (notRun) {
            throw new AssertionError(verdict.id() + " was to be run, but " + verdict.reason());
        }
        if (verdict.result() == Verdict.Result.FAILED) {
            throw new AssertionError(verdict.id() + ": " + verdict.reason());
        }
        if (expectedNotRun) {
            throw new AssertionError(verdict.id() + " was run: take it off the list of cases that cannot be");
        }
    }
}
