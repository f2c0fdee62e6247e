/** The only place that knows header names, and how a status becomes an answer and an answer a status. */
@NullMarked
package dev.nodoubt.wire;

import org.jspecify.annotations.NullMarked;
