package dev.nodoubt.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A relay process as the store knows it.
 *
 * @param incarnation its number, which calls name as their holder
 * @param name as configured; need not be unique
 * @param joinedAt by the store's clock
 * @param leaseUntil until when its calls are its own
 * @param endedAt when it left, or another node ended it; null while it is one
 * @param inOrder whether it left by itself
 * @param alive whether it has not ended and its lease has not run out
 */
public record NodeStatus(
        long incarnation,
        String name,
        Instant joinedAt,
        Instant leaseUntil,
        @Nullable Instant endedAt,
        boolean inOrder,
        boolean alive) {}
