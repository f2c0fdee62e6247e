package dev.nodoubt.services.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server on loopback that does to each connection what its script says, and accepts when the script has ended. */
final class ScriptedSmtp implements AutoCloseable {

    /** What happens to one connection. "Kept" means that the mail exists although the sender cannot know. */
    enum Fate {
        ACCEPTED,
        GREETED_WITH_421,
        GREETED_WITH_554,
        RECIPIENT_450,
        RECIPIENT_550,
        DATA_RESET,
        DATA_SILENT,
        DOT_451,
        DOT_421_AND_CLOSED,
        DOT_554,
        DOT_KEPT_AND_SILENT,
        DOT_KEPT_AND_RESET,
        DOT_LOST_AND_RESET,
        DOT_KEPT_AND_CLOSED,
        DOT_KEPT_AND_GARBLED,
        DOT_KEPT_AND_DRIPPING
    }

    private final ServerSocket server;
    private final Queue<Fate> script = new ConcurrentLinkedQueue<>();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Runnable beforeReply = () -> {};

    ScriptedSmtp(Fate... script) throws IOException {
        this.script.addAll(Arrays.asList(script));
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** A port on which nobody listens. */
    static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** What happens to the next connections. */
    void next(Fate... fates) {
        script.addAll(Arrays.asList(fates));
    }

    /** What happens between the final dot's arrival and the reply to it. */
    void beforeReply(Runnable action) {
        beforeReply = action;
    }

    /** The mails that exist, dots unstuffed, lines ended by CR LF. */
    List<String> mails() {
        return List.copyOf(kept);
    }

    int connections() {
        return connections.get();
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
        Fate fate = script.poll();
        try (socket) {
            new Dialogue(socket, fate == null ? Fate.ACCEPTED : fate).run();
        } catch (IOException e) {
            // The sender went away, as it does when its time is up.
        } finally {
            open.remove(socket);
        }
    }

    private static void daemon(Runnable runnable) {
        Thread thread = new Thread(runnable, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection. */
    private final class Dialogue {

        private final Socket socket;
        private final Fate fate;
        private final BufferedReader in;
        private final Writer out;

        Dialogue(Socket socket, Fate fate) throws IOException {
            this.socket = socket;
            this.fate = fate;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
        }

        void run() throws IOException {
            if (fate == Fate.GREETED_WITH_421 || fate == Fate.GREETED_WITH_554) {
                say(fate == Fate.GREETED_WITH_421 ? "421 busy" : "554 not here");
                return;
            }
            say("220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.equals("DATA")) {
                    if (!data()) {
                        return;
                    }
                } else if (command.startsWith("RCPT") && fate == Fate.RECIPIENT_450) {
                    say("450 mailbox busy");
                } else if (command.startsWith("RCPT") && fate == Fate.RECIPIENT_550) {
                    say("550 no such user");
                } else {
                    say(command.startsWith("QUIT") ? "221 bye" : "250 ok");
                }
            }
        }

        /** Whether the connection goes on. */
        private boolean data() throws IOException {
            if (fate == Fate.DATA_RESET) {
                return reset();
            }
            if (fate == Fate.DATA_SILENT) {
                return silence();
            }
            say("354 go ahead");
            StringBuilder mail = new StringBuilder();
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) {
                    return false;
                }
                mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            if (fate.name().contains("KEPT") || fate == Fate.ACCEPTED) {
                kept.add(mail.toString());
            }
            beforeReply.run();
            return afterDot();
        }

        private boolean afterDot() throws IOException {
            switch (fate) {
                case ACCEPTED -> say("250 2.0.0 queued");
                case DOT_451 -> say("451 try later");
                case DOT_554 -> say("554 refused <kim@example.com>");
                case DOT_KEPT_AND_GARBLED -> say("thank you");
                case DOT_421_AND_CLOSED -> {
                    say("421 shutting down");
                    return false;
                }
                case DOT_KEPT_AND_RESET, DOT_LOST_AND_RESET -> {
                    return reset();
                }
                case DOT_KEPT_AND_SILENT -> {
                    return silence();
                }
                case DOT_KEPT_AND_DRIPPING -> {
                    return drip();
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean reset() throws IOException {
            socket.setSoLinger(true, 0);
            return false;
        }

        /** Until the sender hangs up. */
        private boolean silence() throws IOException {
            while (in.read() >= 0) {
                // It is said all the same.
            }
            return false;
        }

        /** A reply that goes on and on, until the sender hangs up. */
        private boolean drip() throws IOException {
            socket.setSoTimeout(50);
            while (true) {
                say("250-wait");
                try {
                    if (in.read() < 0) {
                        return false;
                    }
                } catch (SocketTimeoutException e) {
                    // Nothing from the sender: the next drop.
                }
            }
        }

        private void say(String line) throws IOException {
            out.write(line + "\r\n");
            out.flush();
        }
    }
}
