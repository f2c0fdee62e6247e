@NullMarked
package dev.nodoubt.call;

import org.jspecify.annotations.NullMarked;
