package dev.nodoubt.test;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Work;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Gates that look right and are wrong, so that the conformance suite shows that it can find such. */
abstract sealed class WrongReceiver implements ReceiverGate {

    final ReceiverGate right;
    final DataSource pool;

    WrongReceiver(ReceiverGate right, DataSource pool) {
        this.right = right;
        this.pool = pool;
    }

    @Override
    public WireResponse execute(String scope, WireRequest request, Work work) {
        return right.execute(scope, request, work);
    }

    @Override
    public WireResponse outcome(String scope, WireRequest request) {
        return right.outcome(scope, request);
    }

    @Override
    public WireResponse fence(String scope, WireRequest request) {
        return right.fence(scope, request);
    }

    /** Looks whether the key has an outcome, and when it has none runs the handler; the key's row comes afterwards. */
    static final class LooksFirst extends WrongReceiver {

        LooksFirst(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            if (!says(right.outcome(scope, request), "absent")) {
                return right.execute(scope, request, work);
            }
            IdempotencyKey unknown = IdempotencyKey.create(Instant.now());
            WireResponse answer = right.execute(scope, keyed(request, '"' + unknown.value() + '"'), work);
            if (says(answer, "executed")) {
                right.execute(scope, request, transaction -> replyOf(answer));
            }
            return answer;
        }
    }

    /** Removes the tombstone with the first late request that it stopped. */
    static final class ConsumesTombstones extends WrongReceiver {

        ConsumesTombstones(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            WireResponse answer = right.execute(scope, request, work);
            if (says(answer, "fenced")) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.executeUpdate("DELETE FROM nodoubt_gate WHERE state = 'FENCED'");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return answer;
        }
    }

    /** Says of a key without a row that it never executed, and writes nothing. */
    static final class GuessesNever extends WrongReceiver {

        GuessesNever(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse fence(String scope, WireRequest request) {
            WireResponse found = right.outcome(scope, request);
            return says(found, "absent")
                    ? document("fenced", "{\"outcome\":\"fenced\",\"final\":true,\"at\":\"" + Instant.now() + "\"}")
                    : found;
        }
    }

    /** Replays whatever stands under the key, to whatever request. */
    static final class NeverCompares extends WrongReceiver {

        private final Map<String, WireRequest> first = new ConcurrentHashMap<>();

        NeverCompares(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            WireRequest seen = first.computeIfAbsent(keyOf(request), key -> request);
            return right.execute(
                    scope, new WireRequest(seen.method(), seen.path(), request.headers(), seen.body()), work);
        }
    }

    /** Takes a running execution for none. */
    static final class SaysAbsent extends WrongReceiver {

        SaysAbsent(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse outcome(String scope, WireRequest request) {
            WireResponse found = right.outcome(scope, request);
            return says(found, "in-progress") ? document("absent", "{\"outcome\":\"absent\",\"final\":false}") : found;
        }
    }

    /** Keeps failures and repeats them. */
    static final class StoresFailures extends WrongReceiver {

        private final Map<String, WireResponse> failures = new ConcurrentHashMap<>();

        StoresFailures(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            WireResponse failure = failures.get(keyOf(request));
            if (failure != null) {
                return failure;
            }
            WireResponse answer = right.execute(scope, request, work);
            if (answer.status() >= 500) {
                failures.put(keyOf(request), answer);
            }
            return answer;
        }
    }

    /** Every caller shares one scope. */
    static final class SharesScopes extends WrongReceiver {

        SharesScopes(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            return right.execute("everybody", request, work);
        }

        @Override
        public WireResponse outcome(String scope, WireRequest request) {
            return right.outcome("everybody", request);
        }

        @Override
        public WireResponse fence(String scope, WireRequest request) {
            return right.fence("everybody", request);
        }
    }

    /** Writes its replays anew: the same JSON, other bytes. */
    static final class WritesAnew extends WrongReceiver {

        WritesAnew(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            WireResponse answer = right.execute(scope, request, work);
            return answer.headers().all(Headers.REPLAYED).isEmpty()
                    ? answer
                    : new WireResponse(
                            answer.status(),
                            answer.headers(),
                            Payload.json(answer.body().text().replace(",", ", ")));
        }
    }

    /** The handler's effect goes through a connection of its own. */
    static final class EffectElsewhere extends WrongReceiver {

        EffectElsewhere(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            return right.execute(scope, request, transaction -> {
                try (Connection own = pool.getConnection()) {
                    return work.run(own);
                }
            });
        }
    }

    /** Lets duplicates wait for the handler, each with a connection in its hand. */
    static final class WaitsWithConnections extends WrongReceiver {

        WaitsWithConnections(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            WireResponse answer = right.execute(scope, request, work);
            while (says(answer, "in-progress")) {
                try (Connection held = pool.getConnection()) {
                    held.setReadOnly(true);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                } catch (SQLException e) {
                    return answer;
                }
                answer = right.execute(scope, request, work);
            }
            return answer;
        }
    }

    /** Takes the first of several keys. */
    static final class TakesTheFirstKey extends WrongReceiver {

        TakesTheFirstKey(ReceiverGate right, DataSource pool) {
            super(right, pool);
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            return request.headers()
                    .first(Headers.IDEMPOTENCY_KEY)
                    .map(key -> right.execute(scope, keyed(request, key), work))
                    .orElseGet(() -> right.execute(scope, request, work));
        }
    }

    /** Tells its log everything. */
    static final class LogsKeys extends WrongReceiver {

        private final Path log;

        LogsKeys(ReceiverGate right, DataSource pool, Path log) {
            super(right, pool);
            this.log = log;
        }

        @Override
        public WireResponse execute(String scope, WireRequest request, Work work) {
            try {
                Files.writeString(
                        log,
                        "executing " + keyOf(request) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return right.execute(scope, request, work);
        }
    }

    private static boolean says(WireResponse response, String outcome) {
        return response.headers().all(Headers.OUTCOME).contains(outcome);
    }

    private static String keyOf(WireRequest request) {
        String key = request.headers().first(Headers.IDEMPOTENCY_KEY).orElse("");
        return key.replace("\"", "").strip();
    }

    private static WireRequest keyed(WireRequest request, String key) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(request.headers().asMap());
        fields.put(Headers.IDEMPOTENCY_KEY, List.of(key));
        return new WireRequest(request.method(), request.path(), Headers.of(fields), request.body());
    }

    private static Reply replyOf(WireResponse response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers().asMap().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.remove(Headers.OUTCOME);
        return new Reply(response.status(), headers, response.body());
    }

    private static WireResponse document(String outcome, String json) {
        Headers headers = Headers.NONE
                .and(Headers.OUTCOME, outcome)
                .and(Headers.PROTOCOL, "1")
                .and(Headers.CACHE_CONTROL, "no-store");
        return new WireResponse(200, headers, Payload.json(json));
    }
}
