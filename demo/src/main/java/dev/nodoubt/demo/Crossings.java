package dev.nodoubt.demo;

import dev.nodoubt.test.Fault;
import dev.nodoubt.test.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that changes nothing and notes when each connection came. Thread-safe. */
final class Crossings implements AutoCloseable {

    private final List<Long> connections = new CopyOnWriteArrayList<>();
    private final FaultProxy proxy;

    /** Before this port of 127.0.0.1; listens at once, on a port that the system gives. */
    Crossings(int target) {
        this.proxy = new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), number -> {
            connections.add(System.nanoTime());
            return Fault.PASS;
        });
    }

    int port() {
        return proxy.port();
    }

    /** When each connection since this instant came, as {@link System#nanoTime} counts. */
    List<Long> since(long instant) {
        return connections.stream().filter(at -> at - instant >= 0).toList();
    }

    /** Ends every connection, so that the next attempt must make a new one. */
    void cut() throws InterruptedException {
        proxy.cutAll();
        while (proxy.openConnections() > 0) {
            Thread.sleep(10);
        }
    }

    /** What has crossed so far. */
    Crossed crossed() {
        return new Crossed(proxy.connections(), proxy.bytesToTarget());
    }

    @Override
    public void close() {
        proxy.close();
    }

    /**
     * What crossed towards the receiver.
     *
     * @param bytes also of connections that were open already
     */
    record Crossed(long connections, long bytes) {

        static final Crossed NOTHING = new Crossed(0, 0);

        Crossed since(Crossed earlier) {
            return new Crossed(connections - earlier.connections, bytes - earlier.bytes);
        }

        Crossed plus(Crossed more) {
            return new Crossed(connections + more.connections, bytes + more.bytes);
        }
    }
}
