package dev.nodoubt.jdbc;

/** Those statements of the caller's tables that differ between databases. Their parameters are the same on each. */
interface CallSql {

    /** What only some calls have. */
    String REST = ", backoff_first, backoff_cap, backoff_jitter, handler, reference, tags, business_key, order_key,"
            + " order_digest, order_sequence, trace";

    String REST_VALUES = ", ?".repeat(11);

    static CallSql of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresCallSql();
            case MARIADB, MYSQL -> new MariaDbCallSql();
            case H2 -> new H2CallSql();
        };
    }

    /** The database's time at this moment. */
    String now();

    /**
     * key, holder, delay and deadline in microseconds, target, method, path, media type, body, its digest, whether starts
     * are marked, priority; and unless it is bare the three of the backoff, handler, reference, tags, business key, order
     * key, order's digest, place in it, trace. A key that is there already is a duplicate.
     *
     * @param bare whether the call has nothing of the rest: each parameter costs, also one that is null
     */
    String record(boolean bare);

    /** digest, key. A digest that is there already is no row, or a duplicate; one that is being written is waited for. */
    String refer();

    /** digest: the key that it names, as committed, whatever the transaction's snapshot. */
    String referred();

    /** digest: takes the next place in the order, whose row stays locked. */
    String takePlace();

    /** As in the table. Evidence that is there already is left. */
    String attempt();

    /** target, until. */
    String holdOff();
}
