package dev.nodoubt.services.transfer;

import dev.nodoubt.call.Relay;
import dev.nodoubt.call.TargetStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/targets}: the called systems as this process sees them now. */
@RestController
final class TargetController {

    private final Relay relay;

    TargetController(Relay relay) {
        this.relay = relay;
    }

    @GetMapping("/api/targets")
    List<TargetView> targets() {
        return relay.targets().stream().map(TargetView::of).toList();
    }

    /**
     * A target.
     *
     * @param breaker {@code closed}, {@code open} or {@code half-open}
     * @param breakerRemainingMs until an open breaker lets probes through; 0 when it is not open
     */
    record TargetView(
            String name,
            String breaker,
            long breakerRemainingMs,
            int inFlight,
            int permits,
            int held,
            @Nullable String problem) {

        static TargetView of(TargetStatus status) {
            return new TargetView(
                    status.name(),
                    status.breaker().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    status.breakerRemaining().toMillis(),
                    status.inFlight(),
                    status.permits(),
                    status.held(),
                    status.problem());
        }
    }
}
