package dev.nodoubt.bench.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Tells a process what to do, and reads its {@code name=value} lines. Waits as long as that takes. */
public final class Control {

    private Control() {}

    public static Map<String, Double> get(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        int status = connection.getResponseCode();
        if (status != 200) {
            throw new IOException(path + " was answered with " + status + "; the process' log tells why");
        }
        String text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Double> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), Double.parseDouble(line.substring(equals + 1)));
        });
        return values;
    }

    /** By number: when it first came to the target, by the machine's monotonic clock; 0: never. */
    public static long[] arrivals(int targetPort) throws IOException {
        try (InputStream in = URI.create("http://127.0.0.1:" + targetPort + "/arrivals")
                .toURL()
                .openStream()) {
            LongBuffer read = ByteBuffer.wrap(in.readAllBytes()).asLongBuffer();
            long[] arrivedAt = new long[read.remaining()];
            read.get(arrivedAt);
            return arrivedAt;
        }
    }
}
