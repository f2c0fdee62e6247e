package dev.nodoubt.services.mail;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.spring.NodoubtSchema;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.staged.StagedWorker;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The mail service: takes notifications, tells where their delivery stands, withdraws them, and the worker behind that.
 * All that it stores are nodoubt's tables, keys and intents, and in two of its capabilities one of its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class MailService {

    /**
     * Starts the service.
     *
     * @param arguments Spring Boot properties, such as {@code --server.port=8081}, and {@code --capability} for {@code
     *     mail.capability}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(MailService.class, Arguments.properties(arguments));
    }

    @Bean
    StagedStore stagedStore(DataSource dataSource, NodoubtSchema schema) {
        return new JdbcStagedStore(dataSource);
    }

    @Bean
    StagedEffects stagedEffects(StagedStore store) {
        return new StagedEffects(store);
    }

    @Bean
    @ConditionalOnProperty(name = "mail.capability", havingValue = "flag")
    RequestRecord requestFlag(JdbcClient jdbc) {
        return new RequestFlag(jdbc);
    }

    @Bean
    @ConditionalOnProperty(name = "mail.capability", havingValue = "log")
    RequestRecord requestLog(JdbcClient jdbc) {
        return new RequestLog(jdbc);
    }

    @Bean
    SmtpSender smtpSender(MailSettings settings) {
        return new SmtpSender(settings.smtp(), settings.domain());
    }

    /** Closed by its lifecycle, before the sender. */
    @Bean(destroyMethod = "")
    StagedWorker mailWorker(StagedStore store, SmtpSender sender, MailSettings settings) {
        return new StagedWorker(
                store,
                settings.kind(),
                new MailEffect(sender),
                settings.worker().settings());
    }

    @Bean
    WorkerLifecycle mailWorkerLifecycle(StagedWorker worker) {
        return new WorkerLifecycle(worker);
    }

    @Bean
    Intake intake(
            PlatformTransactionManager transactions,
            JdbcOperations jdbc,
            StagedEffects effects,
            StagedWorker worker,
            MailSettings settings) {
        return new Intake(
                new TransactionTemplate(transactions),
                jdbc,
                effects,
                worker,
                new Intake.Sender(settings.from(), settings.domain(), InstantSource.system()));
    }
}
