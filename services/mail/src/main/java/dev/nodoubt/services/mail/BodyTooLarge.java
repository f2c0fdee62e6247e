package dev.nodoubt.services.mail;

/** A request's body is longer than the service reads. */
final class BodyTooLarge extends RuntimeException {

    BodyTooLarge(int most) {
        super("request body must have at most " + most + " bytes");
    }
}
