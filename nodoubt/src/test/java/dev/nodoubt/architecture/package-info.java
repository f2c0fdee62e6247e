/** The house's rules, checked: who may know whom, what may be seen from outside, how large a thing may grow. */
@NullMarked
package dev.nodoubt.architecture;

import org.jspecify.annotations.NullMarked;
