/** What tests of calls need beside them: real databases, a network with faults, a clock that obeys, JVMs to kill. */
@NullMarked
package dev.nodoubt.test;

import org.jspecify.annotations.NullMarked;
