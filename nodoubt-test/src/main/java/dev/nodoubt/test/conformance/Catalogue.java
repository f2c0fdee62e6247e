package dev.nodoubt.test.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order in which they run: the secrets are looked for in the log when everything was said. */
final class Catalogue {

    static final List<Case> ALL =
            Stream.of(ReplayCases.ALL).flatMap(List::stream).toList();

    private Catalogue() {}
}
