/** What a delivered call costs, side by side: nodoubt, its peers, floors and ceilings, with one database and one target. */
@NullMarked
package dev.nodoubt.bench.delivery;

import org.jspecify.annotations.NullMarked;
