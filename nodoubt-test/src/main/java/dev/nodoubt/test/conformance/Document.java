package dev.nodoubt.test.conformance;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The JSON that answers a query or a fence (protocol, section 8). */
final class Document {

    private final Map<String, Object> members;

    Document(Map<String, Object> members) {
        this.members = members;
    }

    Document says(Word word) {
        require(word.value().equals(members.get("outcome")), "outcome must be " + word.value());
        require(members.get("final") instanceof Boolean, "final must be true or false");
        // Expired is final for the future only, so that either word is right.
        require(
                word == Word.EXPIRED || Boolean.valueOf(word.settles()).equals(members.get("final")),
                "final must be " + word.settles());
        if (word.settles()) {
            at();
        }
        if (word == Word.IN_PROGRESS) {
            require(
                    members.get("retryAfter") instanceof BigDecimal seconds && seconds.signum() >= 0,
                    "retryAfter must be a number of seconds");
        }
        if (word != Word.EXECUTED && word != Word.REJECTED) {
            require(!members.containsKey("status") && !members.containsKey("body"), "there is no recorded reply");
        }
        return this;
    }

    /** The recorded reply is that answer. */
    Document holds(Response recorded) {
        requireHeadOf(recorded);
        String body = text("body").orElse("");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new Violation("the document's body must be base64", e);
        }
        require(Arrays.equals(bytes, recorded.body()), "body must be the recorded one, byte by byte");
        if (recorded.body().length > 0) {
            require(
                    text("mediaType").or(() -> header("Content-Type")).equals(recorded.first("Content-Type")),
                    "mediaType must be the recorded Content-Type");
        }
        require(!Boolean.TRUE.equals(members.get("bodyOmitted")), "bodyOmitted must not be true");
        return this;
    }

    /** The recorded reply is that answer without its body. */
    Document holdsWithoutBody(Response recorded) {
        requireHeadOf(recorded);
        require(Boolean.TRUE.equals(members.get("bodyOmitted")), "bodyOmitted must be true");
        require(!members.containsKey("body"), "a body that was not kept is not there");
        return this;
    }

    private void requireHeadOf(Response recorded) {
        require(
                members.get("status") instanceof BigDecimal status
                        && status.compareTo(new BigDecimal(recorded.status())) == 0,
                "status must be the recorded one, " + recorded.status());
        for (String name : Response.RECORDED) {
            require(header(name).equals(recorded.first(name)), "headers must hold the recorded " + name);
        }
    }

    private Optional<String> header(String name) {
        Map<?, ?> headers = members.get("headers") instanceof Map<?, ?> map ? map : Map.of();
        return headers.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
                .map(entry -> String.valueOf(entry.getValue()))
                .findFirst();
    }

    Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** When the outcome was recorded. */
    Instant at() {
        try {
            return OffsetDateTime.parse(text("at").orElse("")).toInstant();
        } catch (DateTimeException e) {
            throw new Violation("the document of a query or fence: at must be a time (RFC 3339)", e);
        }
    }

    private static void require(boolean holds, String rule) {
        Violation.unless(holds, "the document of a query or fence: " + rule);
    }
}
