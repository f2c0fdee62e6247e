package dev.nodoubt.console;

import dev.nodoubt.Outcome;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What is known of a call, in a sentence. */
final class Verdict {

    private Verdict() {}

    static String of(CallDetail detail, Show show) {
        RecordedCall call = detail.call();
        RecordedCall.Settled settled = call.settled();
        return settled == null ? open(detail, show) : settled(call, settled, show);
    }

    private static String open(CallDetail detail, Show show) {
        RecordedCall call = detail.call();
        String next = next(call, show);
        CallDetail.Open open = detail.open();
        return switch (call.state()) {
            case WAITING ->
                call.attempts() == 0
                        ? show.texts().get("verdict.born", next)
                        : show.texts().get("verdict.waiting", attempts(call, show), next);
            case IN_DOUBT -> {
                Instant since = open == null || open.doubtSince() == null
                        ? call.standing().recordedAt()
                        : open.doubtSince();
                yield show.texts().get("verdict.in-doubt", show.age(since), attempts(call, show), next);
            }
            case HANDLING -> {
                CallDetail.Handling handling = open == null ? null : open.handling();
                String known = handling == null ? "–" : show.state(handling.known());
                yield show.texts().get("verdict.handling", known, handling == null ? 0 : handling.failures(), next);
            }
            default -> show.texts().get("verdict.unresolved", attempts(call, show));
        };
    }

    private static String next(RecordedCall call, Show show) {
        Instant next = call.standing().nextAt();
        if (next == null || !next.isAfter(show.now())) {
            return show.texts().get("verdict.now");
        }
        return show.texts().get("verdict.in", show.ahead(next));
    }

    private static String settled(RecordedCall call, RecordedCall.Settled settled, Show show) {
        Duration took = Duration.between(call.standing().recordedAt(), settled.at());
        String after = show.duration(took.isNegative() ? Duration.ZERO : took);
        Outcome outcome = settled.outcome();
        if (settled.evidence() != null) {
            return show.texts().get("verdict.by-hand", show.state(call.state()), after);
        }
        if (outcome instanceof Outcome.Executed executed) {
            return show.texts().get("verdict.executed", executed.reply().status(), after, attempts(call, show));
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return show.texts().get("verdict.rejected", rejected.reply().status(), after);
        }
        Outcome.Why why = ((Outcome.Never) outcome).why();
        return show.texts().get("verdict.never." + why.name().toLowerCase(Locale.ROOT), after);
    }

    private static String attempts(RecordedCall call, Show show) {
        return show.texts().get("attempts.many", call.attempts());
    }
}
