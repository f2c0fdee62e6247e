package dev.nodoubt.call;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a called system offers to end a doubt about a call, which decides what is done after a lost answer (protocol,
 * sections 11 and 12). Its {@link Transport} must be able to ask it so ({@link #steps}). Immutable.
 */
public sealed interface Capability {

    /** A nodoubt receiver: execute, query and fence. The default, and the only one that knows <em>never</em> for sure. */
    record Gate() implements Capability {}

    /**
     * It takes an idempotency key and remembers it for a known time: the same request is sent again under the same key
     * until its outcome is known. Nothing is sent later than 80 % of that time after the first sending, so that no
     * repetition meets a system that has forgotten the key.
     *
     * @param retention how long it remembers a key, more than zero
     * @param query what is asked once the key may be forgotten; null where nothing can be asked: then a person is
     */
    record Key(Duration retention, @Nullable Query query) implements Capability {
        public Key {
            requirePositive(retention, "key", "retention");
        }

        /** Until when after the first sending the request may be sent again. */
        Duration repeatable() {
            return retention.multipliedBy(4).dividedBy(5);
        }
    }

    /**
     * It, or a table, can be asked what became of a call: a status query, a flag in a shared row, a log row. At most one
     * request that may have arrived is ever sent; then it is asked until the time has passed in which an execution can
     * still happen. <em>Absent</em> is not a proof, so what is absent then becomes unresolved, for a person.
     *
     * @param processingTime how long after its sending a request may still be executed, as the system documents it; more
     *     than zero
     * @param assumeNever whether absence after that time settles the call as never, by assumption: shown and counted
     *     apart, outside the promise
     */
    record Query(Duration processingTime, boolean assumeNever) implements Capability {
        public Query {
            requirePositive(processingTime, "query", "processingTime");
        }
    }

    /**
     * A call whose answer was lost can be cancelled with its original data (망취소). At most one request that may have
     * arrived is ever sent; the cancel is repeated until a definite answer or the end of the window, then a person is
     * asked. An original that arrives after its cancel is the doubt that remains.
     *
     * @param after how long after the sending the first cancel goes out, not negative: the system's own read timeout
     * @param window how long after the sending a cancel is accepted, more than {@code after}
     */
    record NetCancel(Duration after, Duration window) implements Capability {
        public NetCancel {
            if (after.isNegative() || window.compareTo(after) <= 0) {
                throw new IllegalArgumentException(
                        "net cancel: after must be >= 0 and window more than after, were " + after + " and " + window);
            }
        }
    }

    /** It offers nothing: at most one request that may have arrived is sent, and every doubt is for a person. */
    record None() implements Capability {}

    /** What its target is asked, so that its transport must be able to. */
    default Set<Step> steps() {
        if (this instanceof Gate) {
            return EnumSet.of(Step.EXECUTE, Step.QUERY, Step.FENCE);
        }
        if (this instanceof Query || (this instanceof Key key && key.query != null)) {
            return EnumSet.of(Step.EXECUTE, Step.QUERY);
        }
        return this instanceof NetCancel ? EnumSet.of(Step.EXECUTE, Step.CANCEL) : EnumSet.of(Step.EXECUTE);
    }

    /** Whether a second request could have a second effect, so that the start of each is committed before its first byte. */
    default boolean atMostOnce() {
        return !(this instanceof Gate || this instanceof Key);
    }

    private static void requirePositive(Duration value, String capability, String property) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(capability + ": " + property + " must be > 0, was " + value);
        }
    }
}
