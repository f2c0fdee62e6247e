package dev.nodoubt.test.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** How a body comes, and what the gate takes it for (protocol, sections 4 and 5). */
final class BodyCases {

    private static final int MORE_THAN_ANY_POOL = 12;

    static final List<Case> ALL = List.of(
            Case.of(
                    "body.too-large",
                    "a body above the limit: 413 body-too-large, not-executed; the key is free",
                    BodyCases::tooLarge,
                    Ability.JSON),
            Case.of(
                    "body.large",
                    "a body of nine tenths of the limit executes and is replayed",
                    BodyCases::large,
                    Ability.JSON),
            Case.of(
                    "body.slow-upload",
                    "a dozen uploads that never end hold no connection to the database and no key",
                    BodyCases::slowUpload),
            Case.of(
                    "body.broken-off",
                    "a body that breaks off executes nothing; the whole one executes",
                    BodyCases::brokenOff),
            Case.of("body.expect-continue", "Expect: 100-continue ends in an execution", BodyCases::expectContinue),
            Case.of(
                    "body.compressed",
                    "the gzipped body is the same request as the plain one, in both orders",
                    BodyCases::compressed,
                    Feature.COMPRESSION),
            Case.of(
                    "body.compressed-bomb",
                    "a small body that unpacks to more than the limit: 413, not-executed",
                    BodyCases::bomb,
                    Ability.JSON,
                    Feature.COMPRESSION),
            Case.of(
                    "body.compressed-broken",
                    "a body that is no gzip but says so: 400 or 415, not-executed; the key is free",
                    BodyCases::brokenGzip,
                    Feature.COMPRESSION),
            Case.of(
                    "body.multipart",
                    "the same parts with another boundary are the same request; another part is another one",
                    BodyCases::multipart,
                    Feature.MULTIPART));

    private BodyCases() {}

    /** JSON may end in any amount of whitespace, so that every operation takes it. */
    private static Order padded(Order order, int size) {
        byte[] bytes = Arrays.copyOf(order.body().bytes(), size);
        Arrays.fill(bytes, order.body().bytes().length, size, (byte) ' ');
        return order.with(Body.of(bytes, order.body().mediaType()));
    }

    private static void tooLarge(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.execute(key, padded(order, bench.setup().bodyLimit() + 1)).refuses(Refusal.BODY_TOO_LARGE);
        bench.expectUntouched(key, order);
    }

    private static void large(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = padded(bench.order(), bench.setup().bodyLimit() / 10 * 9);
        Response first = ReplayCases.executed(bench, key, order);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void slowUpload(Bench bench) throws Exception {
        List<Line> lines = new ArrayList<>();
        try {
            Key key = bench.newKey();
            Order order = bench.order();
            Request request = bench.post(key, order);
            byte[] bytes = request.bytes();
            for (int i = 0; i < MORE_THAN_ANY_POOL; i++) {
                Line line = bench.client().open();
                lines.add(line);
                line.send(Arrays.copyOf(bytes, bytes.length - 1));
            }
            ReplayCases.executed(bench, bench.newKey(), bench.order());
            Response first = ReplayCases.executed(bench, key, order);
            for (Line line : lines) {
                line.send(new byte[] {bytes[bytes.length - 1]});
                Response late = line.read("POST");
                if (late.status() != 408) {
                    late.replayOf(first);
                }
            }
            bench.expectEffects(order, 1);
        } finally {
            for (Line line : lines) {
                line.close();
            }
        }
    }

    private static void brokenOff(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        byte[] bytes = bench.post(key, order).bytes();
        try (Line line = bench.client().open()) {
            line.send(Arrays.copyOf(bytes, bytes.length - 1));
        }
        try (Line line = bench.client().open()) {
            line.send(Arrays.copyOf(bytes, bytes.length - 1));
            line.halfClose();
            refusal(line);
        }
        bench.expectUntouched(key, order);
    }

    /** An answer, if there is one, is a refusal. */
    private static void refusal(Line line) {
        try {
            Response response = line.read("POST");
            response.require(response.status() >= 400, "expected no execution of half a body");
        } catch (IOException e) {
            // Closing without an answer is right, too.
        }
    }

    private static void expectContinue(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order).and("Expect", "100-continue");
        try (Line line = bench.client().open()) {
            line.send(request.head());
            line.send(request.body());
            Response response = line.read("POST");
            response.require(response.isExecuted(), "expected an execution");
            bench.execute(key, order).replayOf(response);
        }
        bench.expectEffects(order, 1);
    }

    private static void compressed(Bench bench) throws Exception {
        for (boolean compressedFirst : new boolean[] {false, true}) {
            Key key = bench.newKey();
            Order order = bench.order();
            Request plain = bench.post(key, order);
            Request packed = gzipped(plain);
            Response first = bench.send(compressedFirst ? packed : plain);
            first.require(first.isExecuted() && !first.replayed(), "expected an execution");
            bench.send(compressedFirst ? plain : packed).replayOf(first);
            bench.expectEffects(order, 1);
        }
    }

    private static void bomb(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request bomb = gzipped(bench.post(key, padded(order, 4 * bench.setup().bodyLimit())));
        bench.send(bomb).refuses(Refusal.BODY_TOO_LARGE);
        bench.expectUntouched(key, order);
    }

    private static void brokenGzip(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response response = bench.send(bench.post(key, order).and("Content-Encoding", "gzip"));
        response.notExecuted().require(response.status() == 400 || response.status() == 415, "expected 400 or 415");
        bench.expectUntouched(key, order);
    }

    private static Request gzipped(Request request) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(request.body());
        }
        return request.body(packed.toByteArray()).and("Content-Encoding", "gzip");
    }

    private static void multipart(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = bench.execute(key, parts(order, "one", "a"));
        first.require(first.isExecuted(), "expected an execution");
        bench.execute(key, parts(order, "another-boundary", "a")).replayOf(first);
        bench.execute(key, parts(order, "one", "b")).refuses(Refusal.KEY_REUSED);
        bench.expectEffects(order, 1);
    }

    private static Order parts(Order order, String boundary, String attachment) {
        String body = "--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"order\"\r\nContent-Type: "
                + order.body().mediaType()
                + "\r\n\r\n" + order.body().text() + "\r\n--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                + attachment + "\r\n--" + boundary + "--\r\n";
        return order.with(Body.of(body.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=" + boundary));
    }
}
