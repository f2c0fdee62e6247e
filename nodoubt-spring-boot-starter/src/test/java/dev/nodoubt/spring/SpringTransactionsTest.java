package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.gate.Transactions.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpringTransactionsTest {

    private PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private JdbcTransactionManager manager = new JdbcTransactionManager();
    private SpringTransactions transactions = new SpringTransactions(manager, dataSource);

    @BeforeEach
    void create() {
        dataSource = dataSource();
        manager = new JdbcTransactionManager(dataSource);
        transactions = new SpringTransactions(manager, dataSource);
        jdbc().sql("CREATE TABLE effect (id int, CONSTRAINT once UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)")
                .update();
    }

    @Test
    void whatSpringWritesCommitsWithTheGate() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            new TransactionTemplate(manager).executeWithoutResult(inner -> insert(1));
            assertThat(transaction.connection().getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            transaction.commit();
        }

        assertThat(count()).isOne();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    @Test
    void whatIsNotCommittedRollsBackOnClose() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            insert(1);
            assertThat(transaction.rollbackOnly()).isFalse();
        }

        assertThat(count()).isZero();
    }

    @Test
    void itRefusesToBeginInsideAnotherTransaction() {
        TransactionTemplate outer = new TransactionTemplate(manager);

        assertThatThrownBy(() -> outer.executeWithoutResult(status -> begin()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside an open transaction");
    }

    @Test
    void itRefusesAManagerOfAnotherDataSource() {
        SpringTransactions foreign = new SpringTransactions(new JdbcTransactionManager(dataSource()), dataSource);

        assertThatThrownBy(foreign::begin)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("does not manage the gate's data source");
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    @Test
    void anInnerRollbackIsSeenBeforeTheCommit() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            new TransactionTemplate(manager).executeWithoutResult(inner -> inner.setRollbackOnly());

            assertThat(transaction.rollbackOnly()).isTrue();
            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40000"));
        }
    }

    @Test
    void aRefusedCommitTellsTheDatabasesState() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            insert(1);
            insert(1);

            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        }
        assertThat(count()).isZero();
    }

    @Test
    void aLostSessionAtTheCommitIsNoRollbackForSure() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            int session =
                    jdbc().sql("SELECT pg_backend_pid()").query(Integer.class).single();
            try (Connection other = dataSource.getConnection();
                    var kill = other.prepareStatement("SELECT pg_terminate_backend(?)")) {
                kill.setInt(1, session);
                kill.execute();
            }

            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState())
                                    .doesNotStartWith("23")
                                    .doesNotStartWith("40"));
        }
    }

    @Test
    void aCallbackThatFailsBeforeTheCommitIsARollback() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            insert(1);
            register(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    throw new IllegalStateException("before");
                }
            });

            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40000"));
        }
        assertThat(count()).isZero();
    }

    @Test
    void aCallbackThatFailsAfterTheCommitDoesNotUndoIt() throws SQLException {
        try (Transaction transaction = transactions.begin()) {
            insert(1);
            register(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    throw new IllegalStateException("after");
                }
            });

            transaction.commit();
        }

        assertThat(count()).isOne();
    }

    @Test
    void aDatabaseThatCannotBeReachedIsAnSqlException() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");

        assertThatThrownBy(() -> new SpringTransactions(new JdbcTransactionManager(nowhere), nowhere).begin())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }

    private void begin() {
        try {
            transactions.begin();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void register(TransactionSynchronization synchronization) {
        TransactionSynchronizationManager.registerSynchronization(synchronization);
    }

    private static PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Databases.create());
        return source;
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    private void insert(int id) {
        jdbc().sql("INSERT INTO effect (id) VALUES (?)").param(id).update();
    }

    private long count() {
        return jdbc().sql("SELECT count(*) FROM effect").query(Long.class).single();
    }
}
