package dev.nodoubt.demo.network;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which attempt of which transfer a request is, from what the request itself carries: the mail's transfer id, the
 * number that its text names as {@code #000123}, and the key that queries and fences of the same call repeat.
 * Thread-safe.
 */
final class Attempts {

    private static final String NOTIFICATIONS = "/api/notifications";
    private static final String PROTOCOL = "/nodoubt/";
    private static final Pattern ID = Pattern.compile("\"transferId\"\\s*:\\s*\"([^\"\\\\]{1,200})\"");
    private static final Pattern NUMBER = Pattern.compile("#(\\d{1,9})");

    private final Map<String, Transfer> byKey = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** One attempt: the transfer's number in the input and the attempt's number, counted from 1. */
    record Numbered(long transfer, int attempt) {}

    private record Transfer(String id, long number) {}

    /** The attempt that this request is; empty for what has no transfer, such as a health check. */
    Optional<Numbered> number(HttpMessage request) {
        return transfer(request).map(t -> new Numbered(t.number(), counts.merge(t.id(), 1, Integer::sum)));
    }

    /** Nothing is kept of this transfer any more; what still comes of it counts from 1 again. */
    void forget(String id) {
        byKey.values().removeIf(transfer -> transfer.id().equals(id));
        counts.remove(id);
    }

    private Optional<Transfer> transfer(HttpMessage request) {
        Optional<String> key = request.header("Idempotency-Key");
        if (request.path().startsWith(PROTOCOL)) {
            return key.map(byKey::get);
        }
        if (!request.method().equals("POST") || !request.path().equals(NOTIFICATIONS)) {
            return Optional.empty();
        }
        String body = request.text();
        Optional<Transfer> transfer = first(ID, body).map(id -> new Transfer(id, numberIn(body, id)));
        transfer.ifPresent(known -> key.ifPresent(k -> byKey.put(k, known)));
        return transfer;
    }

    private static long numberIn(String body, String id) {
        return first(NUMBER, body).map(Long::parseLong).orElseGet(() -> Integer.toUnsignedLong(id.hashCode()));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
