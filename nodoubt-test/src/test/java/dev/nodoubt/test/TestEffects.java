package dev.nodoubt.test;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Work;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The handler of the conformance suite's test operation: one row for each effect, and whatever the order says. */
final class TestEffects {

    private static final int LONGEST_HOLD_SECONDS = 20;

    private final DataSource database;
    private final String path;
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    /** Makes its table. */
    TestEffects(DataSource database, String path) {
        this.database = database;
        this.path = path;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS conformance_effect (mark varchar(100) NOT NULL)");
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                statement.execute("CREATE TABLE IF NOT EXISTS conformance_once (n integer,"
                        + " CONSTRAINT conformance_once_n UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the effects' table could not be made: " + e.getMessage(), e);
        }
    }

    long count(String mark) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT count(*) FROM conformance_effect WHERE mark = ?")) {
            select.setString(1, mark);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    boolean isHeld(String mark) {
        return held.containsKey(mark);
    }

    void release(String mark) {
        CountDownLatch latch = held.get(mark);
        if (latch != null) {
            latch.countDown();
        }
    }

    Work work(TestOrder order) {
        return transaction -> {
            try (PreparedStatement insert =
                    transaction.prepareStatement("INSERT INTO conformance_effect (mark) VALUES (?)")) {
                insert.setString(1, order.effect());
                insert.executeUpdate();
            }
            return obey(order, transaction);
        };
    }

    private Reply obey(TestOrder order, Connection transaction) throws Exception {
        switch (order.behave()) {
            case "fail" -> throw new IllegalStateException("told to fail");
            case "hold" -> hold(order.effect());
            case "hold-fail" -> {
                hold(order.effect());
                throw new IllegalStateException("told to fail");
            }
            case "break" -> transaction.commit();
            case "refuse" -> refuse(transaction);
            case "large" -> {
                return Reply.of(200, bytes(order.number()));
            }
            case "empty" -> {
                return Reply.of(204);
            }
            default -> {
                // ok and status: nothing but the reply
            }
        }
        return reply(order.behave().equals("status") ? order.number() : 201, order.effect());
    }

    private void hold(String mark) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(mark, latch);
        try {
            if (!latch.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("held for too long");
            }
        } finally {
            held.remove(mark);
        }
    }

    private static void refuse(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("INSERT INTO conformance_once VALUES (1), (1)");
        }
    }

    private Reply reply(int status, String mark) {
        String nonce = UUID.randomUUID().toString();
        Map<String, String> headers = Map.of(
                "Location", path + "/effects/" + mark,
                "ETag", '"' + nonce + '"',
                "Content-Language", "en",
                "Link", '<' + path + ">; rel=\"collection\"",
                "Set-Cookie", "nonce=" + nonce);
        return new Reply(status, headers, Payload.json("{\"effect\":\"" + mark + "\",\"nonce\":\"" + nonce + "\"}"));
    }

    /** Every value of a byte, and something new at the beginning. */
    private static Payload bytes(int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        bytes.writeBytes(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.size() < size) {
            bytes.write(bytes.size() * 7);
        }
        return Payload.of(bytes.toByteArray(), "application/octet-stream");
    }
}
