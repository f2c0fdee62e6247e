package dev.nodoubt.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The canonical form of a JSON text (RFC 8785): members sorted by the UTF-16 code units of their names, no white space,
 * one spelling of each string, and of each number ({@link CanonicalNumber}).
 */
final class CanonicalJson {

    /** A larger text has no canonical form here, because it would have to be in memory. In bytes. */
    static final int LARGEST = 1 << 20;

    /** A text that is nested deeper has no canonical form here: each level may cost a copy of what it holds. */
    static final int DEEPEST = 100;

    /** Names are not kept beyond one text: whoever sends them is not trusted with the parser's shared tables. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private static final String[] SHORT_ESCAPES = new String[' '];

    static {
        SHORT_ESCAPES['\b'] = "\\b";
        SHORT_ESCAPES['\t'] = "\\t";
        SHORT_ESCAPES['\n'] = "\\n";
        SHORT_ESCAPES['\f'] = "\\f";
        SHORT_ESCAPES['\r'] = "\\r";
    }

    private final JsonParser json;
    private final StringBuilder out;

    private CanonicalJson(JsonParser json, int size) {
        this.json = json;
        this.out = new StringBuilder(size);
    }

    /**
     * The canonical form in UTF-8.
     *
     * @return empty when the text is no I-JSON (RFC 7493): not UTF-8, malformed, a name twice, a lone surrogate; or when
     *     it is above a limit of this class
     */
    static Optional<byte[]> of(byte[] text) {
        if (text.length > LARGEST) {
            return Optional.empty();
        }
        try {
            // The parser would guess other encodings, and takes surrogates that are encoded one by one.
            CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), characters.toString())) {
                CanonicalJson canonical = new CanonicalJson(parser, text.length);
                return canonical.document() ? Optional.of(canonical.bytes()) : Optional.empty();
            }
        } catch (JacksonException | CharacterCodingException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** False when there is not exactly one value. */
    private boolean document() {
        JsonToken first = json.nextToken();
        if (first == null) {
            return false;
        }
        value(first);
        return json.nextToken() == null;
    }

    private byte[] bytes() throws CharacterCodingException {
        // Refuses lone surrogates.
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(out));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private void value(JsonToken token) {
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> CanonicalNumber.append(json.getString(), out);
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.append(token.asString());
            default -> throw new IllegalStateException("no value begins with " + token);
        }
    }

    private void array() {
        out.append('[');
        String separator = "";
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            out.append(separator);
            value(token);
            separator = ",";
        }
        out.append(']');
    }

    private void object() {
        out.append('{');
        int start = out.length();
        List<Member> members = new ArrayList<>();
        boolean sorted = true;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (!members.isEmpty()) {
                sorted &= members.get(members.size() - 1).name.compareTo(name) < 0;
                out.append(',');
            }
            int from = out.length();
            string(name);
            out.append(':');
            value(json.nextToken());
            members.add(new Member(name, from, out.length()));
        }
        if (!sorted) {
            sort(members, start);
        }
        out.append('}');
    }

    private void sort(List<Member> members, int start) {
        members.sort(Comparator.comparing(Member::name));
        StringBuilder ordered = new StringBuilder(out.length() - start);
        for (Member member : members) {
            ordered.append(ordered.isEmpty() ? "" : ",").append(out, member.from, member.to);
        }
        out.setLength(start);
        out.append(ordered);
    }

    private void string(String content) {
        out.append('"');
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ') {
                out.append(c);
            } else if (SHORT_ESCAPES[c] != null) {
                out.append(SHORT_ESCAPES[c]);
            } else {
                out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        out.append('"');
    }

    /**
     * A member that was written.
     *
     * @param name as String compares it: by UTF-16 code units
     * @param from where it begins in the output
     * @param to where it ends
     */
    private record Member(String name, int from, int to) {}
}
