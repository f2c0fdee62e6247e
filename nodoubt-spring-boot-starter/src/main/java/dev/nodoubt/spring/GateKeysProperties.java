package dev.nodoubt.spring;

import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateSettings.ForeignKeys;
import dev.nodoubt.wire.FingerprintSettings;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which keys are taken, and what makes two requests the same.
 *
 * @param window How old a key may be at its first execution, 1 minute to 365 days.
 * @param skew How far a key's time may lie ahead of this receiver's clock, 0 to 1 day.
 * @param bare Whether the header may come without its quotes.
 * @param foreign What to do with keys that are no version 7 UUIDs and come without the time of their first sending.
 * @param canonicalJson Whether JSON bodies are compared by their canonical form (RFC 8785) and not byte by byte.
 * @param fingerprintHeaders Request headers whose values make two requests different, beside method, path and body.
 */
public record GateKeysProperties(
        @DefaultValue("14d") Duration window,
        @DefaultValue("5m") Duration skew,
        @DefaultValue("true") boolean bare,
        @DefaultValue("reject") ForeignKeys foreign,
        @DefaultValue("false") boolean canonicalJson,
        @DefaultValue Set<String> fingerprintHeaders) {

    public GateKeysProperties {
        ForeignProperties.refusing(
                "nodoubt.gate.keys.fingerprint-headers",
                () -> new FingerprintSettings(canonicalJson, fingerprintHeaders, 0));
    }

    GateSettings.Keys keys() {
        return new GateSettings.Keys(window, skew, bare, foreign);
    }

    FingerprintSettings fingerprints(int largest) {
        return new FingerprintSettings(canonicalJson, fingerprintHeaders, largest);
    }
}
