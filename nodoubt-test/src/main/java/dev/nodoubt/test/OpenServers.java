package dev.nodoubt.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that end with the JVM when nobody has closed them. */
final class OpenServers {

    private static final Set<EmbeddedPostgres> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OPEN.forEach(EmbeddedPostgres::close), "nodoubt-postgres-shutdown"));
    }

    private OpenServers() {}

    static EmbeddedPostgres add(EmbeddedPostgres server) {
        OPEN.add(server);
        return server;
    }

    static void remove(EmbeddedPostgres server) {
        OPEN.remove(server);
    }
}
