package dev.nodoubt.bench.delivery;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One business transaction and the call that it wants made: the same for every contender. Immutable.
 *
 * @param number from 0, unique within a round; the target counts by it
 */
public record Transfer(int number) {

    /** Where the target is called. */
    public static final String PATH = "/api/notifications";

    public static final String MEDIA_TYPE = "application/json";

    static final String NUMBER_FIELD = "{\"transfer\":";

    private static final String FILLER =
            ",\"from\":\"110-234-567890\",\"to\":\"333-12-0456789\",\"amount\":\"150000\",\"currency\":\"KRW\","
                    + "\"recipient\":\"kim@example.com\",\"text\":\"150,000 KRW were sent to 333-12-0456789.\"}";

    // No update of accounts: whatever more a transfer does makes the price of a call look smaller.
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS transfer (
                number integer NOT NULL, source text NOT NULL, destination text NOT NULL, amount bigint NOT NULL,
                made_at timestamptz NOT NULL DEFAULT now(), id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
            )""";

    private static final String INSERT =
            "INSERT INTO transfer (number, source, destination, amount) VALUES (?, ?, ?, ?)";

    static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    /** The transfer itself: one row. */
    public void insert(Connection transaction) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setInt(1, number);
            insert.setString(2, "110-234-567890");
            insert.setString(3, "333-12-0456789");
            insert.setLong(4, 150_000);
            insert.executeUpdate();
        }
    }

    /** What the target gets: about 200 bytes of JSON. */
    public String body() {
        return NUMBER_FIELD + number + FILLER;
    }

    /** The number in a body, as {@link #body} writes it. */
    static int numberIn(byte[] body) {
        int at = NUMBER_FIELD.length();
        int number = 0;
        while (at < body.length && body[at] >= '0' && body[at] <= '9') {
            number = 10 * number + body[at++] - '0';
        }
        if (at == NUMBER_FIELD.length()) {
            throw new IllegalArgumentException("no number in " + new String(body, StandardCharsets.UTF_8));
        }
        return number;
    }
}
