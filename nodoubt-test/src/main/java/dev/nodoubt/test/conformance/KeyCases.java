package dev.nodoubt.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** What is a key, and what is refused as none (protocol, section 2). */
final class KeyCases {

    static final List<Case> ALL = Stream.concat(
                    Stream.of(
                            Case.of(
                                    "key.required",
                                    "no key: 400 key-required, nothing executed",
                                    bench -> refused(bench, List.of(), Refusal.KEY_REQUIRED),
                                    Feature.KEY_REQUIRED),
                            Case.of(
                                    "key.in-query",
                                    "a key in the query string is no key: 400 key-required",
                                    KeyCases::inQuery,
                                    Feature.KEY_REQUIRED),
                            Case.of(
                                    "key.doubled",
                                    "the header twice, even with one value: 400 key-invalid",
                                    KeyCases::doubled),
                            Case.of(
                                    "key.quotes-and-bare",
                                    "a bare key is refused with 400, or is the same key as in quotes",
                                    KeyCases::bare),
                            Case.of(
                                    "key.parameters",
                                    "parameters behind the key are refused with 400, or carry no meaning",
                                    KeyCases::parameters),
                            Case.of(
                                    "key.whitespace",
                                    "spaces and tabs around the header's value are no part of the key",
                                    bench -> same(bench, key -> " \t" + key + "\t ")),
                            Case.of(
                                    "key.upper-case",
                                    "a UUID in upper case is the same key as in lower case",
                                    bench -> same(bench, key -> key.toUpperCase(Locale.ROOT))),
                            Case.of(
                                    "key.header-name",
                                    "the header's name is compared without case",
                                    KeyCases::headerName),
                            Case.of(
                                    "key.control-characters",
                                    "control characters in the key: 400, nothing executed",
                                    KeyCases::controlCharacters),
                            Case.of(
                                    "key.other-uuids",
                                    "a version 4 UUID alone is refused with 400, or kept for good",
                                    KeyCases::versionFour),
                            Case.of(
                                    "key.from-the-future",
                                    "a key made an hour ahead, or in the year 2100: 400 key-invalid",
                                    KeyCases::future),
                            Case.of(
                                    "key.skew",
                                    "a key made two minutes ahead executes: clocks differ",
                                    bench -> ReplayCases.executed(
                                            bench, bench.keyOfAge(Duration.ofMinutes(-2)), bench.order())),
                            Case.of(
                                    "key.a-day-old",
                                    "a key made a day ago executes, and its duplicate is replayed",
                                    KeyCases::dayOld),
                            Case.of(
                                    "key.too-old",
                                    "a key older than any window: 412 key-too-old or key-expired; a fence settles it",
                                    KeyCases::tooOld),
                            Case.of(
                                    "key.ignored-on-get",
                                    "GET, HEAD and OPTIONS with the key leave it free",
                                    KeyCases::ignoredOnGet)),
                    malformed())
            .toList();

    private interface Form {
        String of(String quoted);
    }

    private KeyCases() {}

    private static Stream<Case> malformed() {
        return Stream.of(
                invalid("key.empty", "an empty header: 400", ""),
                invalid("key.empty-string", "an empty string: 400", "\"\""),
                invalid("key.list", "a list of keys: 400", "KEY, \"0192f0c1-aaaa-7bbb-8ccc-0123456789ab\""),
                invalid("key.too-short", "15 characters: 400", "\"" + "k".repeat(15) + "\""),
                invalid("key.too-short-bare", "abc, bare: 400", "abc"),
                invalid("key.too-long", "256 characters: 400", "\"" + "k".repeat(256) + "\""),
                invalid("key.unclosed", "no closing quote: 400", "\"0192f0c1-aaaa-7bbb-8ccc-0123456789ab"),
                invalid("key.unopened", "no opening quote: 400", "0192f0c1-aaaa-7bbb-8ccc-0123456789ab\""),
                invalid("key.wrong-escape", "an escape of another character: 400", "\"0192f0c1\\-aaaa-7bbb-8ccc\""),
                invalid("key.space-within", "a space within the key: 400", "\"0192f0c1 aaaa 7bbb 8ccc\""),
                invalid("key.not-ascii", "characters beyond ASCII: 400", "\"0192f0c1-\u00e9-7bbb-8ccc-0123\""));
    }

    private static Case invalid(String id, String expected, String value) {
        return Case.of(id, expected + ", nothing executed", bench -> {
            String header = value.replace("KEY", bench.newKey().quoted());
            refused(bench, List.of(header), Refusal.KEY_INVALID, Refusal.KEY_REQUIRED);
        });
    }

