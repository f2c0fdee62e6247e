/** The way to called systems over HTTP: one crossing per attempt, told apart as not sent, lost or answered. */
@NullMarked
package dev.nodoubt.http;

import org.jspecify.annotations.NullMarked;
