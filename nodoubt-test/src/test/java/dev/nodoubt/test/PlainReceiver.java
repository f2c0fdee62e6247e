package dev.nodoubt.test;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;

/** The test receiver as a process: arguments are the JDBC address, with its credentials, whether
 * JSON is compared in its canonical form, and the port. */
final class PlainReceiver {

    static final int POOL = 5;

    private PlainReceiver() {}

    public static void main(String[] args) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setMaximumPoolSize(POOL);
        config.setConnectionTimeout(2_000);
        HikariDataSource pool = new HikariDataSource(config);
        TestReceiver receiver = new TestReceiver(
                Integer.parseInt(args[2]), pool, ReceiverGate.over(pool, Boolean.parseBoolean(args[1])));
        System.out.println("READY " + receiver.port());
    }
}
