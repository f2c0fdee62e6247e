package dev.nodoubt.call;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call to be recorded by {@link Outbox#send}. Immutable.
 *
 * @param key the unique ID under which the call is repeated: a version 7 UUID
 * @param request what is wanted
 * @param timing when it may be attempted
 * @param labels by what it is found, ordered and followed up
 * @param trace the trace that it belongs to, continued at each attempt; null for the one that an observer of the relay
 *     finds at recording, if any
 */
public record Call(
        IdempotencyKey key,
        Request request,
        Timing timing,
        Labels labels,
        @Nullable Trace trace) {

    /** The longest deadline: a receiver accepts keys up to 14 days old, and the last day is for the fence. */
    public static final Duration LONGEST_DEADLINE = Duration.ofDays(13);

    public Call {
        if (key.time().isEmpty()) {
            throw new IllegalArgumentException("call: key must be a version 7 UUID, which " + key + " is not");
        }
    }

    /** A call without a trace of its own. */
    public Call(IdempotencyKey key, Request request, Timing timing, Labels labels) {
        this(key, request, timing, labels, null);
    }

    /** A POST under a new key. */
    public static Call post(String target, String path, Payload payload) {
        return new Call(
                IdempotencyKey.create(Instant.now()),
                new Request(target, "POST", path, payload),
                Timing.DEFAULT,
                Labels.NONE);
    }

    /** How long after recording the caller keeps trying before it gives up. */
    public Call withDeadline(Duration deadline) {
        return new Call(key, request, new Timing(deadline, timing.delay, timing.backoff), labels, trace);
    }

    /** Not attempted before so long after recording. */
    public Call withDelay(Duration delay) {
        return new Call(key, request, new Timing(timing.deadline, delay, timing.backoff), labels, trace);
    }

    /** Waits of this call alone, instead of its target's. */
    public Call withBackoff(Backoff backoff) {
        return new Call(key, request, new Timing(timing.deadline, timing.delay, backoff), labels, trace);
    }

    /** Unique per target and operation: a second call with it is not recorded, the first one is found instead. */
    public Call withBusinessKey(String businessKey) {
        return with(new Labels(
                businessKey, labels.orderKey, labels.priority, labels.tags, labels.reference, labels.handler));
    }

    /** Attempted after every earlier call to this target with the same order key has its outcome. */
    public Call inOrderOf(String orderKey) {
        return with(new Labels(
                labels.businessKey, orderKey, labels.priority, labels.tags, labels.reference, labels.handler));
    }

    /** Among due calls of a target, higher ones go first. */
    public Call withPriority(int priority) {
        return with(new Labels(
                labels.businessKey, labels.orderKey, priority, labels.tags, labels.reference, labels.handler));
    }

    /** One more tag to search for. */
    public Call withTag(String tag) {
        Set<String> tags = new TreeSet<>(labels.tags);
        tags.add(tag);
        return with(new Labels(
                labels.businessKey, labels.orderKey, labels.priority, tags, labels.reference, labels.handler));
    }

    /** What the call belongs to in the application, to search for. */
    public Call withReference(String reference) {
        return with(new Labels(
                labels.businessKey, labels.orderKey, labels.priority, labels.tags, reference, labels.handler));
    }

    /** The name of the {@link OutcomeHandler} that runs in the transaction in which the call is settled. */
    public Call withHandler(String handler) {
        return with(new Labels(
                labels.businessKey, labels.orderKey, labels.priority, labels.tags, labels.reference, handler));
    }

    /** The trace that it belongs to, where that is not the one in which it is recorded. */
    public Call withTrace(Trace trace) {
        return new Call(key, request, timing, labels, trace);
    }

    private Call with(Labels newLabels) {
        return new Call(key, request, timing, newLabels, trace);
    }

    @Override
    public String toString() {
        return "call " + key + " to " + request.target() + " (" + request.operation() + ")";
    }

    /**
     * When a call may be attempted.
     *
     * @param deadline how long after recording the caller keeps trying before it gives up, the delay included; more than
     *     zero, at most 13 days (the receiver's accept window of 14 days less one); 24 hours by default
     * @param delay how long after recording the first attempt is made at the earliest; not negative, less than the
     *     deadline; zero by default
     * @param backoff waits between its attempts; null for its target's
     */
    public record Timing(
            Duration deadline, Duration delay, @Nullable Backoff backoff) {

        public static final Timing DEFAULT = new Timing(Duration.ofHours(24), Duration.ZERO, null);

        public Timing {
            if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
                throw new IllegalArgumentException(
                        "call: deadline must be > 0 and at most " + LONGEST_DEADLINE + ", was " + deadline);
            }
            if (delay.isNegative() || delay.compareTo(deadline) >= 0) {
                throw new IllegalArgumentException(
                        "call: delay must be >= 0 and less than the deadline (" + deadline + "), was " + delay);
            }
        }
    }

    /**
     * By what a call is found, ordered and followed up.
     *
     * @param businessKey unique per target and operation, 1 to 200 characters; null for none
     * @param orderKey calls of a target with the same one are attempted one after the other, 1 to 200 characters; null
     *     for none
     * @param priority among due calls of a target, higher ones go first; 0 by default
     * @param tags to search for, at most 10, each 1 to 64 characters of {@code a-z A-Z 0-9 . _ : -}
     * @param reference what the call belongs to in the application, to search for, 1 to 200 characters; null for none
     * @param handler name of its outcome handler, 1 to 64 characters; null for none
     */
    public record Labels(
            @Nullable String businessKey,
            @Nullable String orderKey,
            int priority,
            Set<String> tags,
            @Nullable String reference,
            @Nullable String handler) {

        public static final Labels NONE = new Labels(null, null, 0, Set.of(), null, null);

        private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9._:-]{1,64}");
        private static final int MOST_TAGS = 10;

        public Labels {
            tags = Set.copyOf(tags);
            requireText("business key", businessKey, 200);
            requireText("order key", orderKey, 200);
            requireText("reference", reference, 200);
            requireText("handler", handler, 64);
            if (tags.size() > MOST_TAGS) {
                throw new IllegalArgumentException("call: tags must be at most " + MOST_TAGS + ", were " + tags.size());
            }
            for (String tag : tags) {
                if (!TAG.matcher(tag).matches()) {
                    throw new IllegalArgumentException(
                            "call: tag must be 1 to 64 characters of a-z A-Z 0-9 . _ : -, was \"" + tag + "\"");
                }
            }
        }

        private static void requireText(String property, @Nullable String value, int longest) {
            if (value != null && (value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException("call: " + property + " must have 1 to " + longest
                        + " characters and not be blank, had " + value.length());
            }
        }
    }
}
