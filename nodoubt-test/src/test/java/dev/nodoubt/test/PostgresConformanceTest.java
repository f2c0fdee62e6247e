package dev.nodoubt.test;

import java.util.Set;

class PostgresConformanceTest extends PlainReceiverConformanceTest {

    PostgresConformanceTest() {
        super(ConformanceDatabase.postgres("conformance"), Set.of("reuse.canonical-value"));
    }
}
