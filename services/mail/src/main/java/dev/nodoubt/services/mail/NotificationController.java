package dev.nodoubt.services.mail;

import dev.nodoubt.spring.GateScope;
import dev.nodoubt.spring.Idempotent;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.Withdrawal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/notifications}: accepts notifications, tells where their delivery stands, and takes back what has not left.
 * A caller sees and withdraws its own only.
 */
@RestController
@RequestMapping("/api/notifications")
final class NotificationController {

    private final Intake intake;
    private final StagedEffects effects;
    private final GateScope scope;

    NotificationController(Intake intake, StagedEffects effects, GateScope scope) {
        this.intake = intake;
        this.effects = effects;
        this.scope = scope;
    }

    /** The answer to an accepted notification: its mail is recorded, not sent. */
    record Accepted(UUID id) {}

    /** Records the intent to send; as the reply is recorded with it, a repetition gets the same id. */
    @Idempotent
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> accept(Notification notification, HttpServletRequest request) {
        UUID id = intake.accept(scope.of(request), notification);
        return ResponseEntity.accepted()
                .location(URI.create("/api/notifications/" + id))
                .body(new Accepted(id));
    }

    @GetMapping("/{id}")
    Delivery delivery(@PathVariable UUID id, HttpServletRequest request) {
        return effects.find(scope.of(request), id).map(Delivery::of).orElseThrow(() -> new UnknownNotification(id));
    }

    /**
     * Takes a notification back. Not gated: the second time does what the first did, and gets the same answer.
     *
     * @throws NotWithdrawn when the mail has left, or may have
     */
    @PostMapping("/{id}/withdraw")
    Delivery withdraw(@PathVariable UUID id, HttpServletRequest request) {
        Withdrawal withdrawal = effects.withdraw(scope.of(request), id).orElseThrow(() -> new UnknownNotification(id));
        Delivery delivery = delivery(id, request);
        if (withdrawal instanceof Withdrawal.Withdrawn) {
            return delivery;
        }
        throw new NotWithdrawn(withdrawal, delivery);
    }
}
