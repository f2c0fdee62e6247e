/** The network between the services: an HTTP-aware proxy whose faults follow from a seed. */
@NullMarked
package dev.nodoubt.demo.network;

import org.jspecify.annotations.NullMarked;
