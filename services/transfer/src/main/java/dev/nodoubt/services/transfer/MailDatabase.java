package dev.nodoubt.services.transfer;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.services.transfer.NotificationProperties.Database;
import javax.sql.DataSource;

/**
 * The database that this service shares with the mail service: its own, unless another is configured, which gets a small
 * pool of its own. Not a bean of type {@code DataSource}, because this service's transactions have one only.
 */
final class MailDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final long CONNECTION_TIMEOUT_MS = 1_000;

    private final DataSource dataSource;
    private final Runnable end;

    private MailDatabase(DataSource dataSource, Runnable end) {
        this.dataSource = dataSource;
        this.end = end;
    }

    /** Connects to a configured one when it is first used. */
    static MailDatabase of(Database configured, DataSource own) {
        String url = configured.url();
        if (url == null) {
            return new MailDatabase(own, () -> {});
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("mail-database");
        pool.setJdbcUrl(url);
        pool.setUsername(configured.username());
        pool.setPassword(configured.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        return new MailDatabase(pool, pool::close);
    }

    DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        end.run();
    }
}
