/** What nodoubt costs when there is much of everything: settled and pending rows, relays, open calls; memory's bounds. */
@NullMarked
package dev.nodoubt.bench.scale;

import org.jspecify.annotations.NullMarked;
