package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Operator;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateCounts;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.gate.Usage;
import dev.nodoubt.jdbc.JdbcGateDesk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this application's own gate decided and keeps. Thread-safe. */
final class Receiver {

    private static final int MOST_SCOPES = 20;

    private final Gate gate;
    private final JdbcGateDesk desk;
    private final ReplyKeeper keeper;

    /** @param keeper makes what is kept of bodies readable again */
    Receiver(Gate gate, JdbcGateDesk desk, ReplyKeeper keeper) {
        this.gate = gate;
        this.desk = desk;
        this.keeper = keeper;
    }

    /** Of all callers that the gate has counted, near the truth. */
    record Kept(long keys, long tombstones) {
        static Kept of(Map<String, Usage> usage) {
            return new Kept(
                    usage.values().stream().mapToLong(Usage::rows).sum(),
                    usage.values().stream().mapToLong(Usage::tombstones).sum());
        }
    }

    /** The key's rows, one a scope; most often none, as most applications call others. */
    List<GateKeyStatus> of(IdempotencyKey key) {
        return desk.search(GateKeyQuery.NEWEST.beginningWith(key.value()).limit(MOST_SCOPES))
                .keys();
    }

    GateCounts counts() {
        return gate.counts();
    }

    Horizon horizon() {
        return desk.horizon();
    }

    Kept kept() {
        return Kept.of(usage());
    }

    Map<String, Usage> usage() {
        return desk.usage();
    }

    JdbcGateDesk.Page find(Shown.ReceiverQuery typed) {
        return desk.search(query(typed));
    }

    /** The reply under a key, as a replay would tell it; empty when none stands there. */
    Optional<Reply> reveal(GateKey key, Operator by) {
        return desk.reveal(key, by).map(reply -> new Reply(reply.status(), reply.headers(), body(key, reply.body())));
    }

    private @Nullable Payload body(GateKey key, @Nullable Payload stored) {
        if (stored == null || stored.size() == 0) {
            return stored;
        }
        try {
            return Payload.of(keeper.decrypt(key, stored.bytes()), stored.mediaType());
        } catch (RuntimeException e) {
            return null; // shown as a body that is not there, as in a replay
        }
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
