package dev.nodoubt.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Recognises a statement that was ended because it took too long. */
final class Timeouts {

    private Timeouts() {}

    /** 57014 is PostgreSQL's and H2's, 70100 MariaDB's; MySQL's driver throws the JDK's exception. */
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTimeoutException || "57014".equals(state) || "70100".equals(state);
    }
}
