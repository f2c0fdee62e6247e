package dev.nodoubt.wire;

/** A body is not what its multipart type promises. Never leaves the scan, which then has no parts. */
final class MalformedPartsException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPartsException(String rule) {
        super(rule);
    }
}
