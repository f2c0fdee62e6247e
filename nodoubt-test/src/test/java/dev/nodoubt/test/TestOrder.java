package dev.nodoubt.test;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An order of the conformance suite's test operation.
 *
 * @param effect the text under which its effect is counted
 * @param behave the word before the colon: {@code status} of {@code status:422}
 * @param number the number behind it, 0 when there is none
 */
record TestOrder(String effect, String behave, int number) {

    /** Of a body that the gate refuses as too large before its order would be obeyed. */
    static final TestOrder UNREAD = new TestOrder("unread", "fail", 0);

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads and validates.
     *
     * @throws IllegalArgumentException when it is no order
     */
    static TestOrder of(byte[] json) {
        Map<String, String> members = members(json);
        String effect = members.getOrDefault("effect", "");
        if (!effect.matches("[A-Za-z][A-Za-z0-9-]{0,59}")) {
            throw new IllegalArgumentException("an order needs an effect of letters, digits and hyphens");
        }
        String[] behave = members.getOrDefault("behave", "ok").split(":", 2);
        return new TestOrder(effect, behave[0], behave.length > 1 ? Integer.parseInt(behave[1]) : 0);
    }

    private static Map<String, String> members(byte[] json) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("an order is a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    members.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
            return members;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("an order is well-formed JSON", e);
        }
    }
}
