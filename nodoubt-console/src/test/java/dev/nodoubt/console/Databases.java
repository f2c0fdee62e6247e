package dev.nodoubt.console;

import dev.nodoubt.test.EmbeddedPostgres;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests of this JVM, a new database for each who asks; it ends with the JVM. */
final class Databases {

    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(Map.of("fsync", "off"));
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Databases() {}

    /** A new, empty database's address, with user and password. */
    static String create() {
        String name = "test" + COUNT.incrementAndGet();
        SERVER.createDatabase(name);
        return SERVER.jdbcUrl(name);
    }
}
