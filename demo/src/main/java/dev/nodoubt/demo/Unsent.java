package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Settling;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The mails that a mail service has taken and not yet brought to their end.
 *
 * @param mail its database
 */
record Unsent(DataSource mail) implements Settling.Place {

    private static final String UNSENT = """
            SELECT count(*) FROM nodoubt_intent WHERE ended_at IS NULL
            """;

    @Override
    public int pending() throws SQLException {
        try (Connection connection = mail.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(UNSENT)) {
            row.next();
            return row.getInt(1);
        }
    }
}
