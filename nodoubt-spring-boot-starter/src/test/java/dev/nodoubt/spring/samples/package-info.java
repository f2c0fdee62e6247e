/** The samples that the README shows. */
@NullMarked
package dev.nodoubt.spring.samples;

import org.jspecify.annotations.NullMarked;
