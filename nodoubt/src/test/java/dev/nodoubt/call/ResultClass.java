package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Results of an attempt that mean the same, with the name of their row in the machine's table. */
record ResultClass(String name, List<AttemptResult> results) {

    /** What receivers ask for where they ask: longer than the first waits, shorter than the cap. */
    static final Duration ASKED = Duration.ofSeconds(15);

    private static final Set<Integer> CREDENTIALS = Set.of(401, 403);
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    static final List<ResultClass> ALL = List.of(
            of("executed", new Outcome.Executed(Reply.of(202))),
            of("rejected", new Outcome.Rejected(Reply.of(422))),
            of("never", Outcome.Never.of(Outcome.Why.FENCED)),
            of("in-progress", new Answer.InProgress(ASKED)),
            of("absent", new Answer.Absent()),
            of("unknown", new Answer.Unknown()),
            of("expired", new Answer.Expired()),
            notExecuted("not-executed 401 403", CREDENTIALS::contains),
            notExecuted("not-executed other 4xx, 501", ResultClass::isPermanent),
            notExecuted("not-executed other", status -> !CREDENTIALS.contains(status) && !isPermanent(status)),
            of("not-executed with Retry-After", new Answer.NotExecuted(askingToWait(503))),
            of("not sent", new AttemptResult.NotSent("connection refused")),
            of("lost", new AttemptResult.Lost("no answer within 3000 ms")),
            of("unmarked", new AttemptResult.Unmarked(200)));

    private static boolean isPermanent(int status) {
        return status == 501
                || (status >= 400 && status < 500 && !CREDENTIALS.contains(status) && !PASSING.contains(status));
    }

    private static Reply askingToWait(int status) {
        return new Reply(status, Map.of("Retry-After", Long.toString(ASKED.toSeconds())), Payload.EMPTY);
    }

    private static ResultClass of(String name, AttemptResult result) {
        return new ResultClass(name, List.of(result));
    }

    private static ResultClass notExecuted(String name, IntPredicate statuses) {
        return new ResultClass(
                name,
                IntStream.rangeClosed(100, 599)
                        .filter(statuses)
                        .<AttemptResult>mapToObj(status -> new Answer.NotExecuted(Reply.of(status)))
                        .toList());
    }

    static ResultClass named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no results are named \"" + name + "\""));
    }

    static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Never never) {
            return never.why() == Outcome.Why.FENCED ? "never" : "never, " + never.why();
        }
        return outcome instanceof Outcome.Executed ? "executed" : "rejected";
    }
}
