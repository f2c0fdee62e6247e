/** The lanes: four ways to send a mail for a committed transfer, and the code that counts for all of them. */
@NullMarked
package dev.nodoubt.demo.lane;

import org.jspecify.annotations.NullMarked;
