package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads a line of each connection, notes it, answers it behind a row of stars, and closes. */
final class EchoServer implements AutoCloseable {

    static final String STARS = "*".repeat(20);

    private final ServerSocket socket;
    private final Thread thread;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    EchoServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "echo-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The lines that arrived, in order. */
    BlockingQueue<String> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            // Until it has left its accept, the system takes connections for a closed socket.
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // The listener was closed, or a proxy has cut this client.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = client.getInputStream().read();
                c >= 0 && c != '\n';
                c = client.getInputStream().read()) {
            line.append((char) c);
        }
        if (line.length() > 0) {
            received.add(line.toString());
            client.getOutputStream().write((STARS + line).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends a line over a new connection and reads until the end of the answer. */
    static String ask(int port, String line, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** As {@link #ask}, with a timeout that a test never reaches. */
    static String ask(int port, String line) {
        try {
            return ask(port, line, 60_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
