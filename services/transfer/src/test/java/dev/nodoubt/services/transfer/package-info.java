/** Tests of the transfer service. */
@NullMarked
package dev.nodoubt.services.transfer;

import org.jspecify.annotations.NullMarked;
