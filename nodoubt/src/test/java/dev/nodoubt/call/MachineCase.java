package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One cell of the machine's table: a call that stood like this took this step and got this result. */
record MachineCase(CallState state, Wish wish, int attempts, Step step, AttemptResult result) {

    static final IdempotencyKey KEY = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Capability GATE = new Capability.Gate();
    static final Backoff BACKOFF = Backoff.DEFAULT;
    static final List<CallState> STATES = List.of(CallState.WAITING, CallState.IN_DOUBT, CallState.UNRESOLVED);
    static final List<Step> CROSSINGS = List.of(Step.EXECUTE, Step.QUERY, Step.FENCE);

    /** Whether and why the caller gives up. */
    enum Wish {
        NONE,
        DEADLINE,
        CANCELLED,
        REFUSED;

        static final Reply REFUSAL = Reply.of(422);

        Progress of(CallState state, int attempts) {
            Instant deadline = this == DEADLINE ? NOW : NOW.plus(Duration.ofHours(1));
            Progress.GivingUp givingUp = switch (this) {
                case NONE, DEADLINE -> null;
                case CANCELLED -> Progress.GivingUp.CANCELLED;
                case REFUSED -> new Progress.GivingUp(REFUSAL);
            };
            return new Progress(
                    state,
                    attempts,
                    NOW,
                    deadline,
                    givingUp,
                    "before",
                    switch (state) {
                        case IN_DOUBT -> Doubt.since(NOW.minusSeconds(60));
                        case UNRESOLVED -> Doubt.since(NOW.minusSeconds(60)).withoutGate();
                        default -> null;
                    });
        }
    }

    /** Every combination of state, wish and step with this result; a waiting call is executed and nothing else. */
    static Stream<MachineCase> of(AttemptResult result) {
        return STATES.stream()
                .flatMap(state -> Stream.of(Wish.values())
                        .flatMap(wish -> Stream.of(0, 7)
                                .flatMap(attempts -> CROSSINGS.stream()
                                        .filter(step -> step == Step.EXECUTE || state != CallState.WAITING)
                                        .map(step -> new MachineCase(state, wish, attempts, step, result)))));
    }

    static Stream<MachineCase> all() {
        return ResultClass.ALL.stream().flatMap(kind -> kind.results().stream()).flatMap(MachineCase::of);
    }

    Progress progress() {
        return wish.of(state, attempts);
    }

    Decision decision() {
        Request request = new Request("mail", "POST", "/api/notifications", Payload.EMPTY);
        return new Lesson(
                        new OpenCall(KEY, request, new Terms(Call.Labels.NONE, null, false), progress(), null),
                        Target.of("mail"),
                        step,
                        NOW,
                        NOW)
                .of(result);
    }

    /** The decision in the words of the table. */
    String inWords() {
        Decision decision = decision();
        if (decision instanceof Decision.Settle settle) {
            return "settled " + ResultClass.name(settle.outcome());
        }
        Decision.Keep keep = (Decision.Keep) decision;
        StringBuilder words = new StringBuilder(keep.progress().state().word() + ", " + when(keep.progress()));
        if (progress().givingUp() == null && keep.progress().givingUp() != null) {
            words.append(", gives up");
        }
        keep.halted().ifPresent(halt -> words.append(halt.byHand() ? ", target shut" : ", target paused"));
        return words.toString();
    }

    private String when(Progress after) {
        Duration wait = Duration.between(NOW, after.dueAt());
        if (wait.isZero()) {
            return "at once";
        }
        if (wait.equals(CallMachine.UNRESOLVED_PACE)) {
            return "pace";
        }
        if (wait.equals(BACKOFF.after(KEY, attempts + 1))) {
            return "backoff";
        }
        return wait.equals(ResultClass.ASKED) ? "as asked" : wait.toString();
    }

    static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
