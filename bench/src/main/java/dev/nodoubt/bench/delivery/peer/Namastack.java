package dev.nodoubt.bench.delivery.peer;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxJacksonAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxSchemaAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreInfrastructureAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreProcessingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreSchedulingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreThreadingAutoConfiguration;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import io.namastack.outbox.partition.PartitionCoordinator;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Namastack Outbox in a Spring context without a web server, recording in the transfer's transaction.
 *
 * <p>Settings: polled every 25 ms for up to 800 keys, which its tuning guide names for the lowest latency, with a thread for
 * each call that may be under way. Completed records are deleted rather than updated. Each call has a key of its own, so a
 * failure has none to stop behind it, and not looking for such failures makes the poll's query simpler.
 */
public final class Namastack implements Contender {

    private final HikariDataSource pool;
    private final Surroundings surroundings;
    private final Poster poster;
    private final ConfigurableApplicationContext context;
    private final Outbox outbox;
    private final TransactionTemplate transactions;

    public Namastack(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.pool = surroundings.pool();
        this.poster = new Poster(surroundings);
        SpringApplication application = new SpringApplication(Beans.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(settings(surroundings.workers()));
        application.addInitializers(fresh -> {
            ConfigurableListableBeanFactory beans = fresh.getBeanFactory();
            beans.registerSingleton("pool", pool);
            beans.registerSingleton("poster", poster);
        });
        context = application.run();
        outbox = context.getBean(Outbox.class);
        transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private static Map<String, Object> settings(int workers) {
        return Map.of(
                "namastack.outbox.polling.fixed.interval",
                "25ms",
                "namastack.outbox.polling.batch-size",
                800,
                "namastack.outbox.processing.executor-core-pool-size",
                workers,
                "namastack.outbox.processing.executor-max-pool-size",
                workers,
                "namastack.outbox.processing.stop-on-first-failure",
                false,
                "namastack.outbox.processing.delete-completed-records",
                true);
    }

    /** What is stored; a handler is found by its type. */
    record Notification(String body) {}

    private record Handler(Poster poster) implements OutboxTypedHandler<Notification> {
        @Override
        public void handle(Notification payload, OutboxRecordMetadata metadata) {
            try {
                poster.postAndWait(payload.body());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Only what it needs: an application of everything on this class path would start the other contenders too. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceTransactionManagerAutoConfiguration.class,
        TaskExecutionAutoConfiguration.class,
        TaskSchedulingAutoConfiguration.class,
        OutboxJacksonAutoConfiguration.class,
        JdbcOutboxSchemaAutoConfiguration.class,
        JdbcOutboxAutoConfiguration.class,
        OutboxCoreInfrastructureAutoConfiguration.class,
        OutboxCoreThreadingAutoConfiguration.class,
        OutboxCoreProcessingAutoConfiguration.class,
        OutboxCoreSchedulingAutoConfiguration.class
    })
    static final class Beans {

        @Bean
        OutboxTypedHandler<Notification> handler(Poster poster) {
            return new Handler(poster);
        }

        /** Spring finds it by its name. It waits for {@link Namastack#start}, where the usual one starts at once. */
        @Bean
        static DefaultLifecycleProcessor lifecycleProcessor() {
            return new DefaultLifecycleProcessor() {
                @Override
                public void onRefresh() {
                    // started later
                }
            };
        }
    }

    @Override
    public void start() {
        context.start();
        // Its own first try came before the instance was registered, and the next one is ten seconds off.
        context.getBean(PartitionCoordinator.class).rebalance();
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        transactions.executeWithoutResult(status -> {
            Connection transaction = DataSourceUtils.getConnection(pool);
            try {
                for (Transfer transfer : transfers) {
                    transfer.make(transaction);
                    outbox.schedule(new Notification(transfer.body()), Integer.toString(transfer.number()));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                DataSourceUtils.releaseConnection(transaction, pool);
            }
        });
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM outbox_record WHERE status = 'NEW'");
    }

    @Override
    public void close() {
        context.close();
        poster.close();
    }
}
