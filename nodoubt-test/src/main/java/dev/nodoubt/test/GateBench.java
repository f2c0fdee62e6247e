package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateHooks;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.gate.Work;
import dev.nodoubt.wire.GateEndpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A gate over a store under test, an effect that can be counted, and a clock that stands still. */
final class GateBench {

    static final String SCOPE = "shop";
    static final Payload BODY = Payload.json("{\"to\":\"kim\",\"text\":\"hello\"}");

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));
    final DataSource database;
    final Gate gate;
    final GateEndpoint endpoint;

    private final GateStore store;
    private final Transactions transactions;

    GateBench(GateParts parts) {
        this.store = parts.store();
        this.transactions = parts.transactions();
        this.database = parts.database();
        this.gate = gateWith(UnaryOperator.identity());
        this.endpoint = new GateEndpoint(gate, clock);
        run("CREATE TABLE IF NOT EXISTS gate_effect (effect_key varchar(255) NOT NULL)");
    }

    /** A gate like the one here, over a store that was given something of its own. */
    Gate gateWith(UnaryOperator<GateStore> change) {
        return new Gate(change.apply(store), transactions, GateSettings.DEFAULT, clock);
    }

    Gate gateWith(ReplyKeeper keeper) {
        return new Gate(store, transactions, GateSettings.DEFAULT, clock, new GateHooks(keeper, GateObserver.NONE));
    }

    Gate gateWith(GateSettings settings) {
        return gateWith(settings, UnaryOperator.identity());
    }

    Gate gateWith(GateSettings settings, UnaryOperator<GateStore> change) {
        return new Gate(change.apply(store), transactions, settings, clock);
    }

    IdempotencyKey newKey() {
        return IdempotencyKey.create(clock.instant());
    }

    IdempotencyKey keyOfAge(Duration age) {
        return IdempotencyKey.create(clock.instant().minus(age));
    }

    Admission execute(IdempotencyKey key, Work work) {
        return gate.execute(request(key, BODY), work);
    }

    Finding query(IdempotencyKey key) {
        return gate.query(SCOPE, key);
    }

    Finding fence(IdempotencyKey key) {
        return fence(key, Duration.ofSeconds(2));
    }

    Finding fence(IdempotencyKey key, Duration wait) {
        return gate.fence(SCOPE, key, wait, "the deadline passed");
    }

    static GateRequest request(IdempotencyKey key, Payload body) {
        return GateRequest.of(SCOPE, key, "POST", "/api/notifications", body);
    }

    /** Work that leaves one countable effect and replies so. */
    static Work effect(IdempotencyKey key, Reply reply) {
        return effect(key, transaction -> reply);
    }

    /** Work that leaves one countable effect, and then does more. */
    static Work effect(IdempotencyKey key, Work more) {
        return transaction -> {
            leaveEffect(transaction, key);
            return more.run(transaction);
        };
    }

    private static void leaveEffect(Connection transaction, IdempotencyKey key) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO gate_effect VALUES (?)")) {
            insert.setString(1, key.value());
            insert.executeUpdate();
        }
    }

    /** Work that must not run. */
    static Work none() {
        return transaction -> {
            throw new AssertionError("the handler must not run");
        };
    }

    int effects(IdempotencyKey key) {
        return count("SELECT count(*) FROM gate_effect WHERE effect_key = ?", key);
    }

    int rows(IdempotencyKey key) {
        return count("SELECT count(*) FROM nodoubt_gate WHERE idempotency_key = ?", key);
    }

    private int count(String question, IdempotencyKey key) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(question)) {
            select.setString(1, key.value());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To this time, wherever it stood: a purge only raises it. */
    void setHorizon(Instant to) {
        run("UPDATE nodoubt_horizon SET key_time = '1970-01-01 00:00:00', bodies_until = '1970-01-01 00:00:00'");
        try {
            store.raiseHorizon(to);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Admission.Withheld assertWithheld(Admission admission, Reason reason) {
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.Withheld.class,
                        withheld -> assertThat(withheld.reason()).isEqualTo(reason));
        return (Admission.Withheld) admission;
    }
}
