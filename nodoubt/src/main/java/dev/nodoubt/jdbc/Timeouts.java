package dev.nodoubt.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Bounds how long a statement may take, and recognises one that was ended for that. */
final class Timeouts {

    private Timeouts() {}

    interface Question<T> {
        T ask(PreparedStatement statement) throws SQLException;
    }

    private interface Unbinding extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Asks within so many seconds. H2 keeps the bound for its whole session, so it is taken away again. */
    static <T> T within(int seconds, PreparedStatement statement, Question<T> question) throws SQLException {
        statement.setQueryTimeout(seconds);
        Unbinding unbinding = () -> statement.setQueryTimeout(0);
        try (unbinding) {
            return question.ask(statement);
        }
    }

    /** 57014 is PostgreSQL's and H2's, 70100 MariaDB's; MySQL's driver throws the JDK's exception. */
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTimeoutException || "57014".equals(state) || "70100".equals(state);
    }
}
