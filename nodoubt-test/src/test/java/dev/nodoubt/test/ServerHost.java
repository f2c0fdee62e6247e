package dev.nodoubt.test;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/**
 * A program with a server: its arguments are a {@link ServerUnderTest}, the directory of its kept data or {@code -} for
 * throw-away ones, and what it does then.
 */
final class ServerHost {

    private ServerHost() {}

    @SuppressWarnings("resource") // The point is what happens to a server that nobody closes.
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        ServerUnderTest kind = ServerUnderTest.valueOf(arguments[0]);
        EmbeddedServer server = arguments[1].equals("-") ? kind.start() : kind.start(Path.of(arguments[1]), 0);
        var database = server.createDatabase("shop");
        Sql.execute(database, "CREATE TABLE IF NOT EXISTS sale AS SELECT 7 AS id");
        System.out.println("DATA " + Sql.read(database, kind.dataDirectory()));
        System.out.println("PID " + server.pid());
        System.out.println("READY " + server.port());
        switch (arguments[2]) {
            case "stay" -> new CountDownLatch(1).await();
            case "crash" -> {
                server.crash();
                server.restart();
                System.out.println(Sql.read(database, "SELECT concat('sale ', id) FROM sale"));
                System.out.println(server);
            }
            case "end" -> {}
            default -> throw new IllegalArgumentException(arguments[2]);
        }
    }
}
