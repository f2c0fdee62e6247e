package dev.nodoubt.test.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** One TCP connection to the receiver, on which anything can be sent. Sends nothing by itself, above all nothing twice. */
final class Line implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;

    private Line(Receiver receiver, Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(receiver.host(), receiver.port()), millis);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static Line open(Receiver receiver, Duration patience) throws IOException {
        return new Line(receiver, patience);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** As {@link #send}, but a receiver that answers before it has read everything, and closes, is heard all the same. */
    void sendAsFarAsItIsRead(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            // It does not read on; what it said can still be read here.
        }
    }

    /** The next complete response to a request of this method. */
    Response read(String method) throws IOException {
        return new ResponseReader(in, method).read();
    }

    /** Nothing more will be sent. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Gone without a farewell, as a client that crashed. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
