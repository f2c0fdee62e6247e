/** Many relays on one database: what becomes of their calls when processes and the database fail. */
@NullMarked
package dev.nodoubt.demo.nodes;

import org.jspecify.annotations.NullMarked;
