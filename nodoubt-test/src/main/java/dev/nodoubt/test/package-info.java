/** What tests of calls need beside them: a real PostgreSQL, a network with faults, a clock that obeys, JVMs to kill. */
@NullMarked
package dev.nodoubt.test;

import org.jspecify.annotations.NullMarked;
