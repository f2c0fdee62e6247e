package dev.nodoubt.services.mail;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/notifications}: accepts notifications, and tells where their delivery stands. */
@RestController
@RequestMapping("/api/notifications")
final class NotificationController {

    static final String TRANSFER_ID = "X-Transfer-Id";

    private final Intake intake;
    private final Deliveries deliveries;

    NotificationController(Intake intake, Deliveries deliveries) {
        this.intake = intake;
        this.deliveries = deliveries;
    }

    /** The answer to an accepted notification: its mail is recorded, not sent. */
    record Accepted(UUID id) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> accept(@RequestBody JsonNode body, @RequestHeader HttpHeaders headers) {
        Notification notification = NotificationBody.read(body, transferId(headers));
        UUID id = intake.accept(notification);
        return ResponseEntity.accepted()
                .location(URI.create("/api/notifications/" + id))
                .body(new Accepted(id));
    }

    @GetMapping("/{id}")
    Delivery delivery(@PathVariable UUID id) {
        return deliveries.find(id).orElseThrow(() -> new UnknownNotification(id));
    }

    private static @Nullable String transferId(HttpHeaders headers) {
        List<String> values = headers.getOrEmpty(TRANSFER_ID);
        if (values.size() > 1) {
            throw new InvalidField(TRANSFER_ID, "must be given at most once", values.size() + " times");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
