package dev.nodoubt.demo.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A TCP proxy on loopback that hands HTTP messages on byte by byte and lets each attempt meet the fault that the plan
 * has for it. What belongs to no transfer passes. Thread-safe.
 */
public final class FaultyNetwork implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int UPSTREAM_MILLIS = 60_000;
    /** A caller that holds a silent connection longer than this is cut off. */
    private static final int SILENCE_MILLIS = 60_000;

    private final InetSocketAddress receiver;
    private final FaultPlan plan;
    private final Duration patience;
    private final ServerSocket server;
    private final Attempts attempts = new Attempts();
    private final Map<Fault, LongAdder> met = new EnumMap<>(Fault.class);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * Listens at once, on a port that the system gives.
     *
     * @param receiver where requests go
     * @param plan which attempt meets which fault
     * @param patience the callers' response timeout: delayed and late messages go on after it
     * @throws IOException if no port can be had
     */
    public FaultyNetwork(InetSocketAddress receiver, FaultPlan plan, Duration patience) throws IOException {
        this.receiver = receiver;
        this.plan = plan;
        this.patience = patience;
        for (Fault fault : Fault.values()) {
            met.put(fault, new LongAdder());
        }
        this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        daemon("network-accept", this::accept).start();
    }

    /** The port on which callers reach the receiver through this network. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many attempts met this fault so far. */
    public long met(Fault fault) {
        LongAdder count = met.get(fault);
        return count == null ? 0 : count.sum();
    }

    /** How many requests are still to arrive, or have arrived and are not worked on to their end. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon("network-" + socket.getPort(), () -> serve(socket)).start();
            } catch (IOException e) {
                // closed, or a connection that was gone before it was accepted: the loop's condition tells
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            caller.setTcpNoDelay(true);
            caller.setSoTimeout(SILENCE_MILLIS);
            InputStream in = caller.getInputStream();
            boolean more = true;
            while (more) {
                Optional<HttpMessage> request = HttpMessage.request(in);
                more = request.isPresent() && pass(request.get(), caller);
            }
        } catch (IOException e) {
            reset(caller);
        } finally {
            open.remove(caller);
        }
    }

    /** Lets one request meet its fault; false when its connection is of no more use. */
    private boolean pass(HttpMessage request, Socket caller) throws IOException {
        Optional<Attempts.Numbered> numbered = attempts.number(request);
        if (numbered.isEmpty()) {
            return answer(caller, forward(request));
        }
        Attempts.Numbered attempt = numbered.get();
        Fault fault = plan.fault(attempt.transfer(), attempt.attempt());
        Duration delay = plan.delay(attempt.transfer(), attempt.attempt(), patience);
        LongAdder count = met.get(fault);
        if (count != null) {
            count.increment();
        }
        return switch (fault) {
            case NONE -> answer(caller, forward(request));
            case DROP_ANSWER -> {
                forward(request);
                yield silence(caller);
            }
            case RESET -> {
                forward(request);
                yield reset(caller);
            }
            case DELAY -> {
                HttpMessage answer = forward(request);
                yield pause(delay) && answer(caller, answer);
            }
            case LOSE_REQUEST -> silence(caller);
            case LATE -> {
                arriveLater(request, delay);
                yield silence(caller);
            }
            case DUPLICATE -> {
                arriveLater(request, Duration.ZERO);
                yield answer(caller, forward(request));
            }
        };
    }

    private HttpMessage forward(HttpMessage request) throws IOException {
        underWay.incrementAndGet();
        try (Socket socket = new Socket()) {
            socket.connect(receiver, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(UPSTREAM_MILLIS);
            socket.getOutputStream().write(request.bytes());
            return HttpMessage.response(socket.getInputStream());
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void arriveLater(HttpMessage request, Duration delay) {
        underWay.incrementAndGet();
        daemon("network-later", () -> {
                    try {
                        if (pause(delay) && !server.isClosed()) {
                            forward(request);
                        }
                    } catch (IOException e) {
                        // the receiver was down: a late message is lost like any other
                    } finally {
                        underWay.decrementAndGet();
                    }
                })
                .start();
    }

    private static boolean answer(Socket caller, HttpMessage answer) throws IOException {
        caller.getOutputStream().write(answer.bytes());
        return !answer.closes();
    }

    /** Says nothing until the caller gives up. */
    private static boolean silence(Socket caller) throws IOException {
        caller.getInputStream().read();
        return false;
    }

    private static boolean reset(Socket caller) {
        try {
            caller.setSoLinger(true, 0);
            caller.close();
        } catch (IOException e) {
            // it is closed already
        }
        return false;
    }

    private static boolean pause(Duration delay) throws IOException {
        try {
            Thread.sleep(delay.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an answer was delayed", e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
