package dev.nodoubt.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Says who calls (a port), asked anew at each attempt; nothing of its answer is stored. Implementations are thread-safe.
 *
 * <p>It runs on the thread that starts the attempt and must not block it: what has to fetch something returns a stage
 * that completes later. A failure, or no answer within pool wait and connect timeout, is an attempt that was not sent.
 */
@FunctionalInterface
public interface Credentials {

    /** No header is sent. */
    Credentials NONE = () -> CompletableFuture.completedFuture(Optional.empty());

    /** The header to send with this attempt; empty for none. */
    CompletionStage<Optional<Header>> header();

    /** {@code Authorization: Basic …} with user and password in UTF-8; the user has no colon. */
    static Credentials basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("credentials: user must have no colon, has one");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        Header header =
                new Header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        return () -> CompletableFuture.completedFuture(Optional.of(header));
    }

    /**
     * {@code Authorization: Bearer …}.
     *
     * @param token hands out the token that is valid now; must not block
     */
    static Credentials bearer(Supplier<String> token) {
        return () ->
                CompletableFuture.completedFuture(Optional.of(new Header("Authorization", "Bearer " + token.get())));
    }

    /**
     * A header that identifies the caller. {@code toString} does not show the value.
     *
     * @param name a header name that neither HTTP's framing nor the nodoubt protocol uses
     * @param value visible ASCII and spaces
     */
    record Header(String name, String value) {

        private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
        private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");
        private static final Pattern RESERVED = Pattern.compile(
                "host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|idempotency-key|nodoubt-.*",
                Pattern.CASE_INSENSITIVE);

        public Header {
            if (!NAME.matcher(name).matches() || RESERVED.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "credentials: header name must be one that HTTP and nodoubt leave free, such as Authorization");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "credentials: value of " + name + " must be one line of visible ASCII, is not");
            }
        }

        @Override
        public String toString() {
            return "header " + name;
        }
    }
}
