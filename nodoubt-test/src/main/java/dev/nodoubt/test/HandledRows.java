package dev.nodoubt.test;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.KnownCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A table of an outcome handler's own, with a row a call that it handled. */
final class HandledRows {

    private static final String CREATE =
            "CREATE TABLE IF NOT EXISTS handled (call_key varchar(36) PRIMARY KEY, state varchar(20))";

    private final DataSource database;

    HandledRows(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement create = connection.createStatement()) {
            create.execute(CREATE);
        }
    }

    /** The handler: leaves a row in the settling transaction. */
    static void note(Connection transaction, KnownCall call) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO handled VALUES (?, ?)")) {
            insert.setString(1, call.key().value());
            insert.setString(2, call.outcome().getClass().getSimpleName());
            insert.executeUpdate();
        }
    }

    /** What was committed of a call. */
    List<String> of(Call call) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT state FROM handled WHERE call_key = ?")) {
            select.setString(1, call.key().value());
            List<String> states = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    states.add(rows.getString(1));
                }
            }
            return states;
        }
    }
}
