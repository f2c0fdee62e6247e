package dev.nodoubt.services.mail;

import dev.nodoubt.spring.GateScope;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.Withdrawal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/notifications}: tells where the delivery of notifications stands, and takes back what has not left. A caller
 * sees and withdraws its own only.
 */
@RestController
@RequestMapping("/api/notifications")
final class NotificationController {

    private final StagedEffects effects;
    private final GateScope scope;

    NotificationController(StagedEffects effects, GateScope scope) {
        this.effects = effects;
        this.scope = scope;
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
