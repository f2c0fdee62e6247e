package dev.nodoubt.services.mail;

import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;

/**
 * The answer to an accepted notification: its mail is recorded, not sent.
 *
 * @param id of the notification
 */
record Accepted(UUID id) {

    ResponseEntity<Accepted> response() {
        return ResponseEntity.accepted()
                .location(URI.create("/api/notifications/" + id))
                .body(this);
    }
}
