package dev.nodoubt.bench.delivery.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Runs as JSON, every round's values with them. Members that are not known here are passed over. */
final class RunsJson {

    private static final JsonFactory JSON = new JsonFactory();

    /** Lines, so that a change of a kept report can be read. */
    private static final ObjectWriteContext LINES = new ObjectWriteContext.Base() {
        @Override
        public DefaultPrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private RunsJson() {}

    static String write(List<Run> runs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(LINES, bytes)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("runs");
            runs.forEach(run -> write(json, run));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8) + "\n";
    }

    private static void write(JsonGenerator json, Run run) {
        json.writeStartObject();
        json.writeStringProperty("label", run.label());
        json.writeStringProperty("date", run.date());
        json.writeObjectPropertyStart("conditions");
        run.conditions().forEach((subject, named) -> {
            json.writeObjectPropertyStart(subject);
            named.forEach(json::writeStringProperty);
            json.writeEndObject();
        });
        json.writeEndObject();
        json.writeArrayPropertyStart("contenders");
        for (Participant participant : run.participants()) {
            json.writeStartObject();
            json.writeStringProperty("title", participant.title());
            json.writeStringProperty("kind", participant.kind().title());
            json.writeStringProperty("version", participant.version());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("measured");
        for (Measured measured : run.measured()) {
            json.writeStartObject();
            json.writeStringProperty("contender", measured.contender());
            json.writeNumberProperty("round", measured.round());
            json.writeObjectPropertyStart("values");
            measured.values().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @throws IllegalArgumentException when it is no such JSON */
    static List<Run> read(String text) {
        List<Run> runs = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                if (entered(json).equals("runs")) {
                    runs.addAll(elements(json, RunsJson::run));
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("it has no runs");
        }
        return runs;
    }

    private static Run run(JsonParser json) {
        String label = "";
        String date = "";
        Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
        List<Participant> participants = List.of();
        List<Measured> measured = List.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (entered(json)) {
                case "label" -> label = json.getString();
                case "date" -> date = json.getString();
                case "conditions" -> conditions = conditions(json);
                case "contenders" -> participants = elements(json, RunsJson::participant);
                case "measured" -> measured = elements(json, RunsJson::measured);
                default -> json.skipChildren();
            }
        }
        return new Run(label, date, conditions, participants, measured);
    }

    private static Map<String, Map<String, String>> conditions(JsonParser json) {
        Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String subject = entered(json);
            conditions.put(subject, strings(json));
        }
        return conditions;
    }

    private static Participant participant(JsonParser json) {
        Map<String, String> members = strings(json);
        String kind = members.getOrDefault("kind", "").toUpperCase(Locale.ROOT);
        return new Participant(
                members.getOrDefault("title", ""), Kind.valueOf(kind), members.getOrDefault("version", ""));
    }

    private static Measured measured(JsonParser json) {
        String contender = "";
        int round = 0;
        Map<String, Double> values = new TreeMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (entered(json)) {
                case "contender" -> contender = json.getString();
                case "round" -> round = json.getIntValue();
                // What is not finite is written as a string.
                case "values" -> strings(json).forEach((name, value) -> values.put(name, Double.valueOf(value)));
                default -> json.skipChildren();
            }
        }
        return new Measured(contender, round, values);
    }

    /** Of an object whose members have none themselves. */
    private static Map<String, String> strings(JsonParser json) {
        Map<String, String> members = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            members.put(entered(json), json.getString());
        }
        return members;
    }

    private static <T> List<T> elements(JsonParser json, Function<JsonParser, T> element) {
        List<T> elements = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            elements.add(element.apply(json));
        }
        return elements;
    }

    /** The member's name; goes on to its value. */
    private static String entered(JsonParser json) {
        String name = json.currentName();
        json.nextToken();
        return name;
    }
}
