/**
 * A stock exchange that belongs to somebody else: it knows nothing of nodoubt, offers its callers what it was started
 * with, and loses answers. Its order book is the truth about what happened.
 */
@NullMarked
package dev.nodoubt.services.exchange;

import org.jspecify.annotations.NullMarked;
