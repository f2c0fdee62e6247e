/** The demo: starts the services, a faulty network between them, runs the lanes and reports. */
@NullMarked
package dev.nodoubt.demo;

import org.jspecify.annotations.NullMarked;
