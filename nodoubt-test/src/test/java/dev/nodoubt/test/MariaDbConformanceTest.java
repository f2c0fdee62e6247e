package dev.nodoubt.test;

import java.util.Set;

@NeedsMariaDb
class MariaDbConformanceTest extends PlainReceiverConformanceTest {

    MariaDbConformanceTest() {
        super(ConformanceDatabase.mariaDb("conformance"), Set.of("fail.commit-refused"));
    }
}
