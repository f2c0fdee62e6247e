/** The stores on a relational database: one class a table, SQL that can be read. */
@NullMarked
package dev.nodoubt.jdbc;

import org.jspecify.annotations.NullMarked;
