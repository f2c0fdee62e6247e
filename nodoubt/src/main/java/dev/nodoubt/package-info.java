/**
 * The language that caller and receiver share: a key, the bytes of a request and of a reply, and the one family of
 * answers in which only an {@link dev.nodoubt.Outcome} settles a call.
 *
 * <p>This package uses {@code java.lang}, {@code java.util}, {@code java.time} and their like only: no I/O, no clock.
 */
@NullMarked
package dev.nodoubt;

import org.jspecify.annotations.NullMarked;
