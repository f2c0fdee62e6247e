package dev.nodoubt.services.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The services that may call this one, each known by a token. Keeps the tokens' SHA-256 only and shows nothing of them.
 * Thread-safe.
 */
final class Callers {

    /** The scope of all requests without a token, where they are let in. */
    static final String ANONYMOUS = "anonymous";

    private static final String PROPERTY = ".token";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
    /** What RFC 6750 lets a bearer token be. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}=*");

    private final Map<String, byte[]> digests = new LinkedHashMap<>();
    private final boolean anonymous;

    /**
     * The callers of this configuration.
     *
     * @throws InvalidCallers that says which property to change, and never a token
     */
    Callers(CallerSettings settings) {
        this.anonymous = settings.anonymous();
        settings.callers().forEach(this::add);
        if (digests.isEmpty() && !anonymous) {
            throw new InvalidCallers(
                    "Nobody may call this service: it knows no caller, and anonymous ones are not let in.",
                    "Give each calling service a token with mail.callers.<name>.token=<16 or more random characters>;"
                            + " or set mail.anonymous=true where nobody else can reach the service, as on a"
                            + " developer's loopback.");
        }
    }

    private void add(String property, String token) {
        String name =
                property.endsWith(PROPERTY) ? property.substring(0, property.length() - PROPERTY.length()) : property;
        if (!property.endsWith(PROPERTY) || !NAME.matcher(name).matches()) {
            throw new InvalidCallers(
                    "mail.callers." + property + " is no property of a caller.",
                    "Name it mail.callers.<name>.token, the name 1 to 64 characters of a-z 0-9 and hyphens between"
                            + " them.");
        }
        if (name.equals(ANONYMOUS)) {
            throw new InvalidCallers(
                    "A caller named anonymous would share its keys with everybody who has no token.",
                    "Give it another name than mail.callers.anonymous.");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new InvalidCallers(
                    "mail.callers." + name + ".token must be 16 to 512 characters of A-Z a-z 0-9 . _ ~ + / - with = at"
                            + " the end only, had " + token.length() + " characters.",
                    "Make one with: openssl rand -base64 32");
        }
        byte[] digest = sha256(token);
        digests.forEach((other, known) -> {
            if (MessageDigest.isEqual(known, digest)) {
                throw new InvalidCallers(
                        "mail.callers." + other + ".token and mail.callers." + name + ".token are the same, so the"
                                + " two could not be told apart.",
                        "Give each caller a token of its own.");
            }
        });
        digests.put(name, digest);
    }

    /** The name of the caller with this token. Takes as long for each wrong one. */
    Optional<String> withToken(String token) {
        byte[] digest = sha256(token);
        String found = null;
        for (Map.Entry<String, byte[]> caller : digests.entrySet()) {
            if (MessageDigest.isEqual(caller.getValue(), digest)) {
                found = caller.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether a request without a token is let in. */
    boolean anonymous() {
        return anonymous;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return digests.keySet() + (anonymous ? " and anonymous callers" : "");
    }
}
