package com.example.boot3;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The caller without the starter. */
// tag::configuration[]
@Configuration(proxyBeanMethods = false)
class NodoubtConfiguration {

    @Bean
    HttpTransport transport(@Value("${mail.base-url}") URI mail) {
        return new HttpTransport(List.of(HttpTarget.of("mail", mail)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Relay relay(DataSource dataSource, HttpTransport transport) {
        new Schema(dataSource).create();
        return new Relay(
                new JdbcCallStore(dataSource), transport, List.of(Target.of("mail")), Relay.Settings.DEFAULT);
    }

    /** Records a call in Spring's current transaction; a connection without one is refused. */
    @Bean
    Consumer<Call> calls(Relay relay, DataSource dataSource) {
        return call -> {
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try {
                Outbox.Recorded recorded = relay.outbox().send(connection, call);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        recorded.beforeCommit(connection);
                    }

                    @Override
                    public void afterCompletion(int status) {
                        if (status == STATUS_COMMITTED) {
                            recorded.committed();
                        }
                    }
                });
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        };
    }
}
// end::configuration[]
