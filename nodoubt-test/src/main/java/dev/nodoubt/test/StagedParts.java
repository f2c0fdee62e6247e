package dev.nodoubt.test;

import dev.nodoubt.staged.StagedStore;
import javax.sql.DataSource;

/**
 * A store of intents under test.
 *
 * @param store the one under test
 * @param database its database, in which its tables are; they need not be empty
 */
public record StagedParts(StagedStore store, DataSource database) {}
