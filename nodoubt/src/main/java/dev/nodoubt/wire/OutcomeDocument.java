package dev.nodoubt.wire;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The JSON document that answers a query or a fence. Unknown members are skipped; known ones must be well-formed. */
final class OutcomeDocument {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private @Nullable String outcome;
    private @Nullable Boolean isFinal;
    private int status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String mediaType = "";
    private byte @Nullable [] body;
    private boolean bodyOmitted;
    private @Nullable Duration retryAfter;

    private OutcomeDocument() {}

    static OutcomeDocument parse(byte[] json) throws MalformedAnswerException {
        OutcomeDocument document = new OutcomeDocument();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "the document is no JSON object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_NULL) {
                    document.read(name, parser);
                }
            }
            expect(parser.nextToken() == null, "something follows the document");
        } catch (JacksonException e) {
            // The parser's own message repeats content.
            throw new MalformedAnswerException("the document is no well-formed JSON");
        }
        return document;
    }

    private void read(String name, JsonParser parser) throws MalformedAnswerException {
        switch (name) {
            case "outcome" -> outcome = string(name, parser);
            case "final" -> isFinal = bool(name, parser);
            case "status" -> status = statusOf(parser);
            case "headers" -> readHeaders(parser);
            case "mediaType" -> mediaType = string(name, parser);
            case "body" -> body = base64(name, parser);
            case "bodyOmitted" -> bodyOmitted = bool(name, parser);
            case "retryAfter" -> retryAfter = seconds(name, parser);
            default -> parser.skipChildren();
        }
    }

    private void readHeaders(JsonParser parser) throws MalformedAnswerException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "headers must be an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String header = parser.currentName();
            parser.nextToken();
            String value = string("headers", parser);
            if (RecordedHeaders.contains(header)) {
                headers.put(header, value);
            }
        }
    }

    private static String string(String name, JsonParser parser) throws MalformedAnswerException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, name + " must be a string");
        return parser.getString();
    }

    private static boolean bool(String name, JsonParser parser) throws MalformedAnswerException {
        JsonToken token = parser.currentToken();
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, name + " must be true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    private static int statusOf(JsonParser parser) throws MalformedAnswerException {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "status must be a whole number");
        return parser.getIntValue();
    }

    private static byte[] base64(String name, JsonParser parser) throws MalformedAnswerException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, name + " must be base64");
        return parser.getBinaryValue();
    }

    private static Duration seconds(String name, JsonParser parser) throws MalformedAnswerException {
        JsonToken token = parser.currentToken();
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        expect(number && parser.getDoubleValue() >= 0, name + " must be a number of seconds >= 0");
        return RetryAfter.seconds(parser.getDoubleValue());
    }

    /** The header and the document must agree, in the word and in whether it is final. */
    void requireSays(OutcomeToken token) throws MalformedAnswerException {
        expect(token.value().equals(outcome), "header and document name different outcomes");
        boolean settled = switch (token) {
            case EXECUTED, REJECTED, FENCED -> true;
            case EXPIRED, IN_PROGRESS, ABSENT, NOT_EXECUTED, UNKNOWN -> false;
        };
        // Expired is final for the future only, so that either word is right.
        expect(
                token == OutcomeToken.EXPIRED || isFinal == null || isFinal == settled,
                "final contradicts " + token.value());
    }

    /** The recorded reply, whose status must lie in this range. */
    Reply reply(int from, int to) throws MalformedAnswerException {
        expect(status >= from && status <= to, "the recorded status must be " + from + " to " + to);
        expect(body == null || !bodyOmitted, "the body is both there and omitted");
        try {
            Payload payload = body == null ? Payload.of(new byte[0], mediaType) : Payload.of(body, mediaType);
            return new Reply(status, headers, bodyOmitted ? null : payload);
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("a recorded header or media type is not one line of visible ASCII");
        }
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static void expect(boolean holds, String otherwise) throws MalformedAnswerException {
        if (!holds) {
            throw new MalformedAnswerException(otherwise);
        }
    }
}
