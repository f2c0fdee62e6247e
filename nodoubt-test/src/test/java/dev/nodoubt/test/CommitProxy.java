package dev.nodoubt.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy before PostgreSQL or MariaDB that lets everything pass but a COMMIT or its answer. One thread a direction. */
final class CommitProxy implements AutoCloseable {

    /** What happens to every COMMIT from now on. */
    enum Fault {
        NONE,
        /** It reaches the server, which commits; its answer is lost with the connection. */
        ANSWER_LOST,
        /** It never reaches the server; the connection is lost. */
        COMMIT_LOST
    }

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;

    CommitProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void fault(Fault next) {
        fault = next;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            // Otherwise a small piece behind another one waits for a delayed acknowledgement.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicBoolean answerLost = new AtomicBoolean();
            start(() -> forward(client, server, answerLost));
            start(() -> backward(server, client, answerLost));
        }
    }

    /** The whole statement, as PostgreSQL's or MariaDB's protocol ends it: READ COMMITTED is not meant. */
    private static boolean isCommit(String block) {
        return block.contains("COMMIT\0") || block.endsWith("\u0003COMMIT");
    }

    private void forward(Socket client, Socket server, AtomicBoolean answerLost) throws IOException {
        try (client;
                server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] block = new byte[65536];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (isCommit(new String(block, 0, n, StandardCharsets.ISO_8859_1))) {
                    if (fault == Fault.COMMIT_LOST) {
                        return;
                    }
                    answerLost.set(fault == Fault.ANSWER_LOST);
                }
                out.write(block, 0, n);
            }
        }
    }

    private static void backward(Socket server, Socket client, AtomicBoolean answerLost) throws IOException {
        try (server;
                client) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] block = new byte[65536];
            for (int n = in.read(block); n >= 0 && !answerLost.get(); n = in.read(block)) {
                out.write(block, 0, n);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One side went away, which is what this is for.
                    }
                },
                "commit-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
