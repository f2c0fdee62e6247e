@NullMarked
package dev.nodoubt.spring;

import org.jspecify.annotations.NullMarked;
