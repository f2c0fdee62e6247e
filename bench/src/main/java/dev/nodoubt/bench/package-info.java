/** Benchmarks: what is compared runs in one run, in turns, and only its ratios are claimed. */
@NullMarked
package dev.nodoubt.bench;

import org.jspecify.annotations.NullMarked;
