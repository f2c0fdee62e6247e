package dev.nodoubt.demo.network;

import dev.nodoubt.demo.network.Crossing.Asked;
import dev.nodoubt.demo.network.Crossing.Event;
import java.nio.charset.StandardCharsets;

/** Tells a watcher what becomes of one attempt. */
record Sighting(Watcher watcher, Attempts.Numbered attempt, int port, Asked asked) {

    static Sighting of(Watcher watcher, Attempts.Numbered attempt, int port, HttpMessage request) {
        Asked asked = request.path().startsWith("/nodoubt/fence")
                ? Asked.FENCE
                : request.path().startsWith("/nodoubt/") ? Asked.OUTCOME : Asked.CALL;
        return new Sighting(watcher, attempt, port, asked);
    }

    void sent(Fault fault, HttpMessage request) {
        tell(Event.SENT, fault.name(), new String(request.bytes(), StandardCharsets.ISO_8859_1));
    }

    void saw(Event event) {
        tell(event, "", "");
    }

    void saw(Event event, HttpMessage answer) {
        tell(event, ByHand.Said.of(answer).words(), "");
    }

    private void tell(Event event, String detail, String request) {
        watcher.saw(new Crossing(attempt.transfer(), attempt.attempt(), port, asked, event, detail, request));
    }
}
