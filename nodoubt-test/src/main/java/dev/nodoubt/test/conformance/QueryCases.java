package dev.nodoubt.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The outcome query (protocol, section 8). */
final class QueryCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "query.absent",
                    "a key that nobody used: 200 absent, not final, Nodoubt-Protocol: 1, no-store",
                    bench -> bench.found(bench.newKey(), Word.ABSENT)),
            Case.of(
                    "query.executed",
                    "an executed key: 200 executed, final, with operation, time and the recorded reply",
                    QueryCases::executed),
            Case.of("query.fenced", "a fenced key: 200 fenced, final, without a reply", QueryCases::fenced),
            Case.of(
                    "query.leaves-nothing",
                    "fifty queries at once of an unused key leave it free",
                    QueryCases::leavesNothing),
            Case.of(
                    "query.does-not-block",
                    "an execution gets through while its key is queried without a pause",
                    QueryCases::doesNotBlock),
            Case.of("query.no-key", "no key: 400 key-required, which says nothing of any key", QueryCases::noKey),
            Case.of("query.malformed-key", "two keys, or a malformed one: 400 key-invalid", QueryCases::malformedKey),
            Case.of(
                    "query.key-forms",
                    "a query finds the key in upper case and with spaces around",
                    QueryCases::keyForms));

    private QueryCases() {}

    private static void executed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Response first = ReplayCases.executed(bench, key, bench.order());
        Document document = bench.found(key, Word.EXECUTED).holds(first);
        Violation.unless(
                document.text("operation")
                        .orElse("")
                        .contains(bench.setup().receiver().path()),
                "the document's operation must name the path");
    }

    private static void fenced(Bench bench) throws Exception {
        Key key = bench.newKey();
        bench.fenced(key, Word.FENCED);
        bench.found(key, Word.FENCED);
    }

    private static void leavesNothing(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        List<Request> queries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            queries.add(bench.query(key));
        }
        for (Response response : bench.together(queries)) {
            // A probe in the shared form never takes another probe for an execution.
            response.found(Word.ABSENT);
        }
        bench.expectUntouched(key, order);
    }

    private static void doesNotBlock(Bench bench) throws Exception {
        for (int i = 0; i < 5; i++) {
            Key key = bench.newKey();
            Order order = bench.order();
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Boolean>> askers = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                askers.add(Crowd.begin(() -> {
                    while (!done.get()) {
                        Response response = bench.send(bench.query(key));
                        response.require(response.status() == 200, "expected 200 of a query");
                    }
                    return true;
                }));
            }
            try {
                Response response = bench.insist(bench.post(key, order));
                response.require(response.isExecuted(), "expected an execution");
            } finally {
                done.set(true);
            }
            for (Future<Boolean> asker : askers) {
                Crowd.result(asker);
            }
            bench.expectEffects(order, 1);
        }
    }

    private static void noKey(Bench bench) throws Exception {
        bench.send(bench.query(bench.newKey()).without("Idempotency-Key")).refuses(Refusal.KEY_REQUIRED);
    }

    private static void malformedKey(Bench bench) throws Exception {
        Key key = bench.newKey();
        Request query = bench.query(key);
        bench.send(query.and("Idempotency-Key", key.quoted())).refuses(Refusal.KEY_INVALID);
        bench.send(query.with("Idempotency-Key", "\"short\"")).refuses(Refusal.KEY_INVALID);
    }

    private static void keyForms(Bench bench) throws Exception {
        Key key = bench.newKey();
        Request query = bench.query(key);
        ReplayCases.executed(bench, key, bench.order());
        String upper = key.quoted().toUpperCase(Locale.ROOT);
        bench.send(query.with("Idempotency-Key", upper)).found(Word.EXECUTED);
        bench.send(query.with("Idempotency-Key", "  " + key.quoted() + "\t")).found(Word.EXECUTED);
    }
}
