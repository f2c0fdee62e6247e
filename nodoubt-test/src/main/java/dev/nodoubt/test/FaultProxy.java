package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that loses, delays, cuts and spoils what passes: no root, no kernel modules, any system. The
 * fault is chosen per connection, by its number, counted from 1; a client that keeps connections meets one fault with many
 * requests. Thread-safe; every thread ends with {@link #close()}.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 1000;
    private static final long JOIN_MILLIS = 20;
    private static final Duration BIND_LIMIT = Duration.ofSeconds(10);

    private final InetSocketAddress target;
    private final int port;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesToTarget = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();
    private volatile IntFunction<Fault> plan;
    private @Nullable ServerSocket listener;
    /** Bound but not listening: it refuses connections and keeps the port ours. */
    private @Nullable Socket placeholder;

    private boolean closed;

    /** A proxy before this port of 127.0.0.1 that passes everything until a plan is set. */
    public FaultProxy(int targetPort) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), number -> Fault.PASS);
    }

    /** A proxy before this target; it listens at once, on a port given by the system. */
    public FaultProxy(InetSocketAddress target, IntFunction<Fault> plan) {
        this(target, 0, plan);
    }

    /** A proxy on this port of 127.0.0.1, 0 for one given by the system. */
    public FaultProxy(InetSocketAddress target, int port, IntFunction<Fault> plan) {
        this.target = target;
        this.plan = plan;
        try {
            this.port = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on port " + port + " of 127.0.0.1", e);
        }
    }

    /** The fault of each connection from now on; open connections keep theirs. */
    public void plan(IntFunction<Fault> faultOfConnection) {
        this.plan = faultOfConnection;
    }

    /** One fault for every connection from now on. */
    public void plan(Fault fault) {
        plan(number -> fault);
    }

    public int port() {
        return port;
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections open now. */
    public int openConnections() {
        return open.size();
    }

    /** Bytes that were handed to the target so far. */
    public long bytesToTarget() {
        return bytesToTarget.get();
    }

    /** Bytes that were handed to clients so far. */
    public long bytesToClient() {
        return bytesToClient.get();
    }

    /** Cuts every open connection with a reset, on both sides, as the crash of a machine between would. */
    public void cutAll() {
        open.forEach(ProxiedConnection::cut);
    }

    /** Closes the port: new connections are refused, open ones go on. */
    public synchronized void refuse() {
        requireNotClosed();
        ServerSocket current = listener;
        if (current == null) {
            return;
        }
        listener = null;
        try {
            current.close();
            placeholder = persistently(() -> {
                Socket holder = new Socket();
                holder.setReuseAddress(true);
                holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return holder;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be closed", e);
        }
    }

    /** Accepts connections again, on the same port. */
    public synchronized void reopen() {
        requireNotClosed();
        if (listener != null) {
            return;
        }
        try {
            releasePlaceholder();
            listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on port " + port + " again", e);
        }
    }

    /** Closes the port and every connection, and waits until the last thread has ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            try {
                ServerSocket current = listener;
                listener = null;
                if (current != null) {
                    current.close();
                }
                releasePlaceholder();
            } catch (IOException e) {
                throw new UncheckedIOException("port " + port + " cannot be closed", e);
            }
        }
        while (!threads.isEmpty()) {
            cutAll();
            threads.forEach(FaultProxy::join);
        }
    }

    void countToTarget(int bytes) {
        bytesToTarget.addAndGet(bytes);
    }

    void countToClient(int bytes) {
        bytesToClient.addAndGet(bytes);
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    void run(String name, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                name + "-" + port);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = wanted == port ? persistently(() -> bind(wanted)) : bind(wanted);
        listener = socket;
        run("fault-proxy-accept", () -> accept(socket));
        return socket.getLocalPort();
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    }

    private interface Binding<S> {
        S bind() throws IOException;
    }

    /** A port that was ours a moment ago may be held still: by the thread that accepted, or by somebody's connection. */
    private static <S> S persistently(Binding<S> binding) throws IOException {
        long end = System.nanoTime() + BIND_LIMIT.toNanos();
        while (true) {
            try {
                return binding.bind();
            } catch (BindException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    /** Ends when the port is closed; a plan that throws closes it, so that the test sees refusals and no silence. */
    private void accept(ServerSocket socket) {
        try (socket) {
            while (true) {
                Socket client = socket.accept();
                Fault fault = plan.apply(connections.incrementAndGet());
                ProxiedConnection connection = new ProxiedConnection(this, client, target, fault);
                open.add(connection);
                run("fault-proxy-request", connection::run);
            }
        } catch (IOException e) {
            // The port was closed.
        }
    }

    private void releasePlaceholder() throws IOException {
        Socket holder = placeholder;
        placeholder = null;
        if (holder != null) {
            holder.close();
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("this proxy is closed");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the proxy ended", e);
        }
    }
}
