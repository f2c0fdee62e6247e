/**
 * Effects outside the transaction: an intent is recorded inside it, and carried out after its commit by a worker, at least
 * once or at most once by choice (protocol, section 10). What may have happened and may not is counted as a doubt, shown,
 * and never guessed away.
 */
@NullMarked
package dev.nodoubt.staged;

import org.jspecify.annotations.NullMarked;
