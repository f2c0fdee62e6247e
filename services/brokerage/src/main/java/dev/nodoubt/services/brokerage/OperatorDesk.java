package dev.nodoubt.services.brokerage;

import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Relay;
import dev.nodoubt.jdbc.JdbcDeskStore;
import dev.nodoubt.spring.SpringTransactions;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Where people settle orders in doubt: what they do is audited. */
@Configuration(proxyBeanMethods = false)
final class OperatorDesk {

    @Bean
    Desk desk(DataSource database, PlatformTransactionManager manager, Relay relay) {
        return new Desk(new JdbcDeskStore(database, new SpringTransactions(manager, database)), relay);
    }
}
