package dev.nodoubt.services.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Hands out the one connection of an attempt, so that another thread can close it when the attempt's time is up. */
final class OneSocket extends SocketFactory {

    private @Nullable Socket socket;
    private boolean aborted;

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (aborted || socket != null) {
            throw new SocketException(aborted ? "the attempt's time is up" : "an attempt has one connection");
        }
        socket = new Socket();
        return socket;
    }

    /** Closes the connection; whoever reads or writes it fails at once. */
    synchronized void abort() {
        aborted = true;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // A socket that cannot be closed is of no more use than a closed one.
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw notSupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw notSupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw notSupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw notSupported();
    }

    private static SocketException notSupported() {
        return new SocketException("the connection's timeouts need an unconnected socket");
    }
}
