package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of one attempt. Kept where it tells something: not of a first attempt that brought the outcome.
 *
 * @param key the call's key
 * @param number counts the call's attempts from 1
 * @param step what was asked
 * @param incarnation of the node that made it
 * @param begunAt by the store's clock
 * @param took all of it
 * @param phases its parts; null where the transport does not measure them
 * @param learnt the result's class and what came with it, in one line for a person
 */
public record AttemptRecord(
        IdempotencyKey key,
        int number,
        Step step,
        long incarnation,
        Instant begunAt,
        Duration took,
        Crossing.@Nullable Phases phases,
        Learnt learnt) {

    /**
     * What an attempt taught.
     *
     * @param classification {@code executed, rejected, never, in-progress, absent, not-executed, unknown, expired, not-sent,
     *     lost, unmarked}
     * @param status of the HTTP answer; null where there was none, or it says nothing
     * @param reason one line for a person, never the payload; empty where there is none
     */
    public record Learnt(String classification, @Nullable Integer status, String reason) {}
}
