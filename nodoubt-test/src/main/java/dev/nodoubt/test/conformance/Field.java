package dev.nodoubt.test.conformance;

/** One line of a message's head; the value as it stands on the wire, each byte a character. */
record Field(String name, String value) {

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
