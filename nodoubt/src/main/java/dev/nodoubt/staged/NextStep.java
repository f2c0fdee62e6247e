package dev.nodoubt.staged;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an intent after an attempt.
 *
 * @param state the new state
 * @param doubts attempts so far whose end is not known
 * @param after how long until the next attempt; null when the worker does nothing more
 * @param last one line about this attempt, at most 200 characters
 */
public record NextStep(
        IntentState state, int doubts, @Nullable Duration after, String last) {

    static final int LONGEST_LINE = 200;

    public NextStep {
        if (last.length() > LONGEST_LINE || last.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("next step: last must be one line of at most " + LONGEST_LINE
                    + " characters, had " + last.length());
        }
    }

    /**
     * Decides. A pure function of the intent and the attempt's result.
     *
     * <p>Doubt does not heal: after an attempt in doubt, a later refusal says nothing about the earlier one, so the
     * intent stays in doubt, and a permanent refusal parks it for a person instead of failing it.
     *
     * @param doubts attempts before this one whose end is not known
     * @param backoff the wait before another attempt, where there is one
     */
    static NextStep after(EffectResult result, int doubts, StagedPolicy policy, Duration backoff) {
        String line = line(result.reason());
        if (result instanceof EffectResult.Done) {
            return new NextStep(IntentState.SENT, doubts, null, line);
        }
        if (result instanceof EffectResult.NotDone refused && refused.permanent()) {
            return doubts == 0
                    ? new NextStep(IntentState.FAILED, 0, null, line)
                    : new NextStep(
                            IntentState.IN_DOUBT, doubts, null, line(line + "; an earlier attempt may have succeeded"));
        }
        int known = result instanceof EffectResult.InDoubt ? doubts + 1 : doubts;
        if (known == 0) {
            return new NextStep(IntentState.WAITING, 0, backoff, line);
        }
        Duration again = policy == StagedPolicy.AT_LEAST_ONCE ? backoff : null;
        return new NextStep(IntentState.IN_DOUBT, known, again, line);
    }

    /** Somebody else's words: whatever they are, the attempt's end must be recorded. */
    private static String line(String words) {
        String line = words.replaceAll("[\\p{Cc}\\p{Cs}\\s]+", " ").strip();
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_LINE - 2)) ? LONGEST_LINE - 2 : LONGEST_LINE - 1;
        return line.substring(0, end) + "…";
    }
}
