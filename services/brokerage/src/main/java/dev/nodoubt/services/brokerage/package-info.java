/**
 * The brokerage service: sends stock orders to an exchange that is not ours, each with a client order id of its own, and
 * tells what became of each: accepted, rejected, never, or in doubt for a person.
 */
@NullMarked
package dev.nodoubt.services.brokerage;

import org.jspecify.annotations.NullMarked;
