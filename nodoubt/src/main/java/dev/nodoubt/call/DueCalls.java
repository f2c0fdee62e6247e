package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wanted;
import dev.nodoubt.call.Scan.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads the due calls of lanes, one after the other. Its questions are put on {@code io}. */
final class DueCalls {

    /** How many times as long as a reading took it is not repeated. */
    private static final int REST = 10;

    /** For how long questions for late calls are begun, of all lanes together, and how long the last one takes at most. */
    private static final Duration LATE_TIME = Duration.ofSeconds(2);

    private final CallStore store;
    private final Node node;
    private final Loop loop;
    private final Duration scan;

    /** Of lanes that were read from the beginning: until when it is not worth it again. */
    private final Map<Lane, Long> rests = new ConcurrentHashMap<>();

    /**
     * What one lane asks of a scan: from when on, and what where no attempt may begin.
     *
     * @param attempts whether attempts may begin there
     * @param reads whether it wants calls that need one
     */
    record Wish(
            Lane lane,
            Collection<IdempotencyKey> known,
            boolean attempts,
            boolean reads,
            @Nullable Instant since,
            Wanted otherwise,
            Room room) {}

    /** For how many calls there is room, and for how many that need no attempt. */
    record Room(int calls, int withoutAttempts) {
        static final Room NONE = new Room(0, 0);

        Room atMost(int batch) {
            return new Room(Math.min(calls, batch), Math.min(withoutAttempts, batch));
        }
    }

    /** @param scan how often the lease may be renewed */
    DueCalls(CallStore store, Node node, Loop loop, Duration scan) {
        this.store = store;
        this.node = node;
        this.loop = loop;
        this.scan = scan;
    }

    /** The answer to each lane, where nothing may be attempted at the {@code shut} ones. */
    Map<Lane, Answer> read(long holder, List<Wish> wishes, Set<String> shut) {
        Map<Lane, Answer> answers = new LinkedHashMap<>();
        long begun = loop.nanoTime();
        for (Wish wish : wishes) {
            boolean open = wish.attempts && !shut.contains(wish.lane.name());
            boolean late = mayAskLate() && loop.nanoTime() - begun < LATE_TIME.toNanos();
            Wanted otherwise = late ? wish.otherwise : Wanted.ENDED;
            Wanted wanted = !open ? otherwise : wish.reads && wish.room.calls > 0 ? Wanted.ALL : Wanted.ENDED;
            answers.put(wish.lane, read(holder, wish, wanted));
        }
        return answers;
    }

    /** Whether the lease outlasts such questions: it is renewed after them, with the next scan. */
    boolean mayAskLate() {
        return node.outlasts(LATE_TIME.multipliedBy(2).plus(scan));
    }

    /**
     * Whether a lane is to be read from the beginning though nobody asks for it and nothing is known to wait there. What is
     * gone leaves entries in the index until vacuum may take them away, and each reading passes over all of them: it takes
     * a tenth of the time at most.
     */
    boolean isWorthIt(Lane lane) {
        Long until = rests.get(lane);
        return until == null || loop.nanoTime() - until >= 0;
    }

    /** Where no attempt may begin, or no more calls have room, those come that need none. */
    private Answer read(long holder, Wish wish, Wanted wanted) {
        boolean attempts = wanted == Wanted.ALL;
        int limit = attempts ? wish.room.calls : wish.room.withoutAttempts;
        Instant since = attempts ? wish.since : null;
        long begun = loop.nanoTime();
        List<OpenCall> calls = limit == 0
                ? List.of()
                : store.due(holder, new CallStore.Wish(wish.lane.name(), wish.known, wanted, since, limit));
        if (attempts && since == null) {
            rests.put(wish.lane, begun + REST * (loop.nanoTime() - begun));
        }
        boolean full = calls.size() == limit;
        Instant end =
                attempts && full && limit > 0 ? calls.get(limit - 1).progress().dueAt() : null;
        // Read on to the end: calls that were due before and were committed late are found from the beginning.
        boolean more = full || (wish.reads && wish.room.calls == 0) || since != null;
        return new Answer(calls, hurried(calls), attempts, more, full && wanted == Wanted.ENDED_OR_LATE, end);
    }

    /** Asked after the calls were read, so that none comes due by a wish and without it. */
    private Map<IdempotencyKey, Boolean> hurried(List<OpenCall> calls) {
        return calls.isEmpty()
                ? Map.of()
                : store.hurried(calls.stream().map(OpenCall::key).toList());
    }
}
