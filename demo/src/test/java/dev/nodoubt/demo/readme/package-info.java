@NullMarked
package dev.nodoubt.demo.readme;

import org.jspecify.annotations.NullMarked;
