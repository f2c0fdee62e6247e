package dev.nodoubt.wire;

/**
 * What comes before a request's body.
 *
 * @param method in upper case
 * @param path path and query, as received
 * @param headers as received; Content-Type and Content-Length follow from the body
 */
public record RequestHead(String method, String path, Headers headers) {}
