package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.bench.delivery.Poster;
import java.io.IOException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.modulith.events.config.EnablePersistentDomainEvents;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/** The little of Spring that the registry needs; without Boot's start, so that no other contender's beans come in. */
@Configuration(proxyBeanMethods = false)
@EnableAsync
@EnableTransactionManagement
@EnablePersistentDomainEvents
@Import(ModulithContext.JdbcRegistry.class)
final class ModulithContext implements AsyncConfigurer {

    private final Workers workers;

    ModulithContext(Workers workers) {
        this.workers = workers;
    }

    /** The table's auto-configuration, by name because it is not public. */
    static final class JdbcRegistry implements ImportSelector {
        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {"org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration"};
        }
    }

    /** Who runs listeners. */
    record Workers(Executor executor) {}

    /** The event: it is stored as JSON. */
    record CallWanted(String body) {}

    @Override
    public Executor getAsyncExecutor() {
        return workers.executor();
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new JdbcTemplate(dataSource);
    }

    /** Where there is none, the registry builds one for every event. */
    @Bean
    JsonMapper jsonMapper() {
        return new JsonMapper();
    }

    @Bean
    Listener listener(Poster poster) {
        return new Listener(poster);
    }

    /** Delivers; not final because its calls are intercepted by a subclass. */
    static class Listener {

        private final Poster poster;

        Listener(Poster poster) {
            this.poster = poster;
        }

        @Async
        @TransactionalEventListener
        void on(CallWanted call) throws IOException, InterruptedException {
            poster.postAndWait(call.body());
        }
    }
}