    private static void refused(Bench bench, List<String> values, Refusal... allowed) throws Exception {
        Order order = bench.order();
        Request request = bench.withoutKey(order);
        for (String value : values) {
            request = request.and("Idempotency-Key", value);
        }
        bench.send(request).refuses(allowed);
        bench.expectEffects(order, 0);
    }

    private static void inQuery(Bench bench) throws Exception {
        Order order = bench.order();
        Request request = bench.withoutKey(order);
        String query = "?Idempotency-Key=" + bench.newKey().value();
        bench.send(request.target(request.target() + query)).refuses(Refusal.KEY_REQUIRED);
        bench.expectEffects(order, 0);
    }

    private static void doubled(Bench bench) throws Exception {
        String one = bench.newKey().quoted();
        refused(bench, List.of(one, one), Refusal.KEY_INVALID);
        refused(bench, List.of(one, bench.newKey().quoted()), Refusal.KEY_INVALID);
    }

    /** Executes with the key in one form, and repeats it in the other. */
    private static void same(Bench bench, Form form) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request other = bench.withoutKey(order).and("Idempotency-Key", form.of(key.quoted()));
        Response first = ReplayCases.executed(bench, key, order);
        bench.send(other).replayOf(first);
        bench.expectEffects(order, 1);
    }

    /** Refused, or the same key. */
    private static void refusedOrSame(Bench bench, Form form) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response response = bench.send(bench.withoutKey(order).and("Idempotency-Key", form.of(key.quoted())));
        if (response.isExecuted()) {
            bench.execute(key, order).replayOf(response);
            bench.expectEffects(order, 1);
        } else {
            response.refuses(Refusal.KEY_INVALID);
            bench.expectUntouched(key, order);
        }
    }

    private static void bare(Bench bench) throws Exception {
        refusedOrSame(bench, quoted -> quoted.substring(1, quoted.length() - 1));
    }

    private static void parameters(Bench bench) throws Exception {
        refusedOrSame(bench, quoted -> quoted + ";a=1");
    }

    private static void headerName(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = bench.send(bench.withoutKey(order).and("idempotency-key", key.quoted()));
        first.require(first.isExecuted(), "expected 2xx or 3xx executed");
        bench.send(bench.withoutKey(order).and("IDEMPOTENCY-KEY", key.quoted())).replayOf(first);
        bench.expectEffects(order, 1);
    }

    /** A server may refuse such a header before anything else sees it, and then closes. */
    private static void controlCharacters(Bench bench) throws Exception {
        for (String character : List.of("\t", "\u0001", "\u007f")) {
            Order order = bench.order();
            String key = "\"0192f0c1" + character + "aaaa-7bbb-8ccc-0123456789ab\"";
            Response response = bench.send(bench.withoutKey(order).and("Idempotency-Key", key));
            response.require(response.status() == 400, "expected 400");
            bench.expectEffects(order, 0);
        }
    }

    private static void versionFour(Bench bench) throws Exception {
        Key key = bench.used(new Key(UUID.randomUUID().toString(), ""));
        Order order = bench.order();
        Response response = bench.execute(key, order);
        if (response.isExecuted()) {
            bench.execute(key, order).replayOf(response);
            bench.expectEffects(order, 1);
        } else {
            response.refuses(Refusal.KEY_INVALID);
            bench.expectEffects(order, 0);
        }
    }

    private static void future(Bench bench) throws Exception {
        for (Duration ahead : List.of(Duration.ofHours(1), Duration.ofDays(27_000))) {
            Order order = bench.order();
            bench.execute(bench.keyOfAge(ahead.negated()), order).refuses(Refusal.KEY_INVALID);
            bench.expectEffects(order, 0);
        }
    }

    private static void dayOld(Bench bench) throws Exception {
        Key key = bench.keyOfAge(Duration.ofDays(1));
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void tooOld(Bench bench) throws Exception {
        Key key = bench.keyOfAge(Duration.ofDays(400));
        Order order = bench.order();
        bench.execute(key, order).refuses(Refusal.KEY_TOO_OLD, Refusal.KEY_EXPIRED);
        Response fence = bench.send(bench.fence(key));
        fence.found(fence.says(Word.EXPIRED) ? Word.EXPIRED : Word.FENCED);
        bench.execute(key, order).refuses(fence.says(Word.EXPIRED) ? Refusal.KEY_EXPIRED : Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void ignoredOnGet(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            Response response = bench.send(bench.post(key, order).method(method).body(new byte[0]));
            response.require(!response.is(Refusal.IN_PROGRESS) && !response.replayed(), "expected no gate");
        }
        bench.expectUntouched(key, order);
    }
}
