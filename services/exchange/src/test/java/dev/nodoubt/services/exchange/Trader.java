package dev.nodoubt.services.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who trades at an exchange: every request is sent exactly once, over a connection of its own. */
final class Trader {

    static final String ORDER = """
            {"symbol":"HANB","side":"buy","quantity":10,"price":"50000"}""";

    static final int NO_ANSWER = 0;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;
    private final int patienceMillis;

    Trader(int port, int patienceMillis) {
        this.port = port;
        this.patienceMillis = patienceMillis;
    }

    /**
     * What came back.
     *
     * @param status {@link #NO_ANSWER} when nothing did
     */
    record Told(int status, JsonNode body) {

        static final Told NOTHING = new Told(NO_ANSWER, JSON.createObjectNode());

        String text(String field) {
            return body.path(field).asString("");
        }
    }

    Told order(@Nullable String id, String order) {
        return send("POST", "/orders", id, order);
    }

    Told order(String id) {
        return order(id, ORDER);
    }

    Told cancel(String id) {
        return cancel(id, ORDER);
    }

    Told cancel(String id, String original) {
        return send("POST", "/orders/cancel", id, original);
    }

    Told query(String id) {
        return get("/orders/by-client-id/" + id);
    }

    Told get(String path) {
        return send("GET", path, null, "");
    }

    List<JsonNode> book() {
        JsonNode lines = get("/book").body();
        return StreamSupport.stream(lines.spliterator(), false).toList();
    }

    Told send(String method, String path, @Nullable String id, String body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: exchange\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n" + (id == null ? "" : "Client-Order-Id: " + id + "\r\n")
                + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.isEmpty() ? Told.NOTHING : told(answer);
        } catch (IOException e) {
            return Told.NOTHING;
        }
    }

    private static Told told(String answer) {
        int status = Integer.parseInt(answer.substring(9, 12));
        return new Told(status, JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)));
    }
}
