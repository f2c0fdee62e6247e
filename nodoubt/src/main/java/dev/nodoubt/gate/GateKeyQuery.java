package dev.nodoubt.gate;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to search recorded keys for: all that match every given part, a page at a time. With a scope they come in the
 * falling order of their keys, which is the newest first of version 7 UUIDs; without one the newest first by the time of
 * their keys, and keys without a time are left out. States, and a key's beginning without a scope, are looked for among the
 * first {@link #BOUND} keys of that order. Immutable.
 *
 * @param scope exactly; null for any
 * @param keyPrefix the first characters of the key, 1 to 255 visible ASCII characters; null for any
 * @param state null for any
 * @param before the last key of the page before; null from the first
 * @param limit of the page, 1 to 1,000
 */
public record GateKeyQuery(
        @Nullable String scope,
        @Nullable String keyPrefix,
        GateKeyStatus.@Nullable State state,
        @Nullable GateKeyStatus before,
        int limit) {

    /** Among how many keys a page is looked for that no index answers. */
    public static final int BOUND = 20_000;

    /** The newest hundred keys. */
    public static final GateKeyQuery NEWEST = new GateKeyQuery(null, null, null, null, 100);

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    public GateKeyQuery {
        if (scope != null) {
            GateKey.requireScope(scope);
        }
        if (keyPrefix != null && !VISIBLE_ASCII.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException("gate keys: keyPrefix must be 1 to 255 visible ASCII characters");
        }
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("gate keys: limit must be 1 to 1000, was " + limit);
        }
    }

    public GateKeyQuery of(@Nullable String wanted) {
        return new GateKeyQuery(wanted, keyPrefix, state, before, limit);
    }

    public GateKeyQuery beginningWith(@Nullable String wanted) {
        return new GateKeyQuery(scope, wanted, state, before, limit);
    }

    public GateKeyQuery in(GateKeyStatus.@Nullable State wanted) {
        return new GateKeyQuery(scope, keyPrefix, wanted, before, limit);
    }

    /** The page after the one that ends with this key. */
    public GateKeyQuery after(GateKeyStatus last) {
        return new GateKeyQuery(scope, keyPrefix, state, last, limit);
    }

    public GateKeyQuery limit(int most) {
        return new GateKeyQuery(scope, keyPrefix, state, before, most);
    }
}
