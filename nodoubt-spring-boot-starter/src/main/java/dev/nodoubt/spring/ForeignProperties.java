package dev.nodoubt.spring;

import dev.nodoubt.call.Capability;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import dev.nodoubt.wire.ForeignProtocol;
import dev.nodoubt.wire.StatusCodes;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What is said of a called system that is no nodoubt receiver, as properties. */
public final class ForeignProperties {

    private ForeignProperties() {}

    /** What a called system offers to end a doubt about a call. */
    public enum Offer {
        /** It is a nodoubt receiver. */
        NODOUBT,
        /** It takes an idempotency key and remembers it for a known time. */
        KEY,
        /** It, or a table, can be asked what became of a call. */
        QUERY,
        /** A call whose answer was lost can be cancelled with its original data. */
        NET_CANCEL,
        /** Nothing: at most one request that may have arrived is sent, and every doubt is for a person. */
        NONE
    }

    /**
     * An idempotency key that the system remembers.
     *
     * @param retention How long it remembers a key. Nothing is sent again later than 80 % of it.
     */
    public record KeyProperties(@Nullable Duration retention) {}

    /**
     * Definite answers to a call, as statuses and ranges such as 200-299,302. Every other answer leaves it in doubt.
     *
     * @param executed It happened.
     * @param rejected It did not happen and will not.
     * @param notExecuted This request certainly had no effect, and may be sent again.
     */
    public record CodesProperties(
            @DefaultValue("200-299") String executed,
            @DefaultValue("") String rejected,
            @DefaultValue("") String notExecuted) {

        ForeignProtocol.Codes codes(String at) {
            return refusing(
                    at,
                    () -> new ForeignProtocol.Codes(
                            statuses(at + ".executed", executed),
                            statuses(at + ".rejected", rejected),
                            statuses(at + ".not-executed", notExecuted)));
        }
    }

    /**
     * How it is asked what became of a call. Without a path a Lookup bean answers that has the target's name.
     *
     * @param path Path of a GET, with {key} where the call's key goes.
     * @param processingTime How long after its sending a request may still be executed, as the system documents it.
     * @param assumeNever Whether absence after that time settles the call as never, by assumption.
     * @param executed Statuses that mean that it happened.
     * @param rejected Statuses that mean that it did not happen and will not.
     * @param pending Statuses that mean that it is under way.
     * @param absent Statuses that mean that nothing is known of it, which proves nothing.
     */
    public record QueryProperties(
            @Nullable String path,
            @Nullable Duration processingTime,
            @DefaultValue("false") boolean assumeNever,
            @DefaultValue("200") String executed,
            @DefaultValue("") String rejected,
            @DefaultValue("") String pending,
            @DefaultValue("") String absent) {

        Capability.Query capability(String at) {
            Duration time = required(processingTime, at + ".processing-time", "as long as the system documents");
            Rule.positive(time, at + ".processing-time");
            return new Capability.Query(time, assumeNever);
        }

        ForeignProtocol.@Nullable Query protocol(String at) {
            String asked = path;
            return asked == null
                    ? null
                    : refusing(
                            at,
                            () -> new ForeignProtocol.Query(
                                    asked,
                                    statuses(at + ".executed", executed),
                                    statuses(at + ".rejected", rejected),
                                    statuses(at + ".pending", pending),
                                    statuses(at + ".absent", absent)));
        }
    }

    /**
     * How a call whose answer was lost is cancelled (net cancel).
     *
     * @param path Path of a POST with the original data.
     * @param after How long after the sending the first cancel goes out: the system's own read timeout.
     * @param window How long after the sending a cancel is accepted, more than after.
     * @param cancelled Statuses that mean that the original is undone, or will not be done.
     * @param executed Statuses that mean that the original stands and cannot be cancelled.
     * @param absent Statuses that mean that no original is known, which proves nothing.
     */
    public record NetCancelProperties(
            @Nullable String path,
            @DefaultValue("3s") Duration after,
            @Nullable Duration window,
            @DefaultValue("200") String cancelled,
            @DefaultValue("") String executed,
            @DefaultValue("") String absent) {

        Capability.NetCancel capability(String at) {
            Duration accepted = required(window, at + ".window", "as long as the system accepts a cancel");
            Rule.require(!after.isNegative(), at + ".after", ">= 0", after);
            Rule.require(accepted.compareTo(after) > 0, at + ".window", "more than after (" + after + ")", accepted);
            return new Capability.NetCancel(after, accepted);
        }

        ForeignProtocol.Cancel protocol(String at) {
            String asked = required(path, at + ".path", "the path that takes cancels");
            return refusing(
                    at,
                    () -> new ForeignProtocol.Cancel(
                            asked,
                            statuses(at + ".cancelled", cancelled),
                            statuses(at + ".executed", executed),
                            statuses(at + ".absent", absent)));
        }
    }

    static <T> T required(@Nullable T value, String property, String what) {
        if (value == null) {
            throw new IllegalArgumentException(property + " is missing: set it to " + what);
        }
        return value;
    }

    private static StatusCodes statuses(String property, String text) {
        return refusing(property, () -> StatusCodes.of(text));
    }

    /**
     * What a value of the library refuses is told with the property's name in front. Without its cause, because Spring Boot
     * shows the innermost message alone.
     */
    static <T> T refusing(String property, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("nodoubt.") ? e : new IllegalArgumentException(property + ": " + message);
        }
    }
}
