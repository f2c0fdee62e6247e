package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.util.List;

/** What connections do that no well-behaved client would expect. */
final class ConnectionCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "connection.kept",
                    "answers on one connection follow their requests, also after refusals",
                    ConnectionCases::kept),
            Case.of(
                    "connection.pipelined",
                    "duplicates sent without waiting on one connection: one execution, then replays or 409",
                    ConnectionCases::pipelined),
            Case.of(
                    "connection.half-closed",
                    "a client that closes its side after the request: at most one effect, and a duplicate tells",
                    ConnectionCases::halfClosed),
            Case.of(
                    "connection.gone",
                    "a client that resets after the request: at most one effect, and a duplicate tells",
                    ConnectionCases::gone));

    private ConnectionCases() {}

    private static void kept(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request post = bench.post(key, order).without("Connection");
        try (Kept kept = new Kept(bench.client())) {
            kept.send(post.with("Idempotency-Key", "\"short\"")).refuses(Refusal.KEY_INVALID);
            Response first = kept.send(post);
            first.require(first.isExecuted(), "expected an execution");
            kept.send(post).replayOf(first);
            kept.send(bench.query(key).without("Connection"))
                    .found(Word.EXECUTED)
                    .holds(first);
            kept.send(bench.fence(key).without("Connection"))
                    .found(Word.EXECUTED)
                    .holds(first);
        }
        bench.expectEffects(order, 1);
    }

    /** A connection that is kept for as long as the receiver does not announce its end. */
    private static final class Kept implements AutoCloseable {

        private final Client client;
        private Line line;

        Kept(Client client) throws IOException {
            this.client = client;
            this.line = client.open();
        }

        Response send(Request request) throws IOException {
            line.send(request.bytes());
            Response response = line.read(request.method());
            if (response.first("Connection").orElse("").equalsIgnoreCase("close")) {
                line.close();
                line = client.open();
            }
            return response;
        }

        @Override
        public void close() throws IOException {
            line.close();
        }
    }

    private static void pipelined(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request post = bench.post(key, order).without("Connection");
        try (Line line = bench.client().open()) {
            line.send(Request.join(post.bytes(), Request.join(post.bytes(), post.bytes())));
            int executions = 0;
            for (int i = 0; i < 3; i++) {
                Response response = line.read("POST");
                if (response.isExecuted()) {
                    executions += response.replayed() ? 0 : 1;
                } else {
                    response.refuses(Refusal.IN_PROGRESS);
                }
            }
            Violation.unless(executions == 1, "expected one answer that is no replay, got " + executions);
        }
        bench.expectEffects(order, 1);
    }

    private static void halfClosed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        try (Line line = bench.client().open()) {
            line.send(bench.post(key, order).bytes());
            line.halfClose();
            readIfAny(line);
        }
        settles(bench, key, order);
    }

    private static void gone(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        try (Line line = bench.client().open()) {
            line.send(bench.post(key, order).bytes());
            line.reset();
        }
        settles(bench, key, order);
    }

    private static void readIfAny(Line line) {
        try {
            line.read("POST");
        } catch (IOException e) {
            // A server may take this for a client that has gone.
        }
    }

    private static void settles(Bench bench, Key key, Order order) throws Exception {
        Response response = bench.insist(bench.post(key, order));
        response.require(response.isExecuted(), "expected an execution or a replay");
        bench.expectEffects(order, 1);
    }
}
