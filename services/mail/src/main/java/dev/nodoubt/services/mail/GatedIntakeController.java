package dev.nodoubt.services.mail;

import dev.nodoubt.spring.GateScope;
import dev.nodoubt.spring.Idempotent;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes notifications under a key. */
@RestController
@ConditionalOnProperty(name = "mail.capability", havingValue = "nodoubt")
final class GatedIntakeController {

    private final Intake intake;
    private final GateScope scope;

    GatedIntakeController(Intake intake, GateScope scope) {
        this.intake = intake;
        this.scope = scope;
    }

    /** Records the intent to send; as the reply is recorded with it, a repetition gets the same id. */
    @Idempotent
    @PostMapping(path = "/api/notifications", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> accept(Notification notification, HttpServletRequest request) {
        return new Accepted(intake.accept(scope.of(request), notification, id -> {})).response();
    }
}
