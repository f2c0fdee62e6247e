/** The receiver: a gate that lets the effect of a key happen at most once, and a fence by which it never will. */
@NullMarked
package dev.nodoubt.gate;

import org.jspecify.annotations.NullMarked;
