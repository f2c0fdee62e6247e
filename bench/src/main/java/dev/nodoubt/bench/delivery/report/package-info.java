/** What a measurement of delivery showed: read and written as JSON, told as a table with ratios, drawn as plots. */
@NullMarked
package dev.nodoubt.bench.delivery.report;

import org.jspecify.annotations.NullMarked;
