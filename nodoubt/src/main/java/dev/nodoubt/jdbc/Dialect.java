package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The databases that nodoubt knows: it names them, and what differs between them stands in a class for each. */
enum Dialect {
    POSTGRESQL("PostgreSQL"),
    MARIADB("MariaDB"),
    MYSQL("MySQL"),
    H2("H2");

    private final String product;

    Dialect(String product) {
        this.product = product;
    }

    /**
     * The database behind this connection.
     *
     * @throws SchemaException when nodoubt does not know it
     */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String product = database.getDatabaseProductName();
        // Drivers for MySQL call a MariaDB server MySQL, and tell it by its version only.
        if (product.equals(MYSQL.product)
                && database.getDatabaseProductVersion().contains(MARIADB.product)) {
            return MARIADB;
        }
        for (Dialect dialect : values()) {
            if (dialect.product.equals(product)) {
                return dialect;
            }
        }
        throw SchemaException.of(
                "nodoubt runs on PostgreSQL, MariaDB, MySQL and H2, the data source is " + product,
                "give it a data source of one of them");
    }

    static Dialect of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return of(connection);
        }
    }

    /** Binds a time; databases without time zones get UTC. */
    void bind(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        OffsetDateTime utc = time == null ? null : time.atOffset(ZoneOffset.UTC);
        if (zoned()) {
            statement.setObject(index, utc, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(index, utc == null ? null : utc.toLocalDateTime(), Types.TIMESTAMP);
        }
    }

    /** A time as {@link #bind} wrote it. */
    @Nullable
    Instant time(ResultSet row, int column) throws SQLException {
        if (zoned()) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    /** A time as {@link #bind} wrote it. */
    @Nullable
    Instant time(ResultSet row, String column) throws SQLException {
        return time(row, row.findColumn(column));
    }

    /** Binds a call's key. */
    void bind(PreparedStatement statement, int index, IdempotencyKey key) throws SQLException {
        UUID uuid = key.uuid().orElseThrow(() -> new IllegalArgumentException("call key " + key + " must be a UUID"));
        if (zoned()) {
            statement.setObject(index, uuid);
        } else {
            statement.setString(index, uuid.toString());
        }
    }

    private boolean zoned() {
        return this == POSTGRESQL || this == H2;
    }

    /** The name in the names of its schema's files. */
    String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return product;
    }
}
