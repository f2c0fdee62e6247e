package dev.nodoubt.demo.mailbox;

import jakarta.mail.MessagingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An SMTP server on loopback that accepts every mail and delivers it to a mailbox. Thread-safe. */
final class SmtpSink implements AutoCloseable {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_MAIL = 8 * 1024 * 1024;
    private static final int IDLE_MILLIS = 300_000;

    private final Mailbox mailbox;
    private final InstantSource clock;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Listens at once.
     *
     * @param port 0 for one that the system gives
     */
    SmtpSink(int port, Mailbox mailbox, InstantSource clock) throws IOException {
        this.mailbox = mailbox;
        this.clock = clock;
        this.server = new ServerSocket(port, 500, InetAddress.getLoopbackAddress());
        daemon("smtp-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
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
                daemon("smtp-" + socket.getPort(), () -> serve(socket));
            } catch (IOException e) {
                // closed, or a connection that was gone before it was accepted: the loop's condition tells
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            converse(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (IOException e) {
            // the sender went away: what was not accepted by then is not kept
        } finally {
            open.remove(socket);
        }
    }

    private void converse(InputStream in, OutputStream out) throws IOException {
        List<String> to = new ArrayList<>();
        say(out, "220 demo mailbox");
        while (true) {
            String line = new String(line(in), StandardCharsets.UTF_8);
            String verb = line.toUpperCase(Locale.ROOT);
            if (verb.startsWith("EHLO")) {
                say(out, "250-demo mailbox\r\n250-8BITMIME\r\n250 SMTPUTF8");
            } else if (verb.startsWith("MAIL FROM:") || verb.equals("RSET")) {
                to.clear();
                say(out, "250 ok");
            } else if (verb.startsWith("RCPT TO:")) {
                to.add(address(line.substring("RCPT TO:".length())));
                say(out, "250 ok");
            } else if (verb.equals("DATA")) {
                data(in, out, to);
            } else if (verb.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                boolean known = verb.startsWith("HELO") || verb.equals("NOOP");
                say(out, known ? "250 ok" : "502 not implemented");
            }
        }
    }

    /** The mail counts as received once it is in the mailbox: before the reply, which may be lost. */
    private void data(InputStream in, OutputStream out, List<String> to) throws IOException {
        if (to.isEmpty()) {
            say(out, "503 RCPT TO first");
            return;
        }
        say(out, "354 end with a dot on a line of its own");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] line = line(in); !(line.length == 1 && line[0] == '.'); line = line(in)) {
            int stuffed = line.length > 0 && line[0] == '.' ? 1 : 0;
            message.write(line, stuffed, line.length - stuffed);
            message.writeBytes(new byte[] {'\r', '\n'});
            if (message.size() > LONGEST_MAIL) {
                throw new IOException("a mail of more than " + LONGEST_MAIL + " bytes");
            }
        }
        try {
            mailbox.add(to, message.toByteArray(), clock.instant());
            say(out, "250 delivered");
        } catch (MessagingException e) {
            say(out, "554 not a mail");
        }
        to.clear();
    }

    private static String address(String path) {
        int open = path.indexOf('<');
        int close = path.indexOf('>', open);
        return open >= 0 && close > open ? path.substring(open + 1, close) : path.trim();
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("the sender ended inside a line, or the line has no end");
            }
            line.write(b);
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
