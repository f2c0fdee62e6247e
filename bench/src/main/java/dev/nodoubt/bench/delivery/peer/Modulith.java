package dev.nodoubt.bench.delivery.peer;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Modulith's event publication registry: an event for each call, recorded in the transaction, delivered by an
 * asynchronous listener after the commit.
 *
 * <p>Chosen: completion by deletion, which keeps the table small and needs no purge; a pool of as many threads as calls
 * may be under way, with a queue without bound as Spring Boot's; a listener that is not transactional itself, because it
 * writes nothing. What an earlier process left is resubmitted once, at the start, as the registry does it on restart: by
 * one thread, with all of it in memory at once.
 */
public final class Modulith implements Contender {

    private static final Map<String, Object> PROPERTIES = Map.of("spring.modulith.events.completion-mode", "DELETE");

    private final Surroundings surroundings;
    private final Poster poster;
    private final ExecutorService workers;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final TransactionTemplate transaction;
    private volatile boolean started;

    public Modulith(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.poster = new Poster(surroundings);
        this.workers = Executors.newFixedThreadPool(surroundings.workers());
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", PROPERTIES));
        // Singletons, not beans: the context does not close what it was given.
        context.getBeanFactory().registerSingleton("dataSource", surroundings.pool());
        context.getBeanFactory().registerSingleton("workers", new ModulithContext.Workers(this::work));
        context.getBeanFactory().registerSingleton("poster", poster);
        context.register(ModulithContext.class);
        context.refresh();
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** Before the start it is as if the process had ended after the commit: the record alone is left. */
    private void work(Runnable task) {
        if (started) {
            workers.execute(task);
        }
    }

    @Override
    public void start() {
        started = true;
        context.getBean(IncompleteEventPublications.class).resubmitIncompletePublications(publication -> true);
    }

    @Override
    public void transfer(List<Transfer> transfers) throws SQLException {
        HikariDataSource pool = surroundings.pool();
        transaction.executeWithoutResult(status -> {
            Connection connection = DataSourceUtils.getConnection(pool);
            try {
                for (Transfer transfer : transfers) {
                    transfer.make(connection);
                    context.publishEvent(new ModulithContext.CallWanted(transfer.body()));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("transfers were not made; their transaction is rolled back", e);
            } finally {
                DataSourceUtils.releaseConnection(connection, pool);
            }
        });
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM event_publication");
    }

    @Override
    public void close() {
        workers.shutdownNow();
        context.close();
        poster.close();
    }
}
