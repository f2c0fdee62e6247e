package dev.nodoubt.test;

import dev.nodoubt.call.CallStore;
import javax.sql.DataSource;

/**
 * A store of calls under test.
 *
 * @param store the one under test
 * @param database its database, in which its tables are; they need not be empty
 */
public record CallParts(CallStore store, DataSource database) {}
