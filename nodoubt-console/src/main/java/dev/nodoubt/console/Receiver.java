package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.jdbc.JdbcGateDesk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this application's own gate knows, where it is a receiver. */
final class Receiver {

    private static final int MOST_SCOPES = 20;

    private final @Nullable JdbcGateDesk desk;

    /** @param desk null where this application has no gate */
    Receiver(@Nullable JdbcGateDesk desk) {
        this.desk = desk;
    }

    /** The key's rows, one a scope; most often none, as most applications call others. */
    List<GateKeyStatus> of(IdempotencyKey key) {
        return desk == null
                ? List.of()
                : desk.search(GateKeyQuery.NEWEST.beginningWith(key.value()).limit(MOST_SCOPES))
                        .keys();
    }

    Shown.ReceiverPage find(Shown.ReceiverQuery typed) {
        if (desk == null) {
            JdbcGateDesk.Page none = new JdbcGateDesk.Page(List.of(), false, false);
            return new Shown.ReceiverPage(null, typed, none, Map.of());
        }
        return new Shown.ReceiverPage(desk.horizon(), typed, desk.search(query(typed)), desk.usage());
    }

    private static GateKeyQuery query(Shown.ReceiverQuery typed) {
        GateKeyStatus.State state = Arrays.stream(GateKeyStatus.State.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(typed.state()))
                .findFirst()
                .orElse(null);
        GateKeyQuery query = GateKeyQuery.NEWEST.limit(PageController.ROWS).in(state);
        try {
            return query.of(typed.scope().isEmpty() ? null : typed.scope())
                    .beginningWith(typed.key().isEmpty() ? null : typed.key());
        } catch (IllegalArgumentException e) {
            return query; // no such scope or key can be: the page shows the newest, beside what was typed
        }
    }
}
