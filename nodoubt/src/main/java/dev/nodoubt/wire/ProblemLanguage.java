package dev.nodoubt.wire;

import dev.nodoubt.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A receiver's problem in the language that its request prefers: {@code detail} alone, at the edge, so that every rule
 * behind it knows one language. Type and title stay, for programs and for searches.
 */
public final class ProblemLanguage {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String CONTENT_LANGUAGE = "Content-Language";

    private ProblemLanguage() {}

    /**
     * The answer as this request is to read it; what is no problem of nodoubt's own stays as it is.
     *
     * @param acceptLanguage all values of the request's header, none when it is absent
     */
    public static WireResponse of(WireResponse answer, List<String> acceptLanguage) {
        if (acceptLanguage.isEmpty() || !answer.body().mediaType().equals(GateDocuments.PROBLEM)) {
            return answer;
        }
        Messages messages = Messages.accepted(String.join(",", acceptLanguage));
        if (messages.language().equals(Locale.ENGLISH)) {
            return answer;
        }
        Map<String, String> problem = members(answer.body().bytes());
        String type = problem.getOrDefault("type", "");
        String name = "problem." + type.substring(type.lastIndexOf(':') + 1);
        if (!type.startsWith(Problem.TYPE) || !messages.has(name)) {
            return answer;
        }
        problem.put("detail", messages.text(name));
        return new WireResponse(
                answer.status(),
                answer.headers().and(CONTENT_LANGUAGE, messages.language().getLanguage()),
                GateDocuments.problem(problem, answer.status()));
    }

    /** Its texts; empty when it is no JSON object. */
    private static Map<String, String> members(byte[] document) {
        Map<String, String> members = new TreeMap<>();
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), new String(document, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return members;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    members.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
            return members;
        } catch (JacksonException e) {
            return Map.of();
        }
    }
}
