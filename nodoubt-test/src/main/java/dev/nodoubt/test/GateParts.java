package dev.nodoubt.test;

import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Transactions;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * What a gate's contracts run on.
 *
 * @param store the store under test
 * @param transactions of the store's database
 * @param database the store's, which holds nodoubt's tables
 * @param somebodyWaits whether a session of the database waits for another one's lock at this instant
 * @param isolation a question whose answer is the isolation level of the transaction that asks
 * @param failureEndsTransaction whether a transaction in which a statement failed can only be rolled back
 */
public record GateParts(
        GateStore store,
        Transactions transactions,
        DataSource database,
        BooleanSupplier somebodyWaits,
        String isolation,
        boolean failureEndsTransaction) {}
