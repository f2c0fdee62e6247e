package dev.nodoubt.services.mail;

import dev.nodoubt.spring.GateScope;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes notifications and remembers no request: each one is another mail. */
@RestController
@ConditionalOnProperty(name = "mail.capability", havingValue = "none")
final class OpenIntakeController {

    private final Intake intake;
    private final GateScope scope;

    OpenIntakeController(Intake intake, GateScope scope) {
        this.intake = intake;
        this.scope = scope;
    }

    @PostMapping(path = "/api/notifications", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> accept(Notification notification, HttpServletRequest request) {
        return new Accepted(intake.accept(scope.of(request), notification, id -> {})).response();
    }
}
