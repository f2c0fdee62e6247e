/** The caller: a call is recorded in the caller's transaction, delivered after that commit and settled by exactly one outcome. */
@NullMarked
package dev.nodoubt.call;

import org.jspecify.annotations.NullMarked;
