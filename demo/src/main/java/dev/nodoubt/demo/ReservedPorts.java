package dev.nodoubt.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that the system gave. They are bound and do not listen, so that a server may listen on them, also a second time
 * after it was killed, and nobody else is given them meanwhile.
 */
final class ReservedPorts implements AutoCloseable {

    private final List<Socket> holders = new ArrayList<>();
    private final Options.Ports ports;

    ReservedPorts() throws IOException {
        ports = new Options.Ports(next(), next(), next(), next(), next(), next(), next());
    }

    Options.Ports ports() {
        return ports;
    }

    @Override
    public void close() throws IOException {
        for (Socket holder : holders) {
            holder.close();
        }
    }

    private int next() throws IOException {
        Socket holder = new Socket();
        holders.add(holder);
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return holder.getLocalPort();
    }
}
