package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.time.Duration;

/**
 * One request, one connection, one answer. Thread-safe.
 *
 * @param patience how long to wait for a connection, and for each piece of an answer
 */
record Client(Receiver receiver, Duration patience) {

    Line open() throws IOException {
        return Line.open(receiver, patience);
    }

    Response send(Request request) throws IOException {
        try (Line line = open()) {
            line.sendAsFarAsItIsRead(request.bytes());
            return line.read(request.method());
        }
    }

    /** A request as every client of the receiver would begin it. */
    Request request(String method, String target, String token) {
        Request request =
                Request.of(method, target).and("Host", receiver.authority()).and("Connection", "close");
        return token.isEmpty() ? request : request.and("Authorization", "Bearer " + token);
    }
}
