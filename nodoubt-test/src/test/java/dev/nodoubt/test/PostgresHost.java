package dev.nodoubt.test;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/** A program with a server: on kept data or throw-away ones ({@code -}); what it does then is the second argument. */
final class PostgresHost {

    private PostgresHost() {}

    @SuppressWarnings("resource") // The point is what happens to a server that nobody closes.
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        EmbeddedPostgres postgres =
                arguments[0].equals("-") ? EmbeddedPostgres.start() : EmbeddedPostgres.start(Path.of(arguments[0]), 0);
        var database = postgres.createDatabase("shop");
        EmbeddedPostgresTest.execute(database, "CREATE TABLE IF NOT EXISTS sale AS SELECT 7 AS id");
        System.out.println("DATA " + EmbeddedPostgresTest.read(database, "SHOW data_directory"));
        System.out.println("PID " + postgres.pid());
        System.out.println("READY " + postgres.port());
        switch (arguments[1]) {
            case "stay" -> new CountDownLatch(1).await();
            case "crash" -> {
                postgres.crash();
                postgres.restart();
                System.out.println(EmbeddedPostgresTest.read(database, "SELECT 'sale ' || id FROM sale"));
                System.out.println(postgres);
            }
            case "end" -> {}
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }
}
