/** The operators' web console: pages that show every call and what a person may do about it. */
@NullMarked
package dev.nodoubt.console;

import org.jspecify.annotations.NullMarked;
