package dev.nodoubt.test.conformance;

import java.util.List;

/** A key executes once, and every repetition gets the recorded answer (protocol, sections 3, 4 and 7). */
final class ReplayCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "execute.first",
                    "a new key executes: Nodoubt-Outcome: executed, no replay, one effect",
                    ReplayCases::first),
            Case.of(
                    "replay.identical",
                    "a duplicate gets the recorded status, headers, media type and body, byte by byte; one effect",
                    ReplayCases::identical),
            Case.of("replay.many", "the tenth duplicate still gets the first answer; one effect", ReplayCases::many),
            Case.of(
                    "replay.other-headers",
                    "Nodoubt-Attempt, Accept, User-Agent and the like do not make another request",
                    ReplayCases::otherHeaders),
            Case.of(
                    "replay.media-type-parameters",
                    "parameters of Content-Type do not make another request",
                    ReplayCases::mediaTypeParameters),
            Case.of("replay.chunked", "the same body in chunks is the same request", ReplayCases::chunked),
            Case.of(
                    "replay.binary",
                    "a body of all byte values is replayed as it was",
                    bench -> status(bench, Behaviour.large(2_000), 200),
                    Ability.STEERING),
            Case.of(
                    "replay.empty",
                    "a reply without a body is replayed without one, and not called omitted",
                    bench -> status(bench, Behaviour.EMPTY, 204),
                    Ability.STEERING),
            Case.of(
                    "replay.redirect",
                    "a 303 commits and is replayed",
                    bench -> status(bench, Behaviour.status(303), 303),
                    Ability.STEERING),
            Case.of(
                    "replay.too-large",
                    "a reply above the limit commits and is sent; its replay has status, headers, Nodoubt-Body: omitted",
                    ReplayCases::tooLarge,
                    Ability.STEERING));

    private ReplayCases() {}

    private static void first(Bench bench) throws Exception {
        Order order = bench.order();
        bench.expectEffects(order, 0);
        Response response = bench.execute(bench.newKey(), order);
        response.require(response.isExecuted(), "expected 2xx or 3xx executed");
        response.executed(response.status());
        bench.expectEffects(order, 1);
    }

    private static void identical(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = executed(bench, key, order);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void many(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = executed(bench, key, order);
        for (int i = 0; i < 10; i++) {
            bench.execute(key, order).replayOf(first);
        }
        bench.expectEffects(order, 1);
    }

    private static void otherHeaders(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        Response first = executed(bench, key, order);
        bench.send(request.and("Nodoubt-Attempt", "2")).replayOf(first);
        bench.send(request.and("User-Agent", "another/1").and("Accept-Language", "ko"))
                .replayOf(first);
        bench.send(request.and("Nodoubt-Deadline", "60000").and("X-Request-Id", "7"))
                .replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void mediaTypeParameters(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        Response first = executed(bench, key, order);
        bench.send(request.with("Content-Type", order.body().mediaType() + "; charset=utf-8"))
                .replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void chunked(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = executed(bench, key, order);
        try (Line line = bench.client().open()) {
            line.send(bench.post(key, order).chunked());
            line.read("POST").replayOf(first);
        }
        bench.expectEffects(order, 1);
    }

    private static void status(Bench bench, Behaviour behaviour, int status) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(behaviour);
        Response first = bench.execute(key, order).executed(status);
        bench.execute(key, order).replayOf(first);
        bench.found(key, Word.EXECUTED).holds(first);
        bench.expectEffects(order, 1);
    }

    private static void tooLarge(Bench bench) throws Exception {
        Key key = bench.newKey();
        int size = bench.setup().replyLimit() + 1;
        Order order = bench.order(Behaviour.large(size));
        Response first = bench.execute(key, order).executed(200);
        first.require(first.body().length == size, "expected a body of " + size + " bytes at the first answer");
        bench.execute(key, order).omittedReplayOf(first);
        bench.found(key, Word.EXECUTED).holdsWithoutBody(first);
        bench.expectEffects(order, 1);
    }

    /** Executes, whatever the receiver's status for that is. */
    static Response executed(Bench bench, Key key, Order order) throws Exception {
        Response first = bench.execute(key, order);
        return first.executed(first.isExecuted() ? first.status() : 201);
    }
}
