package dev.nodoubt.jdbc;

import java.sql.SQLException;

/** How databases say that a unique key is taken. */
final class Duplicates {

    /** PostgreSQL, where some statements do not fail but write nothing, and H2. */
    private static final String STATE = "23505";

    /** MariaDB and MySQL. */
    private static final int CODE = 1062;

    private Duplicates() {}

    static boolean is(SQLException e) {
        return STATE.equals(e.getSQLState()) || e.getErrorCode() == CODE;
    }
}
