package dev.nodoubt.jdbc;

import org.jspecify.annotations.Nullable;

/** The database's tables are not what this library needs; the message says what to do. */
public final class SchemaException extends RuntimeException {

    SchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
