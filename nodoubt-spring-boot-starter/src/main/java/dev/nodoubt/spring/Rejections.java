package dev.nodoubt.spring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The refusals that a handler declares as answers for ever, beyond those that every handler declares by their status.
 *
 * @param statuses each 400 to 499
 * @param exceptions that leave the handler and are answered with 400 to 499
 */
record Rejections(Set<Integer> statuses, List<Class<? extends Exception>> exceptions) {

    static final Rejections NONE = new Rejections(Set.of(), List.of());

    Rejections {
        statuses = Set.copyOf(statuses);
        exceptions = List.copyOf(exceptions);
        for (int status : statuses) {
            if (!isRefusal(status)) {
                throw new IllegalArgumentException("rejects must be statuses of 400 to 499, was " + status
                        + ": only a refusal of the request itself is an answer for ever, a failure may be mended");
            }
        }
    }

    static Rejections of(int[] statuses, List<Class<? extends Exception>> exceptions) {
        return new Rejections(IntStream.of(statuses).boxed().collect(Collectors.toSet()), exceptions);
    }

    Rejections and(Rejections more) {
        return new Rejections(
                Stream.concat(statuses.stream(), more.statuses.stream()).collect(Collectors.toSet()),
                Stream.concat(exceptions.stream(), more.exceptions.stream()).toList());
    }

    /** @param thrown what left the handler and became this status; null when it returned */
    boolean declare(int status, @Nullable Throwable thrown) {
        return statuses.contains(status)
                || (isRefusal(status) && exceptions.stream().anyMatch(type -> type.isInstance(thrown)));
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status <= 499;
    }
}
