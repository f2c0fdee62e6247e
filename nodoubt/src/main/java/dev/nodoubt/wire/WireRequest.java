package dev.nodoubt.wire;

import dev.nodoubt.Payload;

/**
 * A request as it crosses the wire.
 *
 * @param method in upper case
 * @param path path and query, as sent
 * @param headers without Content-Type and Content-Length, which follow from the body
 * @param body the exact bytes
 */
public record WireRequest(String method, String path, Headers headers, Payload body) {}
