/** Tests of the exchange. */
@NullMarked
package dev.nodoubt.services.exchange;

import org.jspecify.annotations.NullMarked;
