/** One change and one call in one transaction, by each way to a database. */
@NullMarked
package dev.nodoubt.spring.samples.orders;

import org.jspecify.annotations.NullMarked;
