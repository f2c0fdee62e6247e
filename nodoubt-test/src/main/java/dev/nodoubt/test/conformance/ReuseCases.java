package dev.nodoubt.test.conformance;

import java.util.List;
import java.util.stream.Stream;

/** A key used again for another request (protocol, section 5). */
final class ReuseCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "reuse.body",
                    "the key with another body: 422 key-reused, not run, nothing of the first answer disclosed",
                    ReuseCases::body),
            Case.of("reuse.query", "the key with another query string: 422 key-reused", ReuseCases::query),
            Case.of(
                    "reuse.method",
                    "the key with PUT, PATCH or DELETE: 422, or refused before the gate; not run",
                    ReuseCases::method),
            Case.of(
                    "reuse.media-type",
                    "the key with the same bytes as text/plain: 422, or refused before the gate; not run",
                    ReuseCases::mediaType),
            Case.of(
                    "reuse.of-rejected",
                    "the key of a rejected request with another body: 422 key-reused",
                    ReuseCases::ofRejected,
                    Ability.STEERING),
            Case.of(
                    "reuse.of-fenced",
                    "a fenced key with any body: 412 fenced, a tombstone has no fingerprint",
                    ReuseCases::ofFenced),
            Case.of(
                    "reuse.in-progress",
                    "the key with another body while the first runs: 409 or 422, not run",
                    ReuseCases::inProgress,
                    Ability.HOLDING),
            Case.of(
                    "reuse.json-reordered",
                    "the same JSON, members reordered: 422 by raw bytes, a replay in canonical form",
                    bench -> rewritten(bench, ReuseCases::reordered),
                    Ability.JSON,
                    Ability.STEERING),
            Case.of(
                    "reuse.json-whitespace",
                    "the same JSON with other whitespace: 422 by raw bytes, a replay in canonical form",
                    bench -> rewritten(bench, json -> json.replace(",", " ,\n ")),
                    Ability.JSON,
                    Ability.STEERING),
            Case.of(
                    "reuse.json-escapes",
                    "the same JSON with a letter escaped: 422 by raw bytes, a replay in canonical form",
                    bench -> rewritten(bench, json -> json.replace("\"effect\"", "\"eff\\u0065ct\"")),
                    Ability.JSON,
                    Ability.STEERING),
            Case.of(
                    "reuse.canonical-value",
                    "in canonical form another value is another request all the same: 422 key-reused",
                    ReuseCases::body,
                    Feature.CANONICAL_JSON));

    private interface Rewriting {
        String of(String json);
    }

    private ReuseCases() {}

    private static void body(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Order other = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response reused = bench.execute(key, other).refuses(Refusal.KEY_REUSED);
        first.first("ETag").ifPresent(reused::hides);
        reused.hides(order.mark());
        bench.expectEffects(other, 0);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void query(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        Response first = ReplayCases.executed(bench, key, order);
        bench.send(request.target(request.target() + "?variant=2")).refuses(Refusal.KEY_REUSED);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void method(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        ReplayCases.executed(bench, key, order);
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            Response response = bench.send(request.method(method));
            response.require(
                    response.is(Refusal.KEY_REUSED)
                            || Stream.of(404, 405, 501).anyMatch(status -> status == response.status()),
                    "expected 422 key-reused, or 404, 405 or 501");
        }
        bench.expectEffects(order, 1);
    }

    private static void mediaType(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response other = bench.send(bench.post(key, order).with("Content-Type", "text/plain"));
        if (!other.is(Refusal.KEY_REUSED)) {
            other.notExecuted();
        }
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void ofRejected(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.status(422));
        Order other = bench.order();
        Response first = bench.execute(key, order).rejected(422);
        bench.execute(key, other).refuses(Refusal.KEY_REUSED);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(other, 0);
    }

    private static void ofFenced(Bench bench) throws Exception {
        Key key = bench.newKey();
        bench.fenced(key, Word.FENCED);
        for (int i = 0; i < 2; i++) {
            Order order = bench.order();
            bench.execute(key, order).refuses(Refusal.FENCED);
            bench.expectEffects(order, 0);
        }
    }

    private static void inProgress(Bench bench) throws Exception {
        Order other = bench.order();
        Response end;
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.execute(held.key(), other).refuses(Refusal.IN_PROGRESS, Refusal.KEY_REUSED);
            end = held.release().executed(201);
            bench.execute(held.key(), other).refuses(Refusal.KEY_REUSED);
            bench.send(held.duplicate()).replayOf(end);
            bench.expectEffects(held.order(), 1);
        }
        bench.expectEffects(other, 0);
    }

    private static void rewritten(Bench bench, Rewriting rewriting) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Body other = Body.json(rewriting.of(order.body().text()));
        Violation.unless(!other.text().equals(order.body().text()), "the suite failed to write the JSON differently");
        Response first = ReplayCases.executed(bench, key, order);
        Response second = bench.execute(key, order.with(other));
        if (bench.setup().has(Feature.CANONICAL_JSON)) {
            second.replayOf(first);
        } else {
            second.refuses(Refusal.KEY_REUSED);
        }
        bench.expectEffects(order, 1);
    }

    /** The last of three members becomes the first. */
    private static String reordered(String json) {
        int last = json.lastIndexOf(',');
        return "{" + json.substring(last + 1, json.length() - 1) + "," + json.substring(1, last) + "}";
    }
}
