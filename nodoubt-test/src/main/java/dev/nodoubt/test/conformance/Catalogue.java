package dev.nodoubt.test.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order in which they run: the secrets are looked for in the log when everything was said. */
final class Catalogue {

    static final List<Case> ALL = Stream.of(
                    ReplayCases.ALL,
                    KeyCases.ALL,
                    ReuseCases.ALL,
                    HandlerCases.ALL,
                    QueryCases.ALL,
                    FenceCases.ALL,
                    ProgressCases.ALL,
                    BodyCases.ALL,
                    ConnectionCases.ALL,
                    TenantCases.ALL,
                    ForeignKeyCases.ALL,
                    HeaderCases.ALL,
                    RaceCases.ALL,
                    FaultCases.ALL,
                    CommitCases.ALL,
                    LastCases.ALL)
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}
}
