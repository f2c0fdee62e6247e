package dev.nodoubt.services.brokerage;

import org.springframework.http.HttpStatus;

/** A well-formed request that is refused. Nothing was changed. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String type;

    Refusal(HttpStatus status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }
}
