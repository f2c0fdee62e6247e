package dev.nodoubt.spring;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/**
 * Which data source nodoubt uses, and who manages its transactions.
 *
 * @param manager null when there is none, or several without a word which
 */
@SuppressWarnings("ReferenceEquality") // two data sources are the same only if they are one
public record NodoubtDatabase(
        DataSource dataSource, @Nullable PlatformTransactionManager manager) {

    /** Fails the start when the manager that would be used belongs to another data source. */
    public NodoubtDatabase {
        if (manager instanceof ResourceTransactionManager resources
                && resources.getResourceFactory() instanceof DataSource other
                && unwrapped(other) != unwrapped(dataSource)) {
            throw new StartupException("ND-0404", manager.getClass().getName());
        }
    }

    /** Who is qualified comes first, then the only manager that says that it has this data source, then the only one. */
    static @Nullable PlatformTransactionManager manager(
            DataSource dataSource,
            @Nullable PlatformTransactionManager qualified,
            ObjectProvider<PlatformTransactionManager> all) {
        if (qualified != null) {
            return qualified;
        }
        List<PlatformTransactionManager> managing = all.stream(ObjectProvider.UNFILTERED, false)
                .filter(manager -> manages(manager, dataSource))
                .toList();
        return managing.size() == 1 ? managing.get(0) : all.getIfUnique();
    }

    private static boolean manages(PlatformTransactionManager manager, DataSource dataSource) {
        return manager instanceof ResourceTransactionManager resources
                && resources.getResourceFactory() instanceof DataSource managed
                && unwrapped(managed) == unwrapped(dataSource);
    }

    private static DataSource unwrapped(DataSource dataSource) {
        return ManagedDataSource.unwrapped(dataSource);
    }
}
