package dev.nodoubt.services.mail;

import dev.nodoubt.spring.GateScope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes notifications under a {@code Request-Id} and leaves a row that tells of it. It never looks into that row: a second
 * request under the same id is another mail.
 */
@RestController
@ConditionalOnExpression("'${mail.capability}' == 'flag' or '${mail.capability}' == 'log'")
final class RecordedIntakeController {

    private final Intake intake;
    private final GateScope scope;
    private final RequestRecord record;
    private final NotificationArgument notifications;

    RecordedIntakeController(Intake intake, GateScope scope, RequestRecord record, JsonMapper json) {
        this.intake = intake;
        this.scope = scope;
        this.record = record;
        this.notifications = new NotificationArgument(json);
    }

    @PostMapping(path = "/api/notifications", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> accept(HttpServletRequest request) throws IOException {
        UUID requestId = RequestId.of(request);
        Notification notification = notification(requestId, request);
        return new Accepted(intake.accept(scope.of(request), notification, id -> record.taken(requestId, id)))
                .response();
    }

    private Notification notification(UUID requestId, HttpServletRequest request) throws IOException {
        try {
            return notifications.read(request);
        } catch (InvalidField | BodyTooLarge | HttpMessageNotReadableException e) {
            record.refused(requestId);
            throw e;
        }
    }
}
