/** What every benchmark here needs: a durable database, processor time, a cheap client. */
@NullMarked
package dev.nodoubt.bench.measure;

import org.jspecify.annotations.NullMarked;
