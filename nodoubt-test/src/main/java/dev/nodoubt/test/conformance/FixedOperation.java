package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * An operation of the receiver's own, which cannot be steered: bodies from a template, in which {@code {id}} becomes the
 * order's mark and {@code {note}} a text that no log may show.
 *
 * @param template of a valid body
 * @param mediaType of every body
 * @param invalid a body that is refused before the gate; empty for none
 * @param counting how effects are counted
 */
record FixedOperation(String template, String mediaType, String invalid, Counting counting) implements Subject {

    /** Counts the effects of a mark. */
    @FunctionalInterface
    interface Counting {

        /** Effects cannot be counted. */
        Counting NONE = mark -> {
            throw new UnsupportedOperationException("effects cannot be counted");
        };

        long of(String mark) throws IOException, InterruptedException;
    }

    FixedOperation {
        if (!template.contains("{id}")) {
            throw new IllegalArgumentException("the body's template must contain {id}, by which orders differ");
        }
    }

    @Override
    public Set<Ability> abilities() {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (!counting.equals(Counting.NONE)) {
            abilities.add(Ability.EFFECTS);
        }
        if (!invalid.isEmpty()) {
            abilities.add(Ability.INVALID_BODY);
        }
        if (mediaType.startsWith("application/json")) {
            abilities.add(Ability.JSON);
        }
        return abilities;
    }

    @Override
    public Body order(String mark, String note, Behaviour behaviour) {
        return body(template.replace("{id}", mark).replace("{note}", note));
    }

    @Override
    public Body invalidOrder() {
        return body(invalid);
    }

    @Override
    public long effects(String mark) throws IOException, InterruptedException {
        return counting.of(mark);
    }

    private Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8), mediaType);
    }
}
