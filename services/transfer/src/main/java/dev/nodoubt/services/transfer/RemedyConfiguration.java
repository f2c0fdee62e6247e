package dev.nodoubt.services.transfer;

import dev.nodoubt.call.Lookup;
import dev.nodoubt.jdbc.JdbcLookup;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the remedies {@code flag} and {@code log} need: the shared database, and what is written and read there. */
@Configuration(proxyBeanMethods = false)
class RemedyConfiguration {

    private static final String REMEDY = "transfer.mail.remedy";

    private static final String REQUEST = """
            insert into mail_request (request_id, status) values (:id, 'NEW')
            """;

    private static final String FLAG = """
            select status from mail_request where request_id = ?
            """;

    private static final String LOG = """
            select recorded_at from mail_log where request_id = ? fetch first row only
            """;

    @Bean
    @Lazy
    MailDatabase mailDatabase(NotificationProperties properties, DataSource own) {
        return MailDatabase.of(properties.database(), own);
    }

    /** In the current transaction where the database is this service's own; else it commits by itself, before it. */
    @Bean
    @ConditionalOnProperty(name = REMEDY, havingValue = "flag")
    RequestRow requestRow(MailDatabase database) {
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        return key -> jdbc.sql(REQUEST).param("id", key.uuid().orElseThrow()).update();
    }

    /** Answers the queries of the target of the same name. */
    @Bean(Transfers.MAIL)
    @ConditionalOnProperty(name = REMEDY, havingValue = "flag")
    Lookup mailFlag(MailDatabase database) {
        return JdbcLookup.flag(database.dataSource(), FLAG, Set.of("DONE"), Set.of("REFUSED"));
    }

    /** Answers the queries of the target of the same name. */
    @Bean(Transfers.MAIL)
    @ConditionalOnProperty(name = REMEDY, havingValue = "log")
    Lookup mailLog(MailDatabase database) {
        return JdbcLookup.log(database.dataSource(), LOG);
    }
}
