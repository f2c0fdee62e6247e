package dev.nodoubt.services.mail;

import java.util.UUID;

/** Nobody recorded a notification under this id. */
final class UnknownNotification extends RuntimeException {

    UnknownNotification(UUID id) {
        super("there is no notification " + id);
    }
}
