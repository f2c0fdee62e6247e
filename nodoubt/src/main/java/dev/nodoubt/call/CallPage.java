package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of calls, newest first. Of replies it carries the status only: headers and bodies are read by {@link
 * Desk#reveal}.
 *
 * @param calls at most as many as the filter's limit
 * @param more whether there are more in the direction of paging
 * @param searchedTo not null when the search ended before it had looked at everything, as {@link CallFilter#BOUND} says:
 *     the key at which it ended, from where {@code olderThan} or {@code newerThan} goes on
 */
public record CallPage(
        List<RecordedCall> calls, boolean more, @Nullable IdempotencyKey searchedTo) {

    public CallPage {
        calls = List.copyOf(calls);
    }
}
