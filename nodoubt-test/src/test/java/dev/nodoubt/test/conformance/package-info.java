@NullMarked
package dev.nodoubt.test.conformance;

import org.jspecify.annotations.NullMarked;
