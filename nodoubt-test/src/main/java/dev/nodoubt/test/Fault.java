package dev.nodoubt.test;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to one connection. <em>Answer</em> means the bytes from the target, <em>request</em> those
 * to it. The caller cannot tell apart the members of each pair: {@link LoseAnswer} and {@link LoseRequest}, {@link
 * ResetOnAnswer} and {@link ResetAtOnce}.
 */
public sealed interface Fault {

    /** No fault. */
    Fault PASS = new Pass();

    /** The request arrives, the answer is swallowed, the connection stays open: a read timeout. */
    Fault LOSE_ANSWER = new LoseAnswer();

    /** The request arrives, the answer's first byte becomes a reset. */
    Fault RESET_ON_ANSWER = new ResetOnAnswer();

    /** Accepted, but nothing arrives: a read timeout, and nothing has happened. */
    Fault LOSE_REQUEST = new LoseRequest();

    /** Reset before anything is read: nothing has happened. */
    Fault RESET_AT_ONCE = new ResetAtOnce();

    /** Every byte of the answer is changed, so that it is no HTTP any more. */
    Fault GARBLE_ANSWER = new GarbleAnswer();

    /** See {@link Fault#PASS}. */
    record Pass() implements Fault {}

    /** See {@link Fault#LOSE_ANSWER}. */
    record LoseAnswer() implements Fault {}

    /** See {@link Fault#RESET_ON_ANSWER}. */
    record ResetOnAnswer() implements Fault {}

    /** See {@link Fault#LOSE_REQUEST}. */
    record LoseRequest() implements Fault {}

    /** See {@link Fault#RESET_AT_ONCE}. */
    record ResetAtOnce() implements Fault {}

    /** See {@link Fault#GARBLE_ANSWER}. */
    record GarbleAnswer() implements Fault {}

    /** Each block of the answer, as it is read, waits so long before it goes on. */
    record DelayAnswer(Duration pause) implements Fault {
        public DelayAnswer {
            requirePause("delayed answer", pause);
        }
    }

    /**
     * Each block of the request waits so long before it goes on, and arrives even when the caller has gone by then: the
     * late execution that a fence must stop.
     */
    record DelayRequest(Duration pause) implements Fault {
        public DelayRequest {
            requirePause("delayed request", pause);
        }
    }

    /** The answer goes on byte by byte with so long a wait before each: no read ever times out, the whole never ends. */
    record DripAnswer(Duration pause) implements Fault {
        public DripAnswer {
            requirePause("dripping answer", pause);
        }
    }

    /** After so many bytes of the answer both connections are closed in good order. */
    record TruncateAnswer(long bytes) implements Fault {
        public TruncateAnswer {
            if (bytes < 0) {
                throw new IllegalArgumentException("truncated answer: bytes must be >= 0, was " + bytes);
            }
        }
    }

    private static void requirePause(String fault, Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException(fault + ": pause must be >= 0, was " + pause);
        }
    }
}
