/** What the gate costs a receiver. */
@NullMarked
package dev.nodoubt.bench.gate;

import org.jspecify.annotations.NullMarked;
