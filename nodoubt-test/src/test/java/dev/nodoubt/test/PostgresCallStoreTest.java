package dev.nodoubt.test;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresCallStoreTest extends CallStoreContract {

    private static EmbeddedPostgres postgres;
    private static DataSource database;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start();
        database = postgres.dataSource("postgres");
        new Schema(database).create();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE nodoubt_node, nodoubt_call, nodoubt_settled");
        }
    }

    @Override
    protected CallStore store() {
        return new JdbcCallStore(database);
    }

    @Override
    protected DataSource database() {
        return database;
    }
}
