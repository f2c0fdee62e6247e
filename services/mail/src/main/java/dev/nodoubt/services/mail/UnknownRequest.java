package dev.nodoubt.services.mail;

import java.util.UUID;

/** The caller wrote no request row under this id. */
final class UnknownRequest extends RuntimeException {

    UnknownRequest(UUID request) {
        super("mail_request has no row " + request + "; write it, with status NEW, and commit before asking");
    }
}
