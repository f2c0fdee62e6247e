package dev.nodoubt.spring;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Says why an application whose database is reached by R2DBC alone cannot be a caller, before one of its beans fails for
 * want of the caller's.
 */
@AutoConfiguration(
        after = DataSourceAutoConfiguration.class,
        afterName = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration")
@ConditionalOnClass(name = NodoubtReactiveAutoConfiguration.CONNECTION_FACTORY)
@ConditionalOnBean(type = NodoubtReactiveAutoConfiguration.CONNECTION_FACTORY)
@ConditionalOnMissingBean(DataSource.class)
@Conditional(OnTargets.class)
@ConditionalOnProperty(name = "nodoubt.relay.enabled", matchIfMissing = true)
public final class NodoubtReactiveAutoConfiguration {

    static final String CONNECTION_FACTORY = "io.r2dbc.spi.ConnectionFactory";

    @Bean
    static BeanFactoryPostProcessor nodoubtNeedsJdbc() {
        return beans -> {
            throw new StartupException("ND-0416");
        };
    }
}
