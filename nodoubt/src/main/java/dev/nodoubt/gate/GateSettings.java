package dev.nodoubt.gate;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bounds of a gate. Change one group with {@code GateSettings.DEFAULT.with(...)}.
 *
 * @param keys which keys are taken
 * @param limits how long and how large one request may be
 * @param replies what is kept of a reply
 * @param retention how long it is kept
 * @param quota how much of it one caller may have
 */
public record GateSettings(Keys keys, Limits limits, Replies replies, Retention retention, Quota quota) {

    public static final GateSettings DEFAULT =
            new GateSettings(Keys.DEFAULT, Limits.DEFAULT, Replies.DEFAULT, Retention.DEFAULT, Quota.DEFAULT);

    public GateSettings {
        Duration least = keys.window().plus(keys.skew());
        if (retention.rows().compareTo(least) <= 0) {
            throw new IllegalArgumentException(
                    "gate: retention.rows must be longer than keys.window + keys.skew ("
                            + least + "), was " + retention.rows()
                            + ": a key that is still accepted must not have lost its row; keep rows longer or narrow the window");
        }
    }

    public GateSettings with(Keys changed) {
        return new GateSettings(changed, limits, replies, retention, quota);
    }

    public GateSettings with(Limits changed) {
        return new GateSettings(keys, changed, replies, retention, quota);
    }

    public GateSettings with(Replies changed) {
        return new GateSettings(keys, limits, changed, retention, quota);
    }

    public GateSettings with(Retention changed) {
        return new GateSettings(keys, limits, replies, changed, quota);
    }

    public GateSettings with(Quota changed) {
        return new GateSettings(keys, limits, replies, retention, changed);
    }

    /**
     * Which keys are taken (protocol, section 2).
     *
     * @param window how old a key may be at its first execution, 1 minute to 365 days; default 14 days
     * @param skew how far a key's time may lie ahead of this receiver's clock, 0 to 1 day; default 5 minutes
     * @param bare whether {@code Idempotency-Key} may come without its quotes; default true, because several widely used
     *     senders leave them out, and a key without quotes cannot be mistaken for another one
     * @param foreign what to do with keys that carry no time and come without one; default {@link ForeignKeys#REJECT}
     */
    public record Keys(Duration window, Duration skew, boolean bare, ForeignKeys foreign) {

        public static final Keys DEFAULT =
                new Keys(Duration.ofDays(14), Duration.ofMinutes(5), true, ForeignKeys.REJECT);

        public Keys {
            Bounds.within("keys.window", window, Duration.ofMinutes(1), Duration.ofDays(365));
            Bounds.within("keys.skew", skew, Duration.ZERO, Duration.ofDays(1));
        }
    }

    /** What to do with a key that is no version 7 UUID and comes without {@code Nodoubt-First-Sent}. */
    public enum ForeignKeys {
        /** Refuse it: without a time its row could never be purged. */
        REJECT,
        /** Take it and keep its row for ever. Its uniqueness never ends, and the purge promise does not hold for it. */
        ACCEPT_UNBOUNDED
    }

    /**
     * How long and how large one request may be.
     *
     * @param lockWait how long the gate's own statements wait for a lock, 1 ms to 2 s; default 500 ms. The handler's
     *     statements keep what the session had
     * @param transaction how long one gated transaction may last before the database ends it, 1 s to 1 h; default 60 s.
     *     MariaDB, MySQL and PostgreSQL before 17 bound the idle time in it, H2 nothing
     * @param patience the longest time that a request may wait for another attempt of its key ({@code Prefer: wait}), 0 to
     *     1 minute; default 10 s. No connection to the database is held meanwhile
     * @param body the largest request body that is gated, in bytes, after its content coding is undone, at least 1;
     *     default 1 MiB
     */
    public record Limits(Duration lockWait, Duration transaction, Duration patience, int body) {

        public static final Limits DEFAULT =
                new Limits(Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(10), 1024 * 1024);

        public Limits {
            Bounds.within("limits.lockWait", lockWait, Duration.ofMillis(1), Duration.ofSeconds(2));
            Bounds.within("limits.transaction", transaction, Duration.ofSeconds(1), Duration.ofHours(1));
            Bounds.within("limits.patience", patience, Duration.ZERO, Duration.ofMinutes(1));
            Bounds.atLeast("limits.body", body, 1);
        }
    }

    /**
     * What is kept of a reply (protocol, section 7).
     *
     * @param body the largest reply body that is kept, in bytes, at least 0; default 256 KiB. A larger one commits and is
     *     sent once; its replays say {@code Nodoubt-Body: omitted}
     * @param headers names of headers that are kept beside Content-Type, Content-Language, Location, ETag and Link; never
     *     Set-Cookie, WWW-Authenticate or Date
     */
    public record Replies(int body, Set<String> headers) {

        private static final Set<String> ALWAYS = Set.of("content-language", "location", "etag", "link");
        private static final Set<String> NEVER = Set.of("set-cookie", "www-authenticate", "date");

        public static final Replies DEFAULT = new Replies(256 * 1024, Set.of());

        public Replies {
            Bounds.atLeast("replies.body", body, 0);
            headers =
                    headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
            for (String name : headers) {
                if (NEVER.contains(name)) {
                    throw new IllegalArgumentException("gate: replies.headers must not name " + name
                            + ": it belongs to one answer, not to the key");
                }
            }
        }

        boolean keeps(String header) {
            String name = header.toLowerCase(Locale.ROOT);
            return ALWAYS.contains(name) || headers.contains(name);
        }
    }

    /**
     * How long a key is remembered (protocol, section 9). Both times run from the key's own time.
     *
     * @param rows after which a key's row is deleted and the key is expired; longer than window and skew together, at
     *     most 10 years; default 30 days
     * @param bodies after which the body and the headers of a kept reply are erased, 1 minute to {@code rows}; default 14
     *     days
     * @param interval the time between two purges, 1 second to 1 day; default 10 minutes
     * @param batch the most rows that one transaction of the purge deletes or erases, 1 to 100 000; default 1000
     */
    public record Retention(Duration rows, Duration bodies, Duration interval, int batch) {

        public static final Retention DEFAULT =
                new Retention(Duration.ofDays(30), Duration.ofDays(14), Duration.ofMinutes(10), 1000);

        public Retention {
            Bounds.within("retention.rows", rows, Duration.ofMinutes(1), Duration.ofDays(3653));
            Bounds.within("retention.bodies", bodies, Duration.ofMinutes(1), rows);
            Bounds.within("retention.interval", interval, Duration.ofSeconds(1), Duration.ofDays(1));
            if (batch < 1 || batch > 100_000) {
                throw new IllegalArgumentException("gate: retention.batch must be 1 to 100000 rows, was " + batch);
            }
        }
    }

    /**
     * How many rows one caller may have, so that one caller cannot fill the table of all. Counted in the background: a
     * burst may go over by what it records in some seconds.
     *
     * @param rows of executed and rejected keys, at least 1; default no limit
     * @param tombstones left by fences, at least 1; default 1 000 000
     */
    public record Quota(long rows, long tombstones) {

        public static final Quota DEFAULT = new Quota(Long.MAX_VALUE, 1_000_000);

        public Quota {
            Bounds.atLeast("quota.rows", rows, 1);
            Bounds.atLeast("quota.tombstones", tombstones, 1);
        }
    }
}
