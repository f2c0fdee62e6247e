package dev.nodoubt.bench.measure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that stays open and carries one request after the other: as little work as can be, because it runs on
 * the machine that it measures.
 */
public final class HttpClient implements AutoCloseable {

    private static final int LARGEST = 16 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String HEAD_END = "\r\n\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[LARGEST];

    public HttpClient(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    public record Response(int status, String body) {}

    /** Sends a complete request and reads the whole response, which must name its length. */
    public Response exchange(byte[] request) throws IOException {
        out.write(request);
        int filled = 0;
        int bodyBegin = -1;
        int length = 0;
        while (bodyBegin < 0 || filled < bodyBegin + length) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                throw new EOFException("the receiver closed the connection within a response");
            }
            filled += read;
            if (bodyBegin < 0) {
                String head = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
                int end = head.indexOf(HEAD_END);
                if (end >= 0) {
                    bodyBegin = end + HEAD_END.length();
                    length = length(head.substring(0, end + 2).toLowerCase(Locale.ROOT));
                }
            }
        }
        int status = Integer.parseInt(new String(buffer, 9, 3, StandardCharsets.ISO_8859_1));
        return new Response(status, new String(buffer, bodyBegin, length, StandardCharsets.UTF_8));
    }

    private static int length(String head) {
        int begin = head.indexOf(LENGTH);
        if (begin < 0) {
            return 0;
        }
        int from = begin + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).trim());
    }

    /** The text of an answer to a GET. */
    public static String get(int port, String path) throws IOException {
        try (HttpClient client = new HttpClient(port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            Response response = client.exchange(request.getBytes(StandardCharsets.US_ASCII));
            if (response.status() != 200) {
                throw new IOException("GET " + path + " was answered with " + response.status());
            }
            return response.body();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
