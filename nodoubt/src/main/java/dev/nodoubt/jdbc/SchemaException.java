package dev.nodoubt.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database's tables are not what this library needs; the message says what to do. */
public final class SchemaException extends RuntimeException {

    private final String problem;
    private final @Nullable String sql;

    private SchemaException(String problem, String rest, @Nullable String sql, @Nullable Throwable cause) {
        super(problem + rest + (sql == null ? "" : "\n" + sql), cause);
        this.problem = problem;
        this.sql = sql;
    }

    static SchemaException failed(String problem, Throwable cause) {
        return new SchemaException(problem, ": " + cause.getMessage(), null, cause);
    }

    static SchemaException of(String problem, String remedy) {
        return new SchemaException(problem, ": " + remedy, null, null);
    }

    static SchemaException mendedBy(String problem, String remedy, String sql) {
        return new SchemaException(problem, ": " + remedy + ":", sql, null);
    }

    /** What is wrong, in one sentence without its end; the message goes on with the remedy. */
    public String problem() {
        return problem;
    }

    /** The statements that make it right; absent where none would. */
    public Optional<String> sql() {
        return Optional.ofNullable(sql);
    }
}
