package dev.nodoubt.demo.network;

import dev.nodoubt.demo.network.Crossing.Event;
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
    private final Faults plan;
    private final Duration patience;
    private final Watcher watcher;
    private final int port;
    private final Attempts attempts = new Attempts();
    private final Map<Fault, LongAdder> met = new EnumMap<>(Fault.class);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private ServerSocket server;
    private Thread accepting;
    private volatile boolean closed;

    /** Watched by nobody. */
    public FaultyNetwork(InetSocketAddress receiver, Faults plan, Duration patience) throws IOException {
        this(receiver, plan, patience, Watcher.NONE);
    }

    /**
     * Listens at once, on a port that the system gives.
     *
     * @param receiver where requests go
     * @param plan which attempt meets which fault
     * @param patience the callers' response timeout: delayed and late messages go on after it
     * @param watcher is told of each attempt
     * @throws IOException if no port can be had
     */
    public FaultyNetwork(InetSocketAddress receiver, Faults plan, Duration patience, Watcher watcher)
            throws IOException {
        this.receiver = receiver;
        this.plan = plan;
        this.patience = patience;
        this.watcher = watcher;
        for (Fault fault : Fault.values()) {
            met.put(fault, new LongAdder());
        }
        this.server = bound(0);
        this.port = server.getLocalPort();
        this.accepting = accepting(server);
    }

    /** The port on which callers reach the receiver through this network. */
    public int port() {
        return port;
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

    /** Once this returns connections are refused, and those that were open are cut, until {@link #listen}. */
    public synchronized void refuse() throws IOException {
        server.close();
        try {
            accepting.join(); // until then the system still listens for it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Listens again on the same port. */
    public synchronized void listen() throws IOException {
        if (server.isClosed() && !closed) {
            server = bound(port);
            accepting = accepting(server);
        }
    }

    /** Keeps nothing of a transfer any more. */
    public void forget(String transferId) {
        attempts.forget(transferId);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        refuse();
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return socket;
    }

    private Thread accepting(ServerSocket listening) {
        Thread thread = daemon("network-accept", () -> accept(listening));
        thread.start();
        return thread;
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
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
        Sighting sighting = Sighting.of(watcher, attempt, caller.getPort(), request);
        sighting.sent(fault, request);
        return switch (fault) {
            case NONE -> answer(caller, forward(request, sighting), sighting);
            case DROP_ANSWER -> {
                forward(request, sighting);
                yield silence(caller, sighting);
            }
            case RESET -> {
                forward(request, sighting);
                sighting.saw(Event.RESET);
                yield reset(caller);
            }
            case DELAY -> {
                HttpMessage answer = forward(request, sighting);
                yield pause(delay) && answer(caller, answer, sighting);
            }
            case LOSE_REQUEST -> silence(caller, sighting);
            case LATE -> {
                arriveLater(request, delay, sighting);
                yield silence(caller, sighting);
            }
            case DUPLICATE -> {
                arriveLater(request, Duration.ZERO, sighting);
                yield answer(caller, forward(request, sighting), sighting);
            }
        };
    }

    private HttpMessage forward(HttpMessage request, Sighting sighting) throws IOException {
        sighting.saw(Event.HANDED_OVER);
        try {
            HttpMessage answer = forward(request);
            sighting.saw(Event.ANSWERED, answer);
            return answer;
        } catch (IOException e) {
            sighting.saw(Event.BROKEN);
            throw e;
        }
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

    private void arriveLater(HttpMessage request, Duration delay, Sighting sighting) {
        underWay.incrementAndGet();
        daemon("network-later", () -> {
                    try {
                        if (pause(delay) && !closed) {
                            forward(request, sighting);
                        }
                    } catch (IOException e) {
                        // the receiver was down: a late message is lost like any other
                    } finally {
                        underWay.decrementAndGet();
                    }
                })
                .start();
    }

    private static boolean answer(Socket caller, HttpMessage answer, Sighting sighting) throws IOException {
        sighting.saw(Event.RETURNED, answer);
        return answer(caller, answer);
    }

    private static boolean answer(Socket caller, HttpMessage answer) throws IOException {
        caller.getOutputStream().write(answer.bytes());
        return !answer.closes();
    }

    /** Says nothing until the caller gives up. */
    private static boolean silence(Socket caller, Sighting sighting) throws IOException {
        try {
            caller.getInputStream().read();
        } finally {
            sighting.saw(Event.GIVEN_UP);
        }
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
