/** Tests of the test kit. */
@NullMarked
package dev.nodoubt.test;

import org.jspecify.annotations.NullMarked;
