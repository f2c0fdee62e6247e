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

    private static final int ACCOUNTS = 1_000;

    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS account (id integer PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 50);
            INSERT INTO account SELECT i, 1000000000000 FROM generate_series(0, %d) i ON CONFLICT DO NOTHING;
            CREATE TABLE IF NOT EXISTS transfer (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                number integer NOT NULL, source integer NOT NULL, destination text NOT NULL, amount bigint NOT NULL,
                made_at timestamptz NOT NULL DEFAULT now()
            )
            """.formatted(ACCOUNTS - 1);

    private static final String DEBIT = "UPDATE account SET balance = balance - ? WHERE id = ? AND balance >= ?";

    private static final String INSERT =
            "INSERT INTO transfer (number, source, destination, amount) VALUES (?, ?, ?, ?)";

    static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /** The transfer itself, to another bank: a debit and a row. */
    public void make(Connection transaction) throws SQLException {
        int source = number % ACCOUNTS;
        try (PreparedStatement debit = transaction.prepareStatement(DEBIT)) {
            debit.setLong(1, 150);
            debit.setInt(2, source);
            debit.setLong(3, 150);
            debit.executeUpdate();
        }
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setInt(1, number);
            insert.setInt(2, source);
            insert.setString(3, "333-12-0456789");
            insert.setLong(4, 150);
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
