package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of PostgreSQL's transaction when a statement in it failed: a call whose key is recorded already. */
class RefusedCallTest {

    private static final CallParts PARTS = SharedPostgres.calls("refused");

    private final CallBench bench = new CallBench(PARTS);

    /** The driver's own savepoints, with which a failed statement ends no transaction. */
    private static CallBench withAutosave() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(SharedPostgres.server().jdbcUrl("refused") + "&autosave=always");
        return new CallBench(new CallParts(new JdbcCallStore(database), database));
    }

    @Test
    void its_business_key_and_its_place_are_free_where_the_driver_goes_on() throws SQLException {
        CallBench saving = withAutosave();
        long me = saving.join();
        Call call = saving.call("once");
        saving.record(me, call);
        Call again = call.withBusinessKey("order 9").inOrderOf("account 9");

        try (Connection transaction = saving.begin()) {
            assertThatThrownBy(() -> saving.record(transaction, me, again)).isInstanceOf(CallStoreException.class);
            saving.record(transaction, me, saving.call("other"));
            transaction.commit();
        }

        Call next = saving.call("next").withBusinessKey("order 9").inOrderOf("account 9");
        assertThat(saving.record(me, next)).isEqualTo(new CallStore.Recording(next.key(), me, false));
        assertThat(saving.due(me)).hasSize(3);
    }

    @Test
    void before_the_commit_the_driver_knows_what_it_will_be() throws SQLException {
        long me = bench.join();
        Call call = bench.call("once");

        try (Connection transaction = bench.begin()) {
            assertThat(bench.store.commitKeeps(transaction)).as("nothing began").isFalse();
            bench.record(transaction, me, call);
            assertThat(bench.store.commitKeeps(transaction)).isTrue();
            Savepoint before = transaction.setSavepoint();
            assertThatThrownBy(() -> bench.record(transaction, me, call)).isInstanceOf(CallStoreException.class);
            assertThatThrownBy(() -> bench.store.commitKeeps(transaction))
                    .isInstanceOf(CallStoreException.class)
                    .hasMessageStartingWith("the transaction cannot commit: a statement in it failed");
            transaction.rollback(before);
            assertThat(bench.store.commitKeeps(transaction)).isTrue();
            transaction.commit();
        }

        assertThat(bench.dueKeys(me)).containsExactly(call.key());
    }

    @Test
    void a_driver_that_nobody_knows_is_not_believed() throws SQLException {
        try (Connection transaction = bench.begin()) {
            bench.record(transaction, bench.join(), bench.call("once"));
            Connection stranger = (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> !method.getName().equals("isWrapperFor")
                            && (boolean) method.invoke(transaction, arguments));

            assertThat(bench.store.commitKeeps(stranger)).isFalse();
        }
    }

    @Test
    void else_its_commit_is_a_rollback_of_which_the_driver_says_nothing() throws SQLException {
        long me = bench.join();
        Call call = bench.call("once");
        bench.record(me, call);

        try (Connection transaction = bench.begin()) {
            bench.record(transaction, me, bench.call("before"));
            assertThatThrownBy(() -> bench.record(transaction, me, call)).isInstanceOf(CallStoreException.class);
            transaction.commit();
        }

        assertThat(bench.due(me)).hasSize(1);
    }
}
