package dev.nodoubt.gate;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a reply goes into the key's row, and what comes out of it again (protocol, section 7). */
final class KeptReplies {

    private static final Logger LOG = LoggerFactory.getLogger(KeptReplies.class);

    private final GateSettings.Replies settings;
    private final ReplyKeeper keeper;

    KeptReplies(GateSettings.Replies settings, ReplyKeeper keeper) {
        this.settings = settings;
        this.keeper = keeper;
    }

    Reply toKeep(GateKey key, String operation, Reply reply) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers());
        headers.keySet().removeIf(name -> !settings.keeps(name));
        Reply kept = keeper.sanitise(operation, new Reply(reply.status(), headers, reply.body()));
        Payload body = kept.body();
        if (body == null || body.size() > settings.body()) {
            return new Reply(reply.status(), kept.headers(), null);
        }
        Payload stored = body.size() == 0 ? body : Payload.of(keeper.encrypt(key, body.bytes()), body.mediaType());
        return new Reply(reply.status(), kept.headers(), stored);
    }

    Reply toSend(GateKey key, String operation, Reply kept) {
        Payload stored = kept.body();
        if (stored != null && stored.size() == 0) {
            return kept;
        }
        try {
            Payload body = stored == null
                    ? keeper.recreate(key, operation, kept)
                    : Payload.of(keeper.decrypt(key, stored.bytes()), stored.mediaType());
            return new Reply(kept.status(), kept.headers(), body);
        } catch (RuntimeException e) {
            LOG.warn(
                    "ND-0204 {}: the kept body could not be {} ({}); the outcome stands, the replay goes without its body",
                    key,
                    stored == null ? "made anew" : "decrypted",
                    e.getClass().getName());
            return new Reply(kept.status(), kept.headers(), null);
        }
    }
}
