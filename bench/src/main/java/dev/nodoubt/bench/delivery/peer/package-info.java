/** The contenders: each records and delivers the same calls in its own way. */
@NullMarked
package dev.nodoubt.bench.delivery.peer;

import org.jspecify.annotations.NullMarked;
