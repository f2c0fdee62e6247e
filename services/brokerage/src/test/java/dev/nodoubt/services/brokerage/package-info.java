/** Tests of the brokerage service. */
@NullMarked
package dev.nodoubt.services.brokerage;

import org.jspecify.annotations.NullMarked;
