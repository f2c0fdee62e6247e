package dev.nodoubt.wire;

import dev.nodoubt.Payload;

/**
 * A complete response as it crosses the wire.
 *
 * @param status HTTP status, 100 to 599
 * @param headers without Content-Type and Content-Length, which follow from the body
 * @param body the exact bytes
 */
public record WireResponse(int status, Headers headers, Payload body) {}
