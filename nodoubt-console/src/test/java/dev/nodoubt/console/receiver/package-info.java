/** Outside the console's package, whose handlers all stand behind its door. */
@NullMarked
package dev.nodoubt.console.receiver;

import org.jspecify.annotations.NullMarked;
