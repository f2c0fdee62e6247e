package dev.nodoubt.test.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A complete response, and what the protocol asks of it. Immutable; a check throws a {@link Violation}. */
final class Response {

    static final String OUTCOME = "Nodoubt-Outcome";
    static final String REPLAYED = "Idempotent-Replayed";
    static final String OMITTED = "Nodoubt-Body";
    static final String RETRY_AFTER = "Retry-After";

    /** The headers of a reply that are recorded (protocol, section 7). */
    static final List<String> RECORDED = List.of("Location", "ETag", "Content-Language", "Link");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HTTP_DATE = Pattern.compile("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} .* GMT");
    private static final String PROBLEM = "application/problem+json";

    private final int status;
    private final List<Field> fields;
    private final byte[] body;

    Response(int status, List<Field> fields, byte[] body) {
        this.status = status;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body.clone();
    }

    List<String> all(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The media type without parameters, in lower case; empty when there is none. */
    String mediaType() {
        String type = first("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The problem's type; empty when the body is no problem. */
    String problemType() {
        return mediaType().equals(PROBLEM) && body.length > 0 ? String.valueOf(json().getOrDefault("type", "")) : "";
    }

    Map<String, Object> json() {
        return Json.object(body);
    }

    boolean says(Word word) {
        return all(OUTCOME).equals(List.of(word.value()));
    }

    boolean replayed() {
        return !all(REPLAYED).isEmpty();
    }

    /** The effect is committed, now or earlier. */
    boolean isExecuted() {
        return says(Word.EXECUTED) && status < 400;
    }

    boolean is(Refusal refusal) {
        return refusal.hasStatus(status)
                && says(refusal.outcome())
                && problemType().equals(refusal.type());
    }

    /** What came, without content. */
    @Override
    public String toString() {
        String problem = problemType();
        return status + " with "
                + (all(OUTCOME).isEmpty()
                        ? "no Nodoubt-Outcome"
                        : "Nodoubt-Outcome " + String.join(" and ", all(OUTCOME)))
                + (replayed() ? ", replayed" : "")
                + (problem.isEmpty() ? "" : ", " + problem);
    }

    /** The answer to a first execution. */
    Response executed(int expected) {
        require(status == expected && says(Word.EXECUTED), "expected " + expected + " executed");
        require(!replayed(), "a first execution must not say " + REPLAYED);
        require(all(OMITTED).isEmpty(), "a first execution has its body");
        return this;
    }

    /** The answer to a declared rejection at its first attempt. */
    Response rejected(int expected) {
        require(status == expected && says(Word.REJECTED), "expected " + expected + " rejected");
        require(!replayed(), "a first rejection must not say " + REPLAYED);
        return this;
    }

    /** The same answer as that one, byte by byte, and said to be a replay. */
    Response replayOf(Response original) {
        sameHeadAs(original);
        require(
                body.length == 0 || all("Content-Type").equals(original.all("Content-Type")),
                "a replay must carry the recorded Content-Type");
        require(Arrays.equals(body, original.body), "a replay's body must be the recorded one, byte by byte");
        require(all(OMITTED).isEmpty(), "a replay with its body must not say " + OMITTED);
        return this;
    }

    /** The same status and headers as that one, said to be a replay whose body was not kept. */
    Response omittedReplayOf(Response original) {
        sameHeadAs(original);
        require(all(OMITTED).equals(List.of("omitted")), "expected " + OMITTED + ": omitted");
        require(body.length == 0, "a replay whose body was not kept must have none");
        return this;
    }

    private void sameHeadAs(Response original) {
        require(status == original.status, "expected a replay of " + original.status);
        require(all(OUTCOME).equals(original.all(OUTCOME)), "expected the outcome of " + original);
        require(all(REPLAYED).equals(List.of("true")), "expected " + REPLAYED + ": true");
        requireNoStore();
        require(all("Set-Cookie").isEmpty(), "a replay must not carry Set-Cookie");
        for (String name : RECORDED) {
            require(all(name).equals(original.all(name)), "a replay must carry the recorded " + name);
        }
    }

    /** This attempt certainly had no effect; the status is the receiver's own. */
    Response notExecuted() {
        require(status >= 400 && says(Word.NOT_EXECUTED), "expected an error that says not-executed");
        require(!replayed(), "what was not executed is no replay");
        return this;
    }

    /** One of these problems, complete. */
    Response refuses(Refusal... allowed) {
        require(
                Stream.of(allowed).anyMatch(this::is),
                "expected " + Stream.of(allowed).map(Refusal::toString).collect(Collectors.joining(" or ")));
        Object said = json().getOrDefault("status", status);
        require(said.toString().equals(String.valueOf(status)), "a problem's status must be the response's");
        require(!replayed(), "a refusal is no replay");
        if (status == 409 || status == 503) {
            requireRetryAfter();
        }
        return this;
    }

    /** What a query or a fence found. */
    Document found(Word word) {
        require(status == 200 && says(word), "expected 200 " + word.value());
        require(all("Nodoubt-Protocol").equals(List.of("1")), "query and fence must say Nodoubt-Protocol: 1");
        requireNoStore();
        require(mediaType().equals("application/json"), "expected a document of application/json");
        if (word == Word.IN_PROGRESS) {
            requireRetryAfter();
        }
        return new Document(json()).says(word);
    }

    void requireRetryAfter() {
        require(
                all(RETRY_AFTER).size() == 1
                        && (SECONDS.matcher(all(RETRY_AFTER).get(0)).matches()
                                || HTTP_DATE.matcher(all(RETRY_AFTER).get(0)).matches()),
                "expected one Retry-After, of whole seconds or a date");
    }

    private void requireNoStore() {
        require(
                all("Cache-Control").stream()
                        .flatMap(value -> Stream.of(value.split(",")))
                        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-store")),
                "expected Cache-Control: no-store");
    }

    /** Nothing of this text stands in the head or the body. */
    void hides(String text) {
        boolean there = new String(body, StandardCharsets.ISO_8859_1).contains(text)
                || fields.stream().anyMatch(field -> field.value().contains(text));
        require(!there, "the answer must disclose nothing of the recorded one");
    }

    void require(boolean holds, String rule) {
        Violation.unless(holds, rule + ", got " + this);
    }
}
