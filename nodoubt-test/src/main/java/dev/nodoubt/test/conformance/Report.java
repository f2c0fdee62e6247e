package dev.nodoubt.test.conformance;

import dev.nodoubt.test.conformance.Verdict.Result;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The result of a run.
 *
 * @param counted whether effects were counted; otherwise the answers alone were judged
 */
public record Report(Receiver receiver, List<Verdict> verdicts, boolean counted) {

    public Report {
        verdicts = List.copyOf(verdicts);
    }

    /** How many cases ended so. */
    public long count(Result result) {
        return verdicts.stream().filter(v -> v.result() == result).count();
    }

    /** The ids of the cases that ended so, in order. */
    public List<String> ids(Result result) {
        return verdicts.stream()
                .filter(v -> v.result() == result)
                .map(Verdict::id)
                .toList();
    }

    /** Nothing failed, and something passed. */
    public boolean clean() {
        return count(Result.FAILED) == 0 && count(Result.PASSED) > 0;
    }

    /** Head line of {@link #line}. */
    static String header() {
        return String.format("%-32s %-9s %s", "case", "result", "expected");
    }

    /** One line of the table, with a second one that says why. */
    static String line(Verdict verdict) {
        String line =
                String.format("%-32s %-9s %s", verdict.id(), verdict.result().word(), verdict.expected());
        return verdict.reason().isEmpty() ? line : line + "\n" + " ".repeat(33) + "└ " + verdict.reason();
    }

    /** The closing line: {@code N passed, N failed, N not run}. */
    public String summary() {
        String counts = count(Result.PASSED) + " passed, " + count(Result.FAILED) + " failed, " + count(Result.NOT_RUN)
                + " not run";
        return counted ? counts : counts + " (effects were not counted: only the answers were judged)";
    }

    /** The whole as JSON. */
    public String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("receiver", "http://" + receiver.authority() + receiver.path());
            json.writeStringProperty("protocol", "1");
            json.writeNumberProperty("passed", count(Result.PASSED));
            json.writeNumberProperty("failed", count(Result.FAILED));
            json.writeNumberProperty("notRun", count(Result.NOT_RUN));
            json.writeBooleanProperty("effectsCounted", counted);
            json.writeArrayPropertyStart("cases");
            verdicts.forEach(verdict -> write(json, verdict));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8) + "\n";
    }

    private static void write(JsonGenerator json, Verdict verdict) {
        json.writeStartObject();
        json.writeStringProperty("id", verdict.id());
        json.writeStringProperty("expected", verdict.expected());
        json.writeStringProperty(
                "result", verdict.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (!verdict.reason().isEmpty()) {
            json.writeStringProperty("reason", verdict.reason());
        }
        json.writeNumberProperty("millis", verdict.took().toMillis());
        json.writeEndObject();
    }
}
