package dev.nodoubt.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link FaultProxy}: a thread for the request's way and one for the answer's. */
final class ProxiedConnection {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int BLOCK = 8192;
    private static final int GARBLE = 0x55;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final Fault fault;
    private final CountDownLatch cut = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    ProxiedConnection(FaultProxy proxy, Socket client, InetSocketAddress target, Fault fault) {
        this.proxy = proxy;
        this.client = client;
        this.target = target;
        this.fault = fault;
    }

    /** Serves the connection until both sides have ended. */
    void run() {
        try {
            if (fault instanceof Fault.ResetAtOnce) {
                cut();
            } else if (fault instanceof Fault.LoseRequest) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(target, CONNECT_TIMEOUT_MILLIS);
                proxy.run("fault-proxy-answer", this::passAnswer);
                passRequest();
                answered.await();
            }
        } catch (IOException e) {
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        } finally {
            close(client);
            close(server);
            proxy.ended(this);
        }
    }

    /** Resets both sides and ends every wait. */
    void cut() {
        cut.countDown();
        reset(client);
        reset(server);
    }

    /** A client that went away ends its request; what it has sent still arrives. */
    private void passRequest() throws IOException, InterruptedException {
        byte[] block = new byte[BLOCK];
        OutputStream out = server.getOutputStream();
        for (int n = readFromClient(block); n >= 0; n = readFromClient(block)) {
            if (fault instanceof Fault.DelayRequest delay && isCutWithin(delay.pause())) {
                return;
            }
            out.write(block, 0, n);
            proxy.countToTarget(n);
        }
        server.shutdownOutput();
    }

    private int readFromClient(byte[] block) {
        try {
            return client.getInputStream().read(block);
        } catch (IOException e) {
            return -1;
        }
    }

    private void passAnswer() {
        try {
            InputStream in = server.getInputStream();
            byte[] block = new byte[BLOCK];
            long before = 0;
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (!deliver(block, n, before)) {
                    return;
                }
                before += n;
            }
            if (!(fault instanceof Fault.LoseAnswer)) {
                client.shutdownOutput();
            }
        } catch (IOException e) {
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        } finally {
            answered.countDown();
        }
    }

    /** Whether the answer goes on after this block. */
    private boolean deliver(byte[] block, int n, long before) throws IOException, InterruptedException {
        if (fault instanceof Fault.LoseAnswer) {
            return true;
        }
        if (fault instanceof Fault.ResetOnAnswer) {
            cut();
            return false;
        }
        if (fault instanceof Fault.DripAnswer drip) {
            return drip(block, n, drip.pause());
        }
        if (fault instanceof Fault.TruncateAnswer truncate) {
            return truncate(block, n, truncate.bytes() - before);
        }
        if (fault instanceof Fault.DelayAnswer delay && isCutWithin(delay.pause())) {
            return false;
        }
        if (fault instanceof Fault.GarbleAnswer) {
            garble(block, n);
        }
        writeToClient(block, 0, n);
        return true;
    }

    private boolean drip(byte[] block, int n, Duration pause) throws InterruptedException {
        for (int i = 0; i < n; i++) {
            if (isCutWithin(pause)) {
                return false;
            }
            writeToClient(block, i, 1);
        }
        return true;
    }

    private boolean truncate(byte[] block, int n, long left) throws IOException {
        writeToClient(block, 0, (int) Math.min(n, left));
        if (n < left) {
            return true;
        }
        client.shutdownOutput();
        server.close();
        return false;
    }

    private static void garble(byte[] block, int n) {
        for (int i = 0; i < n; i++) {
            block[i] ^= (byte) GARBLE;
        }
    }

    /** A client that went away loses its answer; the target is not disturbed by that. */
    private void writeToClient(byte[] block, int from, int n) {
        try {
            client.getOutputStream().write(block, from, n);
            proxy.countToClient(n);
        } catch (IOException e) {
            // Nobody waits for the answer any more.
        }
    }

    private boolean isCutWithin(Duration pause) throws InterruptedException {
        return cut.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The other side was faster.
        }
    }
}
