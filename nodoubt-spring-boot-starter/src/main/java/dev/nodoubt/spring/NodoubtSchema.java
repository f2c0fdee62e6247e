package dev.nodoubt.spring;

/**
 * Says that the library's tables are ready. Every store bean depends on it; declare one yourself, after your own
 * migration, to replace what {@code nodoubt.schema.mode} does.
 */
public final class NodoubtSchema {}
