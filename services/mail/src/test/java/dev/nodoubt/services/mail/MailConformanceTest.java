package dev.nodoubt.services.mail;

import dev.nodoubt.test.EmbeddedMariaDb;
import dev.nodoubt.test.EmbeddedPostgres;
import dev.nodoubt.test.EmbeddedServer;
import dev.nodoubt.test.NeedsMariaDb;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The mail service conforms, whatever database it keeps its keys in. */
@SuppressWarnings("NullAway.Init") // set before the first test
class MailConformanceTest {

    /** A database server as a process of its own. */
    abstract static class OnServer extends MailConformance {

        private EmbeddedServer server;

        abstract EmbeddedServer begin();

        @BeforeAll
        @Override
        void start() throws IOException {
            server = begin();
            server.createDatabase("mail");
            super.start();
        }

        @AfterAll
        @Override
        void stop() throws IOException {
            super.stop();
            server.close();
        }

        @Override
        int port() {
            return server.port();
        }

        @Override
        String url(int proxied) {
            return server.jdbcUrl("mail").replace(":" + server.port() + "/", ":" + proxied + "/");
        }
    }

    @Nested
    class OnPostgres extends OnServer {
        @Override
        EmbeddedServer begin() {
            return EmbeddedPostgres.start(Map.of("fsync", "off"));
        }
    }

    @Nested
    @NeedsMariaDb
    class OnMariaDb extends OnServer {
        @Override
        EmbeddedServer begin() {
            return EmbeddedMariaDb.start(Map.of("innodb_flush_log_at_trx_commit", "2"));
        }
    }

    @Nested
    class OnH2 extends MailConformance {

        private Server server;

        @BeforeAll
        @Override
        void start() throws IOException {
            try {
                server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists")
                        .start();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            super.start();
        }

        @AfterAll
        @Override
        void stop() throws IOException {
            super.stop();
            server.stop();
        }

        @Override
        int port() {
            return server.getPort();
        }

        @Override
        String url(int proxied) {
            return "jdbc:h2:tcp://127.0.0.1:" + proxied + "/mem:mailconformance;DB_CLOSE_DELAY=-1";
        }
    }
}
