/** Metrics, observations, health and an endpoint of the caller and the gate, where the application has the means. */
@NullMarked
package dev.nodoubt.spring.observe;

import org.jspecify.annotations.NullMarked;
