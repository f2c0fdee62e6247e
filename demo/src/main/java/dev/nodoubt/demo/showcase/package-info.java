/** The page that shows the demo while it runs. */
@NullMarked
package dev.nodoubt.demo.showcase;

import org.jspecify.annotations.NullMarked;
