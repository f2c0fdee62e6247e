package dev.nodoubt.services.mail;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The mail service: {@code POST /api/notifications}, {@code GET /api/notifications/{id}}, and the worker behind them. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class MailService {

    /**
     * Starts the service.
     *
     * @param arguments Spring Boot properties, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(MailService.class, arguments);
    }

    @Bean
    Deliveries deliveries(JdbcClient jdbc, PlatformTransactionManager transactions) {
        new MailSchema(jdbc, new TransactionTemplate(transactions)).create();
        return new Deliveries(jdbc);
    }

    @Bean
    SmtpSender smtpSender(MailSettings settings) {
        return new SmtpSender(settings.smtp(), settings.domain());
    }

    @Bean
    DeliveryWorker deliveryWorker(Deliveries deliveries, SmtpSender sender, MailSettings settings) {
        return new DeliveryWorker(deliveries, sender, settings);
    }

    @Bean
    Intake intake(
            PlatformTransactionManager transactions,
            Deliveries deliveries,
            DeliveryWorker worker,
            MailSettings settings) {
        return new Intake(new TransactionTemplate(transactions), deliveries, worker, settings, InstantSource.system());
    }
}
