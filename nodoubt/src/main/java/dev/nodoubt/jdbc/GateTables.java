package dev.nodoubt.jdbc;

/** The receiver's tables on PostgreSQL. */
final class GateTables {

    static final String SQL = "";

    private GateTables() {}
}
