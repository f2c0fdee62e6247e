package dev.nodoubt.bench.gate;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The effect that both sides have: one row in the given transaction, and the same reply. Stateless. */
final class Orders {

    static final int REFERENCE_LENGTH = 20;
    static final String REFERENCE_FIELD = "{\"reference\":\"";

    // No unique key: a doubled effect must be counted, not refused.
    private static final String TABLE =
            "CREATE TABLE bench_order (reference VARCHAR(40) NOT NULL, body VARCHAR(400) NOT NULL)";

    private static final String INDEX = "CREATE INDEX bench_order_reference ON bench_order (reference)";

    private static final String INSERT = "INSERT INTO bench_order (reference, body) VALUES (?, ?)";

    private static final String COUNT = "SELECT count(*), count(DISTINCT reference) FROM bench_order";

    private Orders() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(INDEX);
        }
    }

    static Reply take(Connection transaction, byte[] body) throws SQLException {
        String order = new String(body, StandardCharsets.UTF_8);
        int begin = REFERENCE_FIELD.length();
        String reference = order.substring(begin, begin + REFERENCE_LENGTH);
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, reference);
            insert.setString(2, order);
            insert.executeUpdate();
        }
        return Reply.of(202, Payload.json("{\"state\":\"accepted\",\"reference\":\"" + reference + "\"}"));
    }

    /** How many rows there are and how many orders they are of, as {@code rows orders}. */
    static String count(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1) + " " + row.getLong(2);
        }
    }
}
