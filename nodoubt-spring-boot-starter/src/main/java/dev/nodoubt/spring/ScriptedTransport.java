package dev.nodoubt.spring;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Step;
import dev.nodoubt.call.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Of a test: targets that answer what they are told to, without a network. Each attempt takes the target's next answer; once
 * there is none, it is executed with 200. Thread-safe.
 */
public final class ScriptedTransport implements Transport {

    private static final AttemptResult EXECUTED = new Outcome.Executed(Reply.of(200));

    private final Set<String> targets;
    private final Map<String, Deque<AttemptResult>> answers = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Set<IdempotencyKey> sent = new HashSet<>();

    ScriptedTransport(Set<String> targets) {
        this.targets = Set.copyOf(targets);
    }

    /**
     * The target's next answers, after those that it was given before.
     *
     * @throws IllegalArgumentException when no such target is configured
     */
    public synchronized void answer(String target, AttemptResult... next) {
        if (!targets.contains(target)) {
            throw new IllegalArgumentException("target " + target + " is not configured, known are " + targets);
        }
        answers.computeIfAbsent(target, name -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** Every attempt to this target, the first one first. */
    public synchronized List<Attempt> attempts(String target) {
        return attempts.stream()
                .filter(attempt -> attempt.request().target().equals(target))
                .toList();
    }

    /** Forgets attempts and answers, as between two tests of one context. */
    public synchronized void reset() {
        answers.clear();
        attempts.clear();
    }

    @Override
    public synchronized CompletionStage<Crossing> cross(Attempt attempt) {
        if (attempt.step() == Step.EXECUTE) {
            sent.add(attempt.key());
        } else if (!sent.contains(attempt.key())) {
            // with a key of no call a relay asks whether the target speaks its protocol
            return CompletableFuture.completedFuture(Crossing.of(new Answer.Absent()));
        }
        attempts.add(attempt);
        Deque<AttemptResult> next = answers.get(attempt.request().target());
        AttemptResult answer = next == null ? null : next.poll();
        return CompletableFuture.completedFuture(Crossing.of(answer == null ? EXECUTED : answer));
    }

    @Override
    public Duration longest(String target) {
        return Duration.ofSeconds(1);
    }

    @Override
    public Set<String> targets() {
        return targets;
    }

    @Override
    public Set<Step> steps(String target) {
        return EnumSet.of(Step.EXECUTE, Step.QUERY, Step.FENCE, Step.CANCEL);
    }

    @Override
    public void close() {
        // there is nothing to end
    }
}
