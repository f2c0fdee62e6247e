package dev.nodoubt.wire;

import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Fingerprint.Rule;
import dev.nodoubt.gate.Fingerprints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of a request that came over HTTP (protocol, section 5). For one thread.
 *
 * <p>The body counts after Content-Encoding: gzip and deflate are undone; another coding, or bytes that are not in the
 * coding that they claim, count as they are together with the coding's name. A multipart body with a boundary counts by
 * its parts, and JSON, where {@link FingerprintSettings#canonicalJson()} says so, by its canonical form; whatever has no
 * such form, because it is malformed or too large for one, counts by its bytes.
 *
 * <p>What {@link #chosen()} gives is computed at once, so that the body is read before a database is asked.
 */
public final class RequestFingerprints implements Fingerprints {

    private final RequestHead head;
    private final String mediaType;
    private final FingerprintSettings settings;
    private final Form form;
    private final Map<Rule, Optional<Fingerprint>> made = new EnumMap<>(Rule.class);
    private final Fingerprint chosen;

    private RequestFingerprints(RequestHead head, String mediaType, FingerprintSettings settings, Form form)
            throws IOException {
        this.head = head;
        this.mediaType = mediaType;
        this.settings = settings;
        this.form = form;
        this.chosen = choose();
    }

    /**
     * Of a request whose body can be read.
     *
     * @param body as it came, without its codings undone; must stay readable as long as {@link #by} is called
     * @throws BodyTooLargeException when it is larger than {@link FingerprintSettings#largestDecoded()} after
     *     Content-Encoding
     * @throws IOException when the body cannot be read
     */
    public static Fingerprints of(RequestHead head, RequestBody body, FingerprintSettings settings) throws IOException {
        PlainBody plain = PlainBody.of(body, head.headers().all(Headers.CONTENT_ENCODING), settings.largestDecoded());
        return new RequestFingerprints(head, body.mediaType(), settings, new WholeBody(plain));
    }

    /**
     * Of a multipart request whose parts somebody else has taken apart, such as a servlet container. It has
     * {@link Rule#MULTIPART} only, and is the same as of the whole body, as far as the container keeps the headers of
     * parts as they came.
     *
     * @param mediaType of the request, as in {@code Content-Type}
     * @param parts all of them, in their order
     * @throws IOException when a part cannot be read
     */
    public static Fingerprints ofParts(
            RequestHead head, String mediaType, List<BodyPart> parts, FingerprintSettings settings) throws IOException {
        byte[] digest = PartsDigest.of(parts);
        Form form = (rule, builder) -> rule == Rule.MULTIPART ? builder.body(digest) : null;
        return new RequestFingerprints(head, mediaType, settings, form);
    }

    private Fingerprint choose() throws IOException {
        Optional<Fingerprint> parts = under(Rule.MULTIPART);
        if (parts.isPresent()) {
            return parts.get();
        }
        Optional<Fingerprint> json = settings.canonicalJson() ? under(Rule.CANONICAL_JSON) : Optional.empty();
        return json.isPresent() ? json.get() : under(Rule.RAW).orElseThrow();
    }

    @Override
    public Fingerprint chosen() {
        return chosen;
    }

    @Override
    public @Nullable Fingerprint by(int version) {
        Rule rule = Rule.of(version).orElse(null);
        if (rule == null) {
            return null;
        }
        try {
            return under(rule).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException("the body could be read once, but not again", e);
        }
    }

    private Optional<Fingerprint> under(Rule rule) throws IOException {
        Optional<Fingerprint> known = made.get(rule);
        if (known == null) {
            Fingerprint.Builder builder = Fingerprint.builder(rule, head.method(), head.path(), mediaType);
            settings.headers()
                    .forEach(name -> builder.header(name, head.headers().all(name)));
            known = Optional.ofNullable(form.under(rule, builder));
            made.put(rule, known);
        }
        return known;
    }

    /** How a body ends a fingerprint. */
    @FunctionalInterface
    private interface Form {

        /** Null when the body has no form under this rule. */
        @Nullable
        Fingerprint under(Rule rule, Fingerprint.Builder builder) throws IOException;
    }

    private record WholeBody(PlainBody plain) implements Form {

        @Override
        public @Nullable Fingerprint under(Rule rule, Fingerprint.Builder builder) throws IOException {
            return switch (rule) {
                case RAW -> raw(builder);
                case CANONICAL_JSON -> canonicalJson().map(builder::body).orElse(null);
                case MULTIPART -> parts().map(builder::body).orElse(null);
            };
        }

        private Fingerprint raw(Fingerprint.Builder builder) throws IOException {
            if (!plain.codings().isEmpty()) {
                builder.coded(String.join(", ", plain.codings()));
            }
            try (InputStream in = plain.body().open()) {
                return builder.body(in, plain.body().size());
            }
        }

        private Optional<byte[]> canonicalJson() throws IOException {
            boolean candidate = plain.codings().isEmpty()
                    && plain.body().size() <= CanonicalJson.LARGEST
                    && MediaType.of(plain.body().mediaType()).isJson();
            if (!candidate) {
                return Optional.empty();
            }
            try (InputStream in = plain.body().open()) {
                return CanonicalJson.of(in.readAllBytes());
            }
        }

        private Optional<byte[]> parts() throws IOException {
            Optional<String> boundary = plain.codings().isEmpty()
                    ? MediaType.of(plain.body().mediaType()).boundary()
                    : Optional.empty();
            if (boundary.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = plain.body().open()) {
                return MultipartScan.digest(in, boundary.get());
            }
        }
    }
}
