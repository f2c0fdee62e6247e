/** What a run showed, as pages and pictures that need nothing but themselves. */
@NullMarked
package dev.nodoubt.demo.page;

import org.jspecify.annotations.NullMarked;
