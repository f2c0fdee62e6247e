package dev.nodoubt.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server made of sockets that counts what it really got and answers byte by byte as a script says. */
final class RawServer implements AutoCloseable {

    /** What to do when a connection was accepted, or a request was read from it. */
    @FunctionalInterface
    interface Script {
        void run(Line line) throws Exception;
    }

    /** A request as it came off the wire. */
    record Seen(String method, String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        int attempt() {
            return Integer.parseInt(header("Nodoubt-Attempt"));
        }
    }

    private final ServerSocket server;
    private final String scheme;
    private final Script accepted;
    private final Script answer;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    RawServer(Script answer) throws IOException {
        this(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), "http", line -> {}, answer);
    }

    RawServer(ServerSocket server, String scheme, Script accepted, Script answer) {
        this.server = server;
        this.scheme = scheme;
        this.accepted = accepted;
        this.answer = answer;
        daemon(this::accept);
    }

    static RawServer onAccept(Script accepted) throws IOException {
        return new RawServer(
                new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), "http", accepted, line -> {});
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Line line = new Line(socket, closed);
            accepted.run(line);
            while (!socket.isClosed()) {
                line.last = read(socket.getInputStream());
                requests.add(line.last);
                answer.run(line);
            }
        } catch (Exception e) {
            // The other side went away, or the script ended the connection.
        } finally {
            open.remove(socket);
        }
    }

    private static Seen read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size() - 1)) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).trim(), (a, b) -> a + " AND " + b);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        Scanner start = new Scanner(lines.get(0));
        return new Seen(start.next(), start.next(), headers, new String(body, StandardCharsets.UTF_8));
    }

    URI base() {
        return URI.create(scheme + "://localhost:" + server.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    /** Every complete request that was read, in order. */
    List<Seen> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
        closed.countDown();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection, from the server's side. */
    static final class Line {
        private final Socket socket;
        private final CountDownLatch serverClosed;
        private Seen last = new Seen("", "", Map.of(), "");

        Line(Socket socket, CountDownLatch serverClosed) {
            this.socket = socket;
            this.serverClosed = serverClosed;
        }

        Seen last() {
            return last;
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Byte by byte, until the text ends or the client goes. */
        void drip(String text, long millisBetween) throws IOException, InterruptedException {
            for (int i = 0; i < text.length(); i++) {
                send(text.substring(i, i + 1));
                delay(millisBetween);
            }
        }

        /** Says nothing until the server is closed; the connection stays open. */
        void stayBusy() throws InterruptedException {
            serverClosed.await();
        }

        void delay(long millis) throws InterruptedException {
            serverClosed.await(millis, TimeUnit.MILLISECONDS);
        }

        void close() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
