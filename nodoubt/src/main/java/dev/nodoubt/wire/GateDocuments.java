package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Finding;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON that a receiver writes: problems (RFC 9457), and what it found of a key (protocol, section 8). */
final class GateDocuments {

    static final String PROBLEM = "application/problem+json";
    private static final JsonFactory JSON = new JsonFactory();

    private GateDocuments() {}

    static Payload problem(Problem problem, String detail) {
        return problem(Map.of("type", problem.type(), "title", problem.title(), "detail", detail), problem.status());
    }

    /** @param texts of {@code type}, {@code title} and {@code detail}, those that there are */
    static Payload problem(Map<String, String> texts, int status) {
        return document(PROBLEM, json -> {
            write(json, texts, "type");
            write(json, texts, "title");
            json.writeNumberProperty("status", status);
            write(json, texts, "detail");
        });
    }

    private static void write(JsonGenerator json, Map<String, String> texts, String name) {
        String text = texts.get(name);
        if (text != null) {
            json.writeStringProperty(name, text);
        }
    }

    static Payload finding(OutcomeToken outcome, Finding finding) {
        return document("application/json", json -> {
            json.writeStringProperty("outcome", outcome.value());
            json.writeBooleanProperty("final", finding.answer() instanceof Outcome);
            if (finding.operation() != null) {
                json.writeStringProperty("operation", finding.operation());
            }
            if (finding.at() != null) {
                json.writeStringProperty("at", finding.at().toString());
            }
            if (finding.answer() instanceof Outcome.Executed executed) {
                reply(json, executed.reply());
            } else if (finding.answer() instanceof Outcome.Rejected rejected) {
                reply(json, rejected.reply());
            } else if (finding.answer() instanceof Answer.InProgress inProgress) {
                json.writeName("retryAfter");
                json.writeNumber(BigDecimal.valueOf(inProgress.retryAfter().toMillis(), 3)
                        .stripTrailingZeros()
                        .toPlainString());
            }
        });
    }

    private static void reply(JsonGenerator json, Reply reply) {
        json.writeNumberProperty("status", reply.status());
        json.writeObjectPropertyStart("headers");
        reply.headers().forEach(json::writeStringProperty);
        json.writeEndObject();
        Payload body = reply.body();
        if (body != null) {
            json.writeStringProperty("mediaType", body.mediaType());
            json.writeName("body");
            json.writeBinary(body.bytes());
        }
        json.writeBooleanProperty("bodyOmitted", body == null);
    }

    private static Payload document(String mediaType, Consumer<JsonGenerator> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return Payload.of(bytes.toByteArray(), mediaType);
    }
}
