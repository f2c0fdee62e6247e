/** A reference service: money moves between accounts of a double-entry ledger, and each committed transfer has its mail. */
@NullMarked
package dev.nodoubt.services.transfer;

import org.jspecify.annotations.NullMarked;
