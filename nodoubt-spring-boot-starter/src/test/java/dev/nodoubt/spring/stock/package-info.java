/** An application of JPA, in a package of its own, because entities and repositories are found by package. */
@NullMarked
package dev.nodoubt.spring.stock;

import org.jspecify.annotations.NullMarked;
