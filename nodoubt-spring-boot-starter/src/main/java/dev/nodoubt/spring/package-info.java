/** Spring Boot: auto-configuration, calls that join Spring's transactions, and gated handlers. */
@NullMarked
package dev.nodoubt.spring;

import org.jspecify.annotations.NullMarked;
