package dev.nodoubt.spring;

import dev.nodoubt.call.Capability;
import dev.nodoubt.spring.ForeignProperties.CodesProperties;
import dev.nodoubt.spring.ForeignProperties.KeyProperties;
import dev.nodoubt.spring.ForeignProperties.NetCancelProperties;
import dev.nodoubt.spring.ForeignProperties.Offer;
import dev.nodoubt.spring.ForeignProperties.QueryProperties;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import dev.nodoubt.wire.CallerProtocol;
import dev.nodoubt.wire.CallerWire;
import dev.nodoubt.wire.ForeignProtocol;
import dev.nodoubt.wire.Headers;
import java.time.Duration;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * A target's capability, and the protocol that asks it so. A property that means nothing with that capability is refused:
 * who set it believes in a protection that is not there.
 */
record OfferedProtocol(
        String at,
        Offer offer,
        @Nullable String keyHeader,
        @Nullable CodesProperties codes,
        @Nullable KeyProperties key,
        @Nullable QueryProperties query,
        @Nullable NetCancelProperties netCancel) {

    private static final CodesProperties USUAL_CODES = new CodesProperties("200-299", "", "");

    OfferedProtocol {
        EnumSet<Offer> foreign = EnumSet.complementOf(EnumSet.of(Offer.NODOUBT));
        requireMeaning(keyHeader, at + ".key-header", offer, foreign);
        requireMeaning(codes, at + ".codes", offer, foreign);
        requireMeaning(key, at + ".key", offer, EnumSet.of(Offer.KEY));
        requireMeaning(query, at + ".query", offer, EnumSet.of(Offer.KEY, Offer.QUERY));
        requireMeaning(netCancel, at + ".net-cancel", offer, EnumSet.of(Offer.NET_CANCEL));
    }

    private static void requireMeaning(@Nullable Object value, String property, Offer offer, EnumSet<Offer> meant) {
        if (value != null && !meant.contains(offer)) {
            throw new IllegalArgumentException(property + " means nothing with capability " + word(offer)
                    + ", only with " + meant.stream().map(OfferedProtocol::word).toList()
                    + "; remove it, or set the capability");
        }
    }

    private static String word(Offer offer) {
        return switch (offer) {
            case NODOUBT -> "nodoubt";
            case KEY -> "key";
            case QUERY -> "query";
            case NET_CANCEL -> "net-cancel";
            case NONE -> "none";
        };
    }

    Capability capability() {
        return switch (offer) {
            case NODOUBT -> new Capability.Gate();
            case KEY -> new Capability.Key(retention(), query == null ? null : query.capability(at + ".query"));
            case QUERY -> requiredQuery().capability(at + ".query");
            case NET_CANCEL -> requiredCancel().capability(at + ".net-cancel");
            case NONE -> new Capability.None();
        };
    }

    private Duration retention() {
        Duration retention = ForeignProperties.required(
                key == null ? null : key.retention(), at + ".key.retention", "how long the system remembers a key");
        Rule.positive(retention, at + ".key.retention");
        return retention;
    }

    private QueryProperties requiredQuery() {
        return ForeignProperties.required(
                query, at + ".query.processing-time", "how long after its sending a request may still be executed");
    }

    private NetCancelProperties requiredCancel() {
        return ForeignProperties.required(netCancel, at + ".net-cancel.path", "the path that takes cancels");
    }

    CallerProtocol protocol() {
        if (offer == Offer.NODOUBT) {
            return CallerWire.NODOUBT;
        }
        CodesProperties definite = codes == null ? USUAL_CODES : codes;
        String header = keyHeader == null ? Headers.IDEMPOTENCY_KEY : keyHeader;
        ForeignProtocol protocol = ForeignProperties.refusing(
                        at + ".key-header", () -> ForeignProtocol.DEFAULT.withKeyHeader(header))
                .withCodes(definite.codes(at + ".codes"))
                .withQuery(query == null ? null : query.protocol(at + ".query"));
        return offer == Offer.NET_CANCEL
                ? protocol.withCancel(requiredCancel().protocol(at + ".net-cancel"))
                : protocol;
    }
}
