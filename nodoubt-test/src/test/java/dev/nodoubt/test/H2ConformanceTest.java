package dev.nodoubt.test;

import java.util.Set;

class H2ConformanceTest extends PlainReceiverConformanceTest {

    H2ConformanceTest() {
        super(
                ConformanceDatabase.h2("conformance"),
                Set.of(
                        "reuse.canonical-value",
                        "fail.commit-refused",
                        "pause.in-handler",
                        "session.ended",
                        "commit.answer-lost",
                        "commit.dropped",
                        "commit.dropped-then-fenced",
                        "commit.of-fence",
                        "commit.of-fence-dropped",
                        "commit.of-rejection"));
    }
}
