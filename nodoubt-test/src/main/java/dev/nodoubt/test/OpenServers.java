package dev.nodoubt.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that end with the JVM when nobody has closed them. */
final class OpenServers {

    private static final Set<EmbeddedServer> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OPEN.forEach(EmbeddedServer::close), "nodoubt-server-shutdown"));
    }

    private OpenServers() {}

    static <S extends EmbeddedServer> S add(S server) {
        OPEN.add(server);
        return server;
    }

    static void remove(EmbeddedServer server) {
        OPEN.remove(server);
    }
}
