@NullMarked
package dev.nodoubt.console;

import org.jspecify.annotations.NullMarked;
