package dev.nodoubt.test;

import java.nio.file.Path;
import java.util.Map;

/** The servers that pass the same tests. */
enum ServerUnderTest {
    POSTGRES("postgres") {
        @Override
        EmbeddedServer start(Map<String, String> settings) {
            return EmbeddedPostgres.start(settings);
        }

        @Override
        EmbeddedServer start(Path data, int port) {
            return EmbeddedPostgres.start(data, port);
        }

        @Override
        String question(String setting) {
            return "SHOW " + setting;
        }

        @Override
        String dataDirectory() {
            return question("data_directory");
        }
    },

    MARIADB("mysql") {
        @Override
        EmbeddedServer start(Map<String, String> settings) {
            return EmbeddedMariaDb.start(settings);
        }

        @Override
        EmbeddedServer start(Path data, int port) {
            return EmbeddedMariaDb.start(data, port);
        }

        @Override
        String question(String setting) {
            return "SELECT @@" + setting;
        }

        @Override
        String dataDirectory() {
            return question("datadir");
        }
    };

    private final String firstDatabase;

    ServerUnderTest(String firstDatabase) {
        this.firstDatabase = firstDatabase;
    }

    abstract EmbeddedServer start(Map<String, String> settings);

    abstract EmbeddedServer start(Path data, int port);

    /** The query that reads one of its settings. */
    abstract String question(String setting);

    /** The query that reads where its data are. */
    abstract String dataDirectory();

    EmbeddedServer start() {
        return start(Map.of());
    }

    /** The database that every server has. */
    String firstDatabase() {
        return firstDatabase;
    }
}
